package handbook

import (
	"path"
	"slices"

	"hegui/internal/document"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

// maxOverlay bounds the file of an overlay, as loading a rulebook does.
const maxOverlay = 1 << 20

// Overlay is what one overlay asks for beyond the base.
type Overlay struct {
	Name        string
	Title, Note lang.Text
	Tightened   []Tightening
	Added       []*rulebook.Check
	// Decided are the checks that it decides about.
	Decided []*rulebook.Check
}

// Tightening is one limit of one check as an overlay leaves it.
type Tightening struct {
	Check *rulebook.Check
	// Before and After are the limit without and with the overlay, alike where
	// the policy has put the overlay in force already.
	Before, After rulebook.LimitRule
	// From is the day from which it holds, empty for always.
	From string
}

// Overlays reads every overlay that a rulebook has, in force or not. Its error
// is that of loading the rulebook with one of them.
func Overlays(tree source.Tree, base *rulebook.Rulebook) ([]Overlay, error) {
	var out []Overlay
	for _, name := range rulebook.Overlays(tree) {
		book, err := rulebook.Load(tree, name)
		if err != nil {
			return nil, err
		}
		overlay, err := readOverlay(tree, name, base, book)
		if err != nil {
			return nil, err
		}
		out = append(out, overlay)
	}
	return out, nil
}

// readOverlay reads an overlay's own file, which has been loaded into book and
// is therefore sound.
func readOverlay(tree source.Tree, name string, base, book *rulebook.Rulebook) (Overlay, error) {
	file := path.Join(rulebook.OverlaysDir, name+".yaml")
	data, err := tree.Read(file, maxOverlay)
	if err != nil {
		return Overlay{}, err
	}
	root := document.Parse(file, data, document.DefaultLimits()).Root
	book = book.Last()
	overlay := Overlay{Name: name, Title: textAt(root, "title"), Note: textAt(root, "note")}
	if limits := root.Get("limits"); limits != nil {
		for _, v := range limits.Items() {
			check := book.Check(v.Get("check").Text)
			after := limitNamed(check, v.Get("limit").Text)
			t := Tightening{Check: check, Before: limitNamed(base.Check(check.ID), after.Name), After: after}
			for _, stated := range []*document.Value{v.Get("effective_on"), root.Get("effective_on")} {
				if stated != nil && t.From == "" {
					t.From = stated.Text
				}
			}
			overlay.Tightened = append(overlay.Tightened, t)
		}
	}
	for _, check := range book.Checks {
		if check.Path == file {
			overlay.Added = append(overlay.Added, check)
		}
		if slices.ContainsFunc(check.Decisions, func(d *rulebook.Decision) bool { return d.Path == file }) {
			overlay.Decided = append(overlay.Decided, check)
		}
	}
	return overlay, nil
}

func textAt(v *document.Value, key string) lang.Text {
	v = v.Get(key)
	return lang.Text{ZH: v.Get("zh").Text, EN: v.Get("en").Text}
}

func limitNamed(c *rulebook.Check, name string) rulebook.LimitRule {
	if c == nil {
		return rulebook.LimitRule{}
	}
	i := slices.IndexFunc(c.Limits, func(rule rulebook.LimitRule) bool { return rule.Name == name })
	if i < 0 {
		return rulebook.LimitRule{}
	}
	return c.Limits[i]
}

// overlayMark says what the overlays in force have to do with a check, zero for
// nothing.
func overlayMark(c *rulebook.Check) lang.Text {
	switch {
	case c.Drop() != nil:
		return lang.Say("本地决定不采用", "dropped locally")
	case path.Dir(c.Path) == rulebook.OverlaysDir:
		return lang.Say("叠加 %s 增加", "added by overlay %s", c.Overlay)
	case c.Overlay != "":
		return lang.Say("叠加 %s 收紧", "tightened by overlay %s", c.Overlay)
	case len(c.Decisions) > 0:
		return lang.Say("本地已作决定", "decided locally")
	}
	return lang.Text{}
}
