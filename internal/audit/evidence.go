package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"path"
	"strings"

	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/schema"
	"hegui/internal/source"
)

const (
	// maxEvidence bounds the files that are hashed; larger ones belong in LFS.
	maxEvidence = 64 << 20
	// lfsHeader begins a Git LFS pointer file, which is never longer than
	// maxPointer.
	lfsHeader  = "version https://git-lfs.github.com/spec/v1\n"
	maxPointer = 1024
)

// evidence collects every reference to evidence and follows those into the
// platform's own folder. Nothing is ever fetched.
func (r *reading) evidence() {
	for _, s := range r.Rulebook.Schemas.Topics() {
		if !r.broken[s.Name] {
			r.evidenceOf(s, r.docs[s.Name].Root)
		}
	}
	if root := r.Statements.Waivers; root != nil {
		r.evidenceOf(r.Rulebook.Schemas.Find(WaiversFile), root)
	}
}

func (r *reading) evidenceOf(s *schema.Schema, root *document.Value) {
	s.Walk(root, func(t *schema.Type, v *document.Value) {
		if t.Kind == schema.Evidence {
			r.cite(s, v)
		}
	})
}

func (r *reading) cite(s *schema.Schema, v *document.Value) {
	e := Evidence{Location: finding.At(v), Sensitive: s.Sensitive(v)}
	e.SHA256 = strings.ToLower(v.TextAt("sha256"))
	switch target := target(v); {
	case v.Get("ref") != nil:
		e.Ref, e.HeldBy = v.TextAt("ref"), v.TextAt("held_by")
	case strings.HasPrefix(target, "https://"):
		e.URL = target
	default:
		e.Path = path.Join(r.Path, target)
		if fs.ValidPath(target) {
			r.cited[v] = e.Path
		}
		fault, err := r.resolve(target, e.SHA256)
		if e.Resolved = fault == ""; !e.Resolved {
			r.unresolved(s, v, e, fault, err)
		}
	}
	r.Evidence = append(r.Evidence, e)
}

// unresolved reports evidence that does not lead to what it claims.
func (r *reading) unresolved(s *schema.Schema, v *document.Value, e Evidence, fault string, err error) {
	f := r.Finding("evidence."+fault, e.Location, faultText(fault, lang.Same(document.Quote(target(v))), err),
		lang.Say("放进平台目录 %s/ 并写相对路径，或写 {ref, held_by} 指明存放处", "put the file into %s/ and give its relative path, or state {ref, held_by}", r.Path), s.Name+s.Root.KeyedPath(v))
	r.excerpts.Quote(&f, v.Document())
	if e.Sensitive {
		f.Hide().Message = faultText(fault, lang.Redacted(), err)
	}
	if redacted := s.Name + s.Root.RedactedPath(v); redacted != f.Item {
		f.Hide().Item = redacted
	}
	r.Findings = append(r.Findings, f)
}

// target is where evidence is said to be, empty for a reference.
func target(v *document.Value) string { return v.Text + v.TextAt("path") }

// faultText says what is wrong with evidence.
func faultText(fault string, quoted lang.Text, err error) lang.Text {
	switch fault {
	case "outside":
		return lang.Say("证据路径 %s 不是平台目录内的相对路径", "evidence %s is no relative path inside the platform's folder", quoted)
	case "symlink":
		return lang.Say("证据 %s 要经过符号链接，hegui 从不跟随", "evidence %s leads through a symbolic link, which hegui never follows", quoted)
	case "missing":
		return lang.Say("证据文件 %s 不存在", "evidence %s does not exist", quoted)
	case "not_regular":
		return lang.Say("证据 %s 不是普通文件", "evidence %s is no regular file", quoted)
	case "empty":
		return lang.Say("证据文件 %s 是空的", "evidence %s is an empty file", quoted)
	case "lfs_pointer":
		return lang.Say("证据 %s 是 LFS 指针，sha256 要写成它的 oid", "evidence %s is an LFS pointer: sha256 must state its oid", quoted)
	case "changed":
		return lang.Say("证据 %s 与声明的 sha256 不符", "evidence %s does not have the stated sha256", quoted)
	}
	return lang.Say("证据 %s 读不了：%v", "evidence %s cannot be read: %v", quoted, err)
}

// resolve follows a path inside the platform's folder. It returns what is
// wrong, nothing if the path leads to a regular file that is what it claims to
// be; err says why a file is unreadable.
func (r *reading) resolve(target, sum string) (fault string, err error) {
	if !fs.ValidPath(target) || target == "." || strings.ContainsAny(target, `\:`) {
		return "outside", nil
	}
	at := path.Join(r.Path, target)
	entry, found := r.files[at]
	switch {
	case r.linked(at):
		return "symlink", nil
	case !found:
		return "missing", nil
	case entry.Kind != source.File:
		return "not_regular", nil
	case entry.Size == 0:
		return "empty", nil
	case sum == "" && entry.Size > maxPointer:
		return "", nil
	}
	data, err := r.read(at, maxEvidence)
	if err != nil {
		return "unreadable", err
	}
	if oid, isPointer := lfsPointer(data); isPointer {
		if sum == "" || sum != oid {
			return "lfs_pointer", nil
		}
		return "", nil
	}
	if actual := sha256.Sum256(data); sum != "" && sum != hex.EncodeToString(actual[:]) {
		return "changed", nil
	}
	return "", nil
}

// linked reports whether a path is, or leads through, a symbolic link.
func (r *reading) linked(at string) bool {
	for ; at != r.Path && at != "."; at = path.Dir(at) {
		if r.files[at].Kind == source.Symlink {
			return true
		}
	}
	return false
}

func lfsPointer(data []byte) (oid string, ok bool) {
	if len(data) > maxPointer || !strings.HasPrefix(string(data), lfsHeader) {
		return "", false
	}
	for _, line := range strings.Split(string(data), "\n") {
		if oid, found := strings.CutPrefix(line, "oid sha256:"); found {
			return oid, true
		}
	}
	return "", true
}
