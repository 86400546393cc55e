package editor

import (
	"strings"

	"hegui/internal/document"
	"hegui/internal/lang"
	"hegui/internal/typeset"
)

// patterns are what a format asks of a text as far as a pattern can say it: editors
// know few formats. They refuse nothing that the format allows.
var patterns = map[string]string{
	"date":      `^(19\d\d|20\d\d|2100)-((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|[12]\d))$`,
	"date-time": `^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:\d\d)$`,
	"duration":  `^P(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?$`,
	"text":      `[\p{L}\p{N}\p{S}%‰]`,
	"name":      `[\p{L}\p{N}\p{S}%‰]`,
	"reference": `[\p{L}\p{N}][^\p{L}\p{N}]*[\p{L}\p{N}]`,
}

// texts writes what the place is called and means, and how to learn more of it.
// Editors show the Markdown where they know it.
func (b *bundler) texts(chain []link, path string) {
	if path == "" {
		return // a condition on what another subschema describes
	}
	title := b.said(chain, "title", "x-title-en")
	about := b.said(chain, "description", "x-description-en")
	if title != "" {
		b.key("title")
		b.text(title)
	}
	if about == "" {
		return
	}
	b.key("description")
	b.text(about)
	topic, field, _ := strings.Cut(path, ".")
	if topic == "" || field == "" {
		return
	}
	b.key("markdownDescription")
	lines := []string{typeset.Markdown(about)}
	if _, unit := stating(chain, "x-unit"); unit != nil {
		lines = append(lines, b.say("单位：%s", "Unit: %s", typeset.Markdown(pair(unit, "zh", "en").In(b.language))))
	}
	if _, list := stating(chain, "x-ref"); list != nil {
		lines = append(lines, b.say("只能写已有的名称：%s", "Only names that are in %s", typeset.Span(names(list))))
	}
	if _, sensitive := stating(chain, "x-sensitive"); sensitive != nil && sensitive.Bool {
		lines = append(lines, b.say("敏感：报告里隐去，只给评估人员看", "Sensitive: reports show it to the assessor alone"))
	}
	b.text(strings.Join(append(lines, typeset.Span("hegui explain "+path)), "\n\n"))
}

// labels writes what the values of an enumeration are called.
func (b *bundler) labels(chain []link) {
	_, enum := stating(chain, "enum")
	_, labels := stating(chain, "x-labels")
	if enum == nil || labels == nil {
		return
	}
	b.key("enumDescriptions")
	b.list(len(enum.Items()), func(i int) { b.text(pair(labels.Get(enum.Items()[i].Text), "zh", "en").In(b.language)) })
}

// form writes the form of a text as a pattern, and what is wanted in words: the
// description of the place that asks for the form.
func (b *bundler) form(chain []link) {
	at, pattern := stating(chain, "pattern")
	wanted := ""
	if pattern != nil {
		wanted = pattern.Text
	} else {
		var format *document.Value
		if at, format = stating(chain, "format"); format == nil {
			return
		}
		wanted = patterns[format.Text]
	}
	if wanted == "" {
		return
	}
	b.key("pattern")
	b.text(wanted)
	about := pair(at.node.Get("x-pattern"), "zh", "en").In(b.language)
	if about == "" {
		about = b.said([]link{at}, "description", "x-description-en")
	}
	if about != "" {
		b.key("patternErrorMessage")
		b.text(about)
	}
}

// said is a text of the nearest subschema that has it.
func (b *bundler) said(chain []link, zh, en string) string {
	for _, at := range chain {
		if t := pair(at.node, zh, en).In(b.language); t != "" {
			return t
		}
	}
	return ""
}

func (b *bundler) say(zh, en string, args ...any) string {
	return lang.Say(zh, en, args...).In(b.language)
}

// pair is a text that stands under two keys of a value.
func pair(v *document.Value, zh, en string) lang.Text {
	return lang.Text{ZH: v.TextAt(zh), EN: v.TextAt(en)}
}

// names are the lists that a reference names.
func names(list *document.Value) string {
	if list.Kind != document.List {
		return list.Text
	}
	var all []string
	for _, item := range list.Items() {
		all = append(all, item.Text)
	}
	return strings.Join(all, ", ")
}
