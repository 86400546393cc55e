package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"hegui/internal/form"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
)

// state gathers the header: from the flags, and on a terminal from answers.
func (d *drafting) state() error {
	if err := d.stateFlags(); err != nil {
		return err
	}
	deciding := []string{"kind", "stage"}
	if d.book.Graded() {
		deciding = append(deciding, d.book.LevelField())
	}
	if d.Questions == nil {
		for _, key := range deciding {
			if d.header[key] == "" {
				return d.unstated(key)
			}
		}
		return nil
	}
	return d.ask(append([]string{"name.zh"}, append(deciding, "sensitivity")...))
}

// stateFlags takes the header from the flags. The code is the folder's name, unless
// that is no code.
func (d *drafting) stateFlags() error {
	if err := d.header.State(d.headerTopic(), "code", path.Base(d.id)); err != nil && !d.states("code") {
		return fault("目录名 %q 不能作代号：加上 --fact code=小写短名，如 --fact code=medical", "the folder's name %q cannot be the code: add --fact code=NAME in lower case, such as --fact code=medical", path.Base(d.id))
	}
	for _, flag := range []struct{ name, key, value string }{
		{"name", "name.zh", d.name}, {"kind", "kind", d.kind}, {"stage", "stage", d.stage}, {"level", d.book.LevelField(), d.level},
	} {
		if flag.value == "" {
			continue
		}
		if err := d.header.State(d.headerTopic(), flag.key, flag.value); err != nil {
			return flagged("--"+flag.name, err)
		}
	}
	for _, fact := range d.facts {
		key, value, found := strings.Cut(fact, "=")
		if !found || blank(value) {
			return fault("--fact %q：写成 键=值，如 internet_facing=false", "--fact %q: write KEY=VALUE, such as internet_facing=false", fact)
		}
		if err := d.header.State(d.headerTopic(), strings.TrimSpace(key), value); err != nil {
			return flagged("--fact "+strings.TrimSpace(key), err)
		}
	}
	return nil
}

// states reports whether a --fact states a key.
func (d *drafting) states(key string) bool {
	for _, fact := range d.facts {
		if stated, _, _ := strings.Cut(fact, "="); strings.TrimSpace(stated) == key {
			return true
		}
	}
	return false
}

// flagged is what is wrong with the value of a flag.
func flagged(flag string, err error) error {
	return fault("%s：%s", "%s: %s", flag, textOf(err))
}

func textOf(err error) lang.Text {
	var bilingual interface{ Text() lang.Text }
	if errors.As(err, &bilingual) {
		return bilingual.Text()
	}
	return lang.Say("%v", "%v", err)
}

// unstated says of a deciding fact that nobody has stated how to state it.
func (d *drafting) unstated(key string) error {
	flag, field := "--"+key, d.headerTopic().Root.Field(key)
	if key == d.book.LevelField() {
		flag = "--level"
	}
	return fault("缺少 %s（%s）：它决定检查什么；可写 %s", "%s is missing (%s): it decides what is judged; want %s", flag, field.Type.Title, d.allowed(field.Type))
}

// allowed are the values of a deciding fact.
func (d *drafting) allowed(t *schema.Type) lang.Text {
	if len(t.Enum) == 0 {
		return lang.Say("1 至 %d", "1 to %d", rulebook.MaxLevel)
	}
	return lang.Same(strings.Join(t.Enum, ", "))
}

// ask asks for what is not known yet, and then for what else in the header decides
// whether checks apply and is answered by yes or no.
func (d *drafting) ask(keys []string) error {
	in := bufio.NewReader(io.LimitReader(d.Questions, 1<<20))
	for _, key := range keys {
		if d.header[key] == "" {
			if err := d.question(in, key); err != nil {
				return err
			}
		}
	}
	plan, err := d.asked(d.header.Root())
	if err != nil {
		return err
	}
	for _, f := range plan.Asked.Fields(d.headerTopic().Root) {
		if f.Type.Switch && f.Type.Kind == schema.Boolean && d.header[f.Name] == "" {
			if err := d.question(in, f.Name); err != nil {
				return err
			}
		}
	}
	return nil
}

// question asks for one fact until the answer is one. Only what decides what is
// asked may not be left open.
func (d *drafting) question(in *bufio.Reader, key string) error {
	t := d.typeOf(key)
	fmt.Fprintf(d.Stderr, "%s\n", d.say("%s：%s", "%s: %s", t.Title, t.About))
	for i, value := range t.Enum {
		fmt.Fprintln(d.Stderr, strings.TrimRight(fmt.Sprintf("  %d %s %s", i+1, value, t.Labels[value].In(d.lang)), " "))
	}
	optional := t.Kind == schema.Boolean || key == "name.zh" || key == "sensitivity"
	for {
		hint := ""
		switch {
		case t.Kind == schema.Boolean:
			hint = d.say("（y/n，回车以后再填）", " (y/n, Enter for later)")
		case optional:
			hint = d.say("（回车以后再填）", " (Enter for later)")
		}
		fmt.Fprintf(d.Stderr, "%s%s> ", key, hint)
		line, err := in.ReadString('\n')
		answer := strings.TrimSpace(line)
		switch {
		case answer == "" && err != nil:
			return fault("没有回答 %s：再运行一次，或用参数给出", "%s is not answered: run it again, or use the flags", key)
		case answer == "" && optional:
			return nil
		}
		if err := d.header.State(d.headerTopic(), key, meant(t, answer)); err == nil && answer != "" {
			return nil
		} else if err != nil {
			fmt.Fprintln(d.Stderr, textOf(err).In(d.lang))
		}
	}
}

// typeOf is the schema's type of a key of the header.
func (d *drafting) typeOf(key string) *schema.Type {
	t := d.headerTopic().Root
	for _, name := range strings.Split(key, ".") {
		t = t.Field(name).Type
	}
	return t
}

// meant is the value that an answer means: the number of a choice, yes or no.
func meant(t *schema.Type, answer string) string {
	if i, err := strconv.Atoi(answer); err == nil && i >= 1 && i <= len(t.Enum) {
		return t.Enum[i-1]
	}
	if right, ok := form.Bool(answer); ok && t.Kind == schema.Boolean {
		return right
	}
	return answer
}
