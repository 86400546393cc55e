package compare

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"sync"

	"hegui/internal/audit"
	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
	"hegui/internal/source"
)

// tip reads a platform's waivers and verdicts from base's tip; only those already
// merged count.
type tip struct {
	tree source.Hashed
	// waivers is the schema of the supervisors' files.
	waivers *schema.Schema
	// byCode gives the folders in the tip, by code, of the platforms that head moves or
	// changes.
	byCode func() map[string]string

	mu sync.Mutex
	// fault is why something of the tip could not be read, though it is there.
	fault error
	// spoilt says what is wrong with a supervisors' file.
	spoilt lang.Text
}

func newTip(tree, head source.Hashed, waivers *schema.Schema) *tip {
	t := &tip{tree: tree, waivers: waivers}
	t.byCode = sync.OnceValue(func() map[string]string {
		folders, _ := audit.Changed(tree, head)
		found := map[string]string{}
		for _, f := range folders {
			if code := t.code(f.Path); code != "" && found[code] == "" {
				found[code] = f.Path
			}
		}
		return found
	})
	return t
}

// statements are what the tip says of a platform.
func (t *tip) statements(code, dir string) *audit.Statements {
	s := &audit.Statements{Waivers: t.file(code, dir, audit.WaiversFile), Verdicts: t.file(code, dir, audit.VerdictsFile)}
	if more := t.supervised(code); more != nil {
		both := append(slices.Clone(s.Waivers.ListAt(audit.WaiversFile)), more.ListAt(audit.WaiversFile)...)
		s.Waivers = document.NewMap(document.Field{Key: audit.WaiversFile, Value: document.NewList(both...)})
	}
	return s
}

// supervised is what the supervisors' file says of a platform, nil for none. One
// that cannot be used is a fault of base.
func (t *tip) supervised(code string) *document.Value {
	if t.waivers == nil || code == "" || code == "." || path.Base(code) != code {
		return nil
	}
	at := path.Join(rulebook.WaiversDir, code+".yaml")
	root, fault, err := Supervised(t.tree, at, t.waivers)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		t.spoil(lang.Say("%s 读不了：%v", "%s cannot be read: %v", at, err))
	case fault != nil:
		t.spoil(fault.Text())
	}
	return root
}

// Supervised is the root of a supervisors' file, nil for one that cannot be used; fault
// says why.
func Supervised(tree source.Tree, at string, waivers *schema.Schema) (root *document.Value, fault *finding.Defect, err error) {
	limits := document.DefaultLimits()
	data, err := tree.Read(at, int64(limits.Bytes))
	if err != nil {
		return nil, nil, err
	}
	doc := document.Parse(at, data, limits)
	for _, p := range doc.Problems {
		return nil, &finding.Defect{Path: at, Line: p.Start.Line, Column: p.Start.Column, Message: p.Text()}, nil
	}
	for _, v := range waivers.Validate(doc.Root) {
		return nil, &finding.Defect{Path: at, Line: v.Start.Line, Column: v.Start.Column, Message: lang.Say("%s；%s", "%s; %s", v.Message, v.Remedy)}, nil
	}
	return doc.Root, nil, nil
}

// spoil keeps the first fault of a supervisors' file.
func (t *tip) spoil(fault lang.Text) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.spoilt.IsZero() {
		t.spoilt = fault
	}
}

// file is the root of a platform's file in the tip, nil where there is none
// that can be read. A platform lies where head has it or, being moved by the
// change, elsewhere under the same code. Where the code of either side cannot
// be read, the folder decides.
func (t *tip) file(code, dir, name string) *document.Value {
	own := t.code(dir)
	if code == "" || own == code {
		return t.read(dir, name)
	}
	if moved := t.byCode()[code]; moved != "" {
		return t.read(moved, name)
	}
	if own != "" {
		return nil // another platform's folder
	}
	return t.read(dir, name)
}

func (t *tip) code(dir string) string {
	return t.read(dir, rulebook.HeaderTopic).TextAt("code")
}

func (t *tip) read(dir, name string) *document.Value {
	at := path.Join(dir, name+".yaml")
	limits := document.DefaultLimits()
	data, err := t.tree.Read(at, int64(limits.Bytes))
	if err != nil {
		t.note(err)
		return nil
	}
	doc := document.Parse(at, data, limits)
	if len(doc.Problems) > 0 {
		return nil
	}
	return doc.Root
}

// note keeps the first error other than a missing file.
func (t *tip) note(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.fault == nil && source.OutOfReach(err) {
		t.fault = err
	}
}

// failures are what of the tip could not be read.
func (t *tip) failures() (all []audit.Failure) {
	if t.fault != nil {
		all = append(all, audit.Failure{Message: lang.Say("主干的文件读不了：%s", "base cannot be read: %s", audit.TextOf(t.fault))})
	}
	if !t.spoilt.IsZero() {
		all = append(all, audit.Failure{Message: lang.Say("主干的放行文件用不了，由监管岗位先改正：%s", "a file of releases in base cannot be used, the supervising post has to fix it first: %s", t.spoilt)})
	}
	return all
}
