package page

import (
	"fmt"
	"strings"
	"unicode"

	"hegui/internal/lang"
	"hegui/internal/term"
	"hegui/internal/typeset"
)

// marginWidth is how many columns of a platform's name have room in a margin, digestWidth how
// much of a digest tells sheets apart.
const (
	marginWidth = 58
	digestWidth = 12
)

// Sheet is the class by which a card's sheets have margins of their own.
func (c *card) Sheet() string { return "sheet-" + c.prefix + "0" }

// margins is the style that repeats on every printed sheet how sensitive a card is,
// whose it is, of which day and of which results, so that loose sheets can be told
// apart and what is signed can be found.
func (c *card) margins() string {
	var out strings.Builder
	for _, l := range []lang.Language{lang.Chinese, lang.English} {
		whose := lang.Say("%s · %s · 摘要 %s", "%s · %s · digest %s", lang.Same(apart(typeset.Truncate(typeset.Prose(c.name(), l), marginWidth))), c.Run.AsOf, c.Digest[:digestWidth])
		fmt.Fprintf(&out, "@page %s-%s { @top-left { content: %s; } @top-right { content: %s; } }\n", c.Sheet(), l, quoted(typeset.Prose(c.marking(), l)), quoted(whose.In(l)))
	}
	fmt.Fprintf(&out, "@media print { .%[1]s { page: %[1]s-zh; } #lang-en:checked ~ * .%[1]s { page: %[1]s-en; } }\n", c.Sheet())
	return out.String()
}

// margins is the style that repeats on every printed sheet of the page over all
// platforms of which day and by which rulebook it is.
func (f *fleet) margins() string {
	var out strings.Builder
	digest := strings.TrimPrefix(f.Run.Rulebook.Digest, "sha256:")
	for _, l := range []lang.Language{lang.Chinese, lang.English} {
		of := lang.Say("%s · %s · 规则库 %s", "%s · %s · rulebook %s", fleetTitle(), f.Run.AsOf, digest[:min(len(digest), digestWidth)])
		fmt.Fprintf(&out, "@page fleet-%s { @top-left { content: %s; } @top-right { content: %s; } }\n", l, quoted(lang.Say("自评", "self-declared").In(l)), quoted(of.In(l)))
	}
	return out.String()
}

// apart is a name by which nothing beside it is reversed: a day that follows one in Arabic
// letters would be read from its end.
func apart(name string) string {
	if strings.ContainsFunc(name, func(r rune) bool {
		return unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko)
	}) {
		return "\u2068" + name + "\u2069"
	}
	return name
}

// marking is how sensitive the card is; an unknown one is not a public one.
func (c *card) marking() lang.Text {
	if c.Sensitivity == "" {
		return lang.Say("敏感程度未标明", "sensitivity not stated")
	}
	return term.Sensitivities().Text(c.Sensitivity)
}

// quoted is a text as a style holds it: nothing but letters and digits is as it is
// written, so that no name ends the string, the rule or the style.
func quoted(text string) string {
	var out strings.Builder
	out.WriteByte('"')
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == ' ' {
			out.WriteRune(r)
			continue
		}
		fmt.Fprintf(&out, `\%x `, r)
	}
	out.WriteByte('"')
	return out.String()
}
