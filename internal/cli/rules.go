package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"hegui/internal/atomicfile"
	"hegui/internal/handbook"
	"hegui/internal/rulebook"
	"hegui/internal/source"
	"hegui/internal/term"
)

// maxExported bounds one exported file, as loading a rulebook does.
const maxExported = 1 << 20

func (a *app) rulesCommand() *cobra.Command {
	var format, export, pages, schemas, profile string
	var sources, unconfirmed bool
	c := &cobra.Command{
		Use:   "rules",
		Short: a.say("整本规则库：评分、条款、检查项及其对应", "the whole rulebook: policy, clauses, checks, and which serves which"),
		Long: a.say("输出规则库：text 供阅读，md 是中英对照的检查项参考，json 供程序使用。--sources 改为列出要求依据的文件和条文。--pages 把检查项参考分页写到目录：checks.md 是索引，checks/ 下每个专题一页，sources.md 和 sources/ 是依据，另有词汇表；只覆盖和删除自己生成的页。--schemas 把供编辑器使用的模式按界面语言写到目录，只覆盖和删除自己生成的文件。--export 把内置规则库写到目录，不覆盖已有文件；之后可用 --rulebook 读取。",
			"Writes the rulebook: text to read, md as a reference in both languages, json for programs. --sources lists the instruments and articles that demands rest on instead. --pages writes the reference into a folder, as the index checks.md, a page for each topic in checks/, the sources in sources.md and sources/, and the glossary; it replaces and removes only pages that it has generated. --schemas writes the schemas for editors, in the language of --lang, into a folder in the same way. --export writes the built-in one into a folder, overwrites nothing, and --rulebook reads it from there."),
		Example: "  hegui rules\n  hegui rules --sources\n  hegui rules --format md --pages docs\n  hegui rules --schemas schemas/editor --lang zh\n  hegui rules --export rulebook && hegui check --rulebook rulebook",
		Args:    between(0, 0),
		RunE: func(*cobra.Command, []string) error {
			switch {
			case schemas != "" && (export != "" || pages != "" || profile != "" || sources || unconfirmed):
				return fault("--schemas 单独使用", "--schemas goes alone")
			case schemas != "":
				return a.schemas(schemas)
			case profile != "" && (export != "" || pages != ""):
				return fault("--profile 只用于输出规则库，不用于 --export 和 --pages", "--profile is for writing the rulebook, not for --export or --pages")
			case unconfirmed && (export != "" || pages != "" || profile != "" || sources):
				return fault("--unconfirmed 只和 --format 一起用", "--unconfirmed goes with --format alone")
			case export != "" && pages != "":
				return fault("--export 和 --pages 不能同时用", "--export and --pages do not go together")
			case sources && (export != "" || pages != ""):
				return fault("--sources 不和 --export、--pages 同时用", "--sources does not go with --export or --pages")
			case export != "":
				return a.export(export)
			case pages != "" && format != "md":
				return fault("--pages 只用于 --format md", "--pages wants --format md")
			case pages != "":
				return a.pages(pages)
			}
			if profile != "" && !slices.Contains(profileNames(), profile) {
				return fault("--profile %q 不认识：%s", "unknown --profile %q: %s", profile, wants(profile, profileNames(), term.Profiles().Text))
			}
			formats := handbook.Formats()
			switch {
			case sources:
				formats = handbook.SourceFormats()
			case unconfirmed:
				formats = handbook.UnconfirmedFormats()
			}
			return a.writeRules(formats, format, rulebook.Profile(profile))
		},
	}
	c.Flags().StringVar(&format, "format", handbook.Formats()[0].Name, a.say("格式：%s", "format: %s", strings.Join(formatNames(handbook.Formats()), ", ")))
	c.Flags().BoolVar(&unconfirmed, "unconfirmed", false, a.say("只列仅有默认值或评估惯例可依、本地还没有决定的要求，可贴进叠加", "only what rests on our defaults or assessors' practice and nobody has decided locally, to be pasted into an overlay"))
	c.Flags().StringVar(&profile, "profile", "", a.say("只列一个评定口径的检查项：%s", "only the checks of one profile: %s", strings.Join(profileNames(), ", ")))
	c.Flags().BoolVar(&sources, "sources", false, a.say("列出要求依据的文件和条文，以及据此的检查项", "list the instruments and articles that demands rest on, and what rests on each"))
	c.Flags().StringVar(&pages, "pages", "", a.say("把 md 分页写到目录 DIR", "write md as pages into DIR"))
	c.Flags().StringVar(&schemas, "schemas", "", a.say("把供编辑器使用的模式写到目录 DIR", "write the schemas for editors into DIR"))
	c.Flags().StringVar(&export, "export", "", a.say("把内置规则库的文件写到目录 DIR", "write the built-in rulebook's files into DIR"))
	return c
}

func formatNames(formats []handbook.Format) []string {
	var names []string
	for _, format := range formats {
		names = append(names, format.Name)
	}
	return names
}

func profileNames() []string {
	var names []string
	for _, word := range term.Profiles().Words {
		names = append(names, word.ID)
	}
	return names
}

// writeRules writes the rulebook that applies here, as far as a profile judges
// by it.
func (a *app) writeRules(formats []handbook.Format, name string, profile rulebook.Profile) error {
	i := slices.IndexFunc(formats, func(f handbook.Format) bool { return f.Name == name })
	if i < 0 {
		return fault("--format %q 不认识：%s", "unknown --format %q: %s", name, wants(name, formatNames(formats), nil))
	}
	book, err := a.openBook()
	if err != nil {
		return err
	}
	return formats[i].Write(a.Stdout, book.Only(profile), a.handbookOptions())
}

// export writes the built-in rulebook into a folder, all or nothing: one that
// holds any of the files is left as it is.
func (a *app) export(dir string) error {
	files, err := builtinFiles(a.Builtin)
	if err != nil {
		return err
	}
	refuse := func(name string, err error) error {
		if errors.Is(err, fs.ErrExist) {
			return fault("不覆盖已有文件 %s：换一个目录，或先把它移走", "%s exists and is not overwritten: choose another folder or move it away", filepath.Join(dir, name))
		}
		return fault("%s 写不出：%s", "%s cannot be written: %s", filepath.Join(dir, name), reason(err))
	}
	folder, err := atomicfile.OpenFolder(a.abs(dir))
	if err != nil {
		return refuse("", err)
	}
	defer func() { _ = folder.Close() }()
	for _, name := range files {
		if _, err := folder.Root.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
			return refuse(name, fs.ErrExist)
		}
		data, err := a.Builtin.Read(name, maxExported)
		if err == nil {
			err = folder.Put(name, data)
		}
		if err != nil {
			return refuse(name, err)
		}
	}
	if err := folder.Commit(); err != nil {
		return refuse("", err)
	}
	for _, name := range files {
		a.print(filepath.Join(dir, filepath.FromSlash(name)))
	}
	_, err = fmt.Fprintln(a.Stdout, a.say("写出 %d 个文件；hegui check --rulebook %s 使用它们", "wrote %d files; hegui check --rulebook %s uses them", len(files), dir))
	return err
}

// builtinFiles are the files of the rulebook's folders.
func builtinFiles(tree source.Tree) ([]string, error) {
	var files []string
	for _, dir := range []string{rulebook.ChecksDir, rulebook.SchemasDir} {
		err := source.Walk(tree, dir, func(entry source.Entry, err error) error {
			if err == nil && entry.Kind == source.File {
				files = append(files, entry.Path)
			}
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("listing the built-in rulebook: %w", err)
		}
	}
	return files, nil
}
