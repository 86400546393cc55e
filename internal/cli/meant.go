package cli

import (
	"errors"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"hegui/internal/audit"
	"hegui/internal/lang"
	"hegui/internal/near"
	"hegui/internal/source"
	"hegui/internal/typeset"
)

// unknownFlag says which flag was probably meant by one that the command does not
// have.
func unknownFlag(c *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return wrongFlag(err)
	}
	name := unknown.GetSpecifiedName()
	if unknown.GetSpecifiedShortnames() != "" {
		return fault("没有参数 -%s：%s --help 列出全部", "unknown flag: -%s: %s --help lists them all", name, c.CommandPath())
	}
	var flags []string
	c.Flags().VisitAll(func(f *pflag.Flag) { flags = append(flags, f.Name) })
	if meant := near.Words(name, flags); len(meant) > 0 {
		or := lang.Say(" 或 --", " or --")
		return fault("没有参数 --%s：是不是 --%s？", "unknown flag: --%s: did you mean --%s?", name, lang.Text{ZH: strings.Join(meant, or.ZH), EN: strings.Join(meant, or.EN)})
	}
	return fault("没有参数 --%s：%s --help 列出全部", "unknown flag: --%s: %s --help lists them all", name, c.CommandPath())
}

// unknownCommand says which command was probably meant, of an error that the
// library makes of one that there is not.
func unknownCommand(root *cobra.Command, err error) error {
	var own *message
	rest, found := strings.CutPrefix(err.Error(), `unknown command "`)
	if !found || errors.As(err, &own) {
		return err
	}
	name, _, _ := strings.Cut(rest, `" for `)
	return notBelow(root, name)
}

// wants lists the values that a flag takes, with the one that was probably meant: by its
// spelling, or by what people call it.
func wants(text string, known []string, called func(string) lang.Text) lang.Text {
	all := lang.Say("可用 %s", "want one of %s", strings.Join(known, ", "))
	meant := near.Word(text, known)
	for _, value := range known {
		if called != nil && (called(value).ZH == text || strings.EqualFold(called(value).EN, text)) {
			meant = value
		}
	}
	if meant == "" {
		return all
	}
	return lang.Say("%s；是不是 %s？", "%s; did you mean %s?", all, meant)
}

// notBelow says which command below another was probably meant.
func notBelow(above *cobra.Command, name string) error {
	var commands []string
	for _, c := range above.Commands() {
		if c.IsAvailableCommand() {
			commands = append(commands, c.Name())
		}
	}
	meant := near.Word(name, commands)
	if above.HasParent() {
		name = above.Name() + " " + name
	}
	if meant != "" {
		return fault("没有命令 %q：是不是 %s？", "unknown command %q: did you mean %s?", name, meant)
	}
	return fault("没有命令 %q：可用的有 %s", "unknown command %q: want one of %s", name, strings.Join(commands, ", "))
}

// noPlatform says which platform was probably meant.
func noPlatform(repo source.Tree, arg string) error {
	ids := map[string]bool{}
	for _, folder := range audit.Discover(repo, nil) {
		if lost := folder.Lost(); lost != nil {
			return lost
		}
		ids[typeset.Inert(folder.ID)] = true
	}
	all := slices.Sorted(maps.Keys(ids))
	id := strings.Trim(path.Clean(strings.ReplaceAll(arg, `\`, "/")), "/")
	id = strings.TrimPrefix(id, audit.PlatformsDir+"/")
	if file := fileMeant(repo, id, ids); file != "" {
		return fault("没有文件 %q：是不是 %q？", "there is no file %q: did you mean %q?", arg, file)
	}
	meant := near.Word(id, all)
	if dir := path.Dir(id); meant == "" && dir != "." {
		meant = near.Word(dir, all) // a file of a misspelt platform
	}
	if len(all) > maxNamed {
		all = append(all[:maxNamed], "…")
	}
	return fault("没有平台 %q：它不是 %s/ 下的编号，也不是那里的路径%s", "no platform %q: it is neither an id nor a path below %s/%s",
		arg, audit.PlatformsDir, another(meant, all))
}

// fileMeant is the file of a platform that was meant by one that it does not have; empty
// for none.
func fileMeant(repo source.Tree, id string, platforms map[string]bool) string {
	dir := path.Join(audit.PlatformsDir, path.Dir(id))
	if !platforms[path.Dir(id)] {
		return ""
	}
	var names []string
	entries, _ := repo.List(dir) // what cannot be listed is told where it is read
	for _, entry := range entries {
		if entry.Kind == source.File {
			names = append(names, entry.Name)
		}
	}
	if meant := near.File(path.Base(id), names); meant != "" {
		return path.Join(dir, meant)
	}
	return ""
}

// maxNamed is how many platforms an error names.
const maxNamed = 8

func another(meant string, all []string) lang.Text {
	switch {
	case meant != "":
		return lang.Say("；是不是 %q？", "; did you mean %q?", meant)
	case len(all) > 0:
		return lang.Say("；有的编号：%s", "; known ids: %s", strings.Join(all, ", "))
	}
	return lang.Text{}
}
