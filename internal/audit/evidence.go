package audit

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"hegui/internal/document"
	"hegui/internal/expression"
	"hegui/internal/finding"
	"hegui/internal/form"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
	"hegui/internal/source"
)

// citation is a place at which evidence is cited.
type citation struct {
	in *schema.Schema
	at *document.Value
	// sensitive is set when not everyone may see what is cited.
	sensitive bool
}

// evidence collects every reference to evidence and follows those into the
// platform's own folder. Nothing is ever fetched.
func (r *reading) evidence() {
	all := r.cited()
	for _, s := range r.Rulebook.Schemas.Topics() {
		if doc := r.docs[s.Name]; doc.Sound() {
			all = r.citations(all, s, doc.Root)
		}
	}
	if root := r.Statements.Waivers; root != nil {
		all = r.citations(all, r.Rulebook.Schemas.Find(WaiversFile), root)
	}
	r.lists(all)
	for _, c := range all {
		r.cite(c)
	}
}

// citations appends those of one file.
func (r *reading) citations(all []citation, s *schema.Schema, root *document.Value) []citation {
	s.WalkEvidence(root, func(t *schema.Type, v *document.Value) {
		if t.Kind != schema.Evidence || v.Kind == document.Null || r.hidden(v) {
			return
		}
		if v.Kind != document.List {
			all = append(all, citation{s, v, t.Sensitive})
		}
		for _, one := range v.Items() {
			all = append(all, citation{s, one, t.Sensitive})
		}
	})
	return all
}

// hidden reports whether a value counts as not stated.
func (r *reading) hidden(v *document.Value) bool {
	return r.holes[schema.Hole{In: v.Parent, Key: v.Key()}] || r.holes[schema.Hole{In: v.Parent}]
}

func (r *reading) cite(c citation) {
	s, v := c.in, c.at
	e := Evidence{Location: finding.At(v), Sensitive: c.sensitive}
	e.SHA256 = strings.ToLower(v.TextAt("sha256"))
	switch target := target(v); {
	case v.Get("ref") != nil:
		e.Ref, e.HeldBy = v.TextAt("ref"), v.TextAt("held_by")
		if unheld(v) {
			r.unresolved(s, v, e, "unheld", nil)
		}
	case isAddress(target):
		e.URL = target
		if !reaches(target, r.Rulebook.Policy.OwnHosts) {
			r.unresolved(s, v, e, "address", nil)
		}
	default:
		f := r.files.find(target)
		if f != nil {
			e.Path = f.Path
		} else {
			e.Path = path.Join(r.Path, target)
		}
		fault, err := r.resolve(target, f, e.SHA256)
		if e.Resolved = fault == ""; !e.Resolved {
			r.unresolved(s, v, e, fault, err)
		}
	}
	r.entries[v] = len(r.Evidence)
	r.Evidence = append(r.Evidence, e)
}

// unresolved reports evidence that does not lead to what it claims.
func (r *reading) unresolved(s *schema.Schema, v *document.Value, e Evidence, fault string, err error) {
	remedy := r.faultRemedy(fault, e.Path)
	if fault == "missing" || fault == "outside" {
		remedy = r.meant(target(v), fault, remedy)
	}
	at := e.Location
	if stated := v.Get("sha256"); stated != nil && fault == "changed" {
		at = finding.At(stated)
	}
	f := r.Finding("evidence."+fault, at, faultText(fault, lang.Same(e.SHA256), lang.Same(document.Quote(cited(v))), err), remedy, s.Name+s.Root.KeyedPath(v))
	r.excerpts.Quote(&f, v.Document())
	if e.Sensitive {
		f.Hide().Message = faultText(fault, lang.Redacted(), lang.Redacted(), err)
		f.Hide().Remedy = r.faultRemedy(fault, e.Path)
	}
	if redacted := s.Name + s.Root.RedactedPath(v); redacted != f.Item {
		f.Hide().Item = redacted
	}
	r.report(f)
	r.unprove(v, f)
}

// meant says what was probably meant by evidence that is not there.
func (r *reading) meant(named, fault string, remedy lang.Text) lang.Text {
	if items := form.Items(named); len(items) > 1 && !slices.ContainsFunc(items, func(item string) bool { return !r.holds(item) }) {
		return lang.Say("几份证据写成列表：[%s]", "write several as a list: [%s]", strings.Join(items, ", "))
	}
	if colon := strings.Replace(named, "：", ":", 1); colon != named && isAddress(colon) {
		return lang.Say("冒号要用半角的，写 %s", "the colon is a full-width one: write %s", colon)
	}
	if slashed := strings.ReplaceAll(named, `\`, "/"); slashed != named && fs.ValidPath(slashed) && !strings.Contains(slashed, ":") {
		written := lang.Say("路径用 / 分隔，写 %s", "part a path with /: write %s", slashed)
		if r.holds(slashed) {
			return written
		}
		return lang.Say("%s；%s", "%s; %s", written, r.meant(slashed, fault, remedy))
	}
	if meant := r.meantFile(named); meant != "" {
		return lang.Say("是不是 %s？否则%s", "did you mean %s? else %s", document.Quote(meant), remedy)
	}
	switch {
	case schema.Nothing(named):
		return lang.Say("有了再写，现在空着；有的话，%s", "leave it empty as long as there is none; else %s", remedy)
	case strings.HasPrefix(named, "www."):
		return lang.Say("若是网址，写 https://%s；若是文件，%s", "if it is an address write https://%s; if a file, %s", named, remedy)
	case fault == "missing" && !strings.ContainsAny(named, "./"):
		return lang.Say("若是文号，写 {ref: %s, held_by: 保管岗位}；若是文件，%s", "if it is the number of a document write {ref: %s, held_by: post}; if a file, %s", named, remedy)
	}
	return remedy
}

// holds reports whether the platform's folder has a file.
func (r *reading) holds(named string) bool {
	f := r.fileAt(path.Join(r.Path, named))
	return f != nil && f.Kind == source.File
}

// unprove takes from a rectification what it rests on: without evidence that
// holds it has no effect, like a waiver.
func (r *reading) unprove(v *document.Value, f finding.Finding) {
	if v.Parent != nil && v.Parent.Kind == document.List {
		v = v.Parent
	}
	if record := v.Parent; record != nil && record.Key() == rulebook.Rectified {
		name := f.Check + " " + f.Item
		r.causes[name] = f.Fingerprint
		r.frame.Dig(record, v.Key(), expression.Hole{Defects: []string{name}})
	}
}

// cause is what is wrong with a file, without its name.
func cause(err error) error {
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(inner) {
		err = inner
	}
	return err
}

// faultRemedy says what to do about evidence that is not what it claims.
func (r *reading) faultRemedy(fault, at string) lang.Text {
	switch fault {
	case "description":
		return lang.Say("写证明材料的路径，或写 {ref, held_by} 指明存放处", "name the material that proves it, or state {ref, held_by}")
	case "not_regular":
		return lang.Say("写到文件，如 evidence/x.pdf；目录和特殊文件不是证据", "name a file, such as evidence/x.pdf: neither folders nor special files are evidence")
	case "address":
		return lang.Say("写外网能打开的 https 地址，不带用户名；内网的材料写 {ref: 文号, held_by: 保管岗位}，自有的主机名列入 policy 的 own_hosts",
			"give an https address that opens from outside, without a user name; for what lies on an intranet state {ref: number, held_by: post}; your own hosts belong into own_hosts of the policy")
	case "unheld":
		return lang.Say("ref 写文件的文号或档案号，held_by 写保管它的岗位", "state the number of the document as ref, and the post that keeps it as held_by")
	case "empty":
		return lang.Say("把材料放进这个文件，或引用另一个有内容的文件", "put the material into the file, or cite one that has content")
	case "changed":
		return lang.Say("核对文件是否就是当时的材料；确实换过的，把 sha256 写成 %s", "see whether the file is still the material; if it was exchanged on purpose, state sha256: %s", r.contentOf(r.fileAt(at)).text)
	case "lfs_pointer":
		return lang.Say("把 sha256 写成 %s", "state sha256: %s", r.contentOf(r.fileAt(at)).oid)
	case "too_costly":
		return lang.Say("大文件改存 Git LFS，或写 {ref, held_by} 指明存放处", "keep large files in Git LFS, or state {ref, held_by}")
	}
	return lang.Say("放进平台目录 %s/ 并写相对路径，或写 {ref, held_by} 指明存放处", "put the file into %s/ and give its relative path, or state {ref, held_by}", r.Path)
}

// isAddress reports whether evidence is meant to be an address, even a wrong one.
func isAddress(target string) bool {
	scheme, _, found := strings.Cut(target, ":")
	return strings.Contains(target, "://") || found && (strings.EqualFold(scheme, "https") || strings.EqualFold(scheme, "http"))
}

// target is where evidence is said to be, empty for a reference.
func target(v *document.Value) string { return v.Text + v.TextAt("path") }

// cited is what evidence is called: its path, address or number.
func cited(v *document.Value) string { return target(v) + v.TextAt("ref") }

// unheld reports whether a reference names the same thing as the document and as the
// post that keeps it.
func unheld(v *document.Value) bool { return schema.SamePost(v.TextAt("ref"), v.TextAt("held_by")) }

// faultText says what is wrong with evidence, and which digest was stated of it.
func faultText(fault string, stated, quoted lang.Text, err error) lang.Text {
	switch fault {
	case "outside":
		return lang.Say("证据路径 %s 不是平台目录内的相对路径", "evidence %s is not a relative path inside the platform's folder", quoted)
	case "description":
		return lang.Say("证据 %s 是描述自身，证明不了自己", "evidence %s is part of the description itself, which proves nothing", quoted)
	case "symlink":
		return lang.Say("证据 %s 要经过符号链接，hegui 从不跟随", "evidence %s leads through a symbolic link, which hegui never follows", quoted)
	case "missing":
		return lang.Say("证据文件 %s 不存在", "evidence %s does not exist", quoted)
	case "not_regular":
		return lang.Say("证据 %s 不是普通文件", "evidence %s is not a regular file", quoted)
	case "empty":
		return lang.Say("证据文件 %s 是空的", "evidence %s is an empty file", quoted)
	case "unheld":
		return lang.Say("证据的文号和保管岗位是同一个词 %s", "the number and the holding post of this evidence are the same, %s", quoted)
	case "address":
		return lang.Say("证据地址 %s 不是公网或自有主机上的 https 地址", "evidence %s is not an https address of a public host or one of your own", quoted)
	case "too_costly":
		return lang.Say("证据 %s 没有核对：本平台带 sha256 的证据超过 %d MiB，或本次评定的大文件合计太多",
			"evidence %s was not verified: the evidence of this platform with a sha256 exceeds %d MiB, or the large files of this run are too many", quoted, maxHashed>>20)
	case "lfs_pointer":
		return lang.Say("证据 %s 是 LFS 指针，sha256 要写成它的 oid", "evidence %s is an LFS pointer: sha256 must state its oid", quoted)
	case "changed":
		return lang.Say("证据 %s 与声明的 sha256 不符：声明的是 %s", "evidence %s does not have the stated sha256, %s", quoted, stated)
	}
	return lang.Say("证据 %s 读不了：%s", "evidence %s cannot be read: %s", quoted, TextOf(cause(err)))
}

// resolve follows a path inside the platform's folder, where f lies, nil for nothing.
// It returns what is wrong, nothing if a regular file is there that is what it claims
// to be; err says why a file is unreadable.
func (r *reading) resolve(target string, f *file, sum string) (fault string, err error) {
	switch {
	case f == nil && !fs.ValidPath(target) || target == "." || strings.ContainsAny(target, `\:`):
		return "outside", nil
	case r.linked(target):
		return "symlink", nil
	case f == nil:
		return "missing", nil
	case f.beside() && isYAML(f.Name):
		return "description", nil
	case f.Kind != source.File:
		return "not_regular", nil
	case f.Size == 0:
		return "empty", nil
	case sum == "":
		return r.unsummed(f)
	}
	switch c := r.contentOf(f); {
	case c.tooCostly:
		return "too_costly", nil
	case c.err != nil:
		return "unreadable", c.err
	case c.hollow:
		return "empty", nil
	case c.pointer && sum != c.oid:
		return "lfs_pointer", nil
	case !c.pointer && !c.isOf(sum):
		return "changed", nil
	}
	return "", nil
}

// unsummed is what is wrong with a file of which no digest is stated: only whether it is a
// pointer or blank is asked, and nothing is hashed.
func (r *reading) unsummed(f *file) (fault string, err error) {
	if f.Size > maxPointer {
		return "", nil
	}
	data, err := r.read(f, maxEvidence)
	if err != nil {
		return "unreadable", err
	}
	if _, pointer := lfsPointer(data); pointer {
		return "lfs_pointer", nil
	}
	if hollow(data) {
		return "empty", nil
	}
	return "", nil
}

// linked reports whether a path is, or leads through, a symbolic link.
func (r *reading) linked(inside string) bool {
	for ; r.links && inside != "."; inside = path.Dir(inside) {
		if f := r.files.find(inside); f != nil && f.Kind == source.Symlink {
			return true
		}
	}
	return false
}
