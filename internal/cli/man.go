package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

func (a *app) manCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "man DIR",
		Short: a.say("把手册页写到目录 DIR", "write the manual pages into DIR"),
		Args:  between(1, 1),
		RunE: func(c *cobra.Command, args []string) error {
			c.Root().DisableAutoGenTag = true
			if err := a.manual(c.Root(), a.abs(args[0])); err != nil {
				return fault("手册页写不出：%v", "the manual pages cannot be written: %v", reason(err))
			}
			return nil
		},
	}
}

// manual writes the page of a command and those of the commands below it.
func (a *app) manual(c *cobra.Command, dir string) error {
	// A fixed date keeps the pages the same from build to build.
	date := time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)
	header := &doc.GenManHeader{Title: "HEGUI", Section: "1", Source: "hegui " + a.Version, Date: &date}
	var page bytes.Buffer
	if err := doc.GenMan(c, header, &page); err != nil {
		return err
	}
	name := strings.ReplaceAll(c.CommandPath(), " ", "-") + ".1"
	if err := os.WriteFile(filepath.Join(dir, name), []byte(a.headed(page.String())), 0o644); err != nil { //nolint:gosec // a manual page is for everybody
		return err
	}
	for _, below := range c.Commands() {
		if !below.IsAvailableCommand() || below.IsAdditionalHelpTopicCommand() {
			continue
		}
		if err := a.manual(below, dir); err != nil {
			return err
		}
	}
	return nil
}

// headed puts the library's headings into the reader's language.
func (a *app) headed(page string) string {
	return strings.NewReplacer(
		".SH NAME\n", ".SH "+a.say("名称", "NAME")+"\n",
		".SH SYNOPSIS\n", ".SH "+a.say("用法", "SYNOPSIS")+"\n",
		".SH DESCRIPTION\n", ".SH "+a.say("说明", "DESCRIPTION")+"\n",
		".SH OPTIONS\n", ".SH "+a.say("参数", "OPTIONS")+"\n",
		".SH OPTIONS INHERITED FROM PARENT COMMANDS\n", ".SH "+a.say("通用参数", "COMMON OPTIONS")+"\n",
		".SH EXAMPLE\n", ".SH "+a.say("示例", "EXAMPLE")+"\n",
		".SH SEE ALSO\n", ".SH "+a.say("另见", "SEE ALSO")+"\n",
	).Replace(page)
}
