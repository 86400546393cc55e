package assess

import (
	"context"
	"path"
	"slices"
	"strings"
	"time"

	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/examine"
	"hegui/internal/git"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/source"
	"hegui/internal/workbook"
)

// Repin pins confirmations anew that are pinned in the form before, which did not
// cover the record, the evidence and the switches around what is read. It does so
// only where git shows that none of these has changed since the verdict came in.
type Repin struct {
	Tree     source.Tree
	Rulebook *rulebook.Rulebook
	AsOf     calendar.Date
	// Platforms are audited with facts.
	Platforms []*audit.Platform
	// Repo is nil where Untold says why history cannot be asked; Head is where it
	// begins.
	Repo   *git.Repo
	Head   git.Commit
	Untold lang.Text
}

// pin is a confirmation by what it is about and pinned to, whatever else is said.
type pin struct{ check, item, fact string }

func (r *Repin) pinOf(v *document.Value) pin {
	return pin{r.Rulebook.Current(v.TextAt("check")), v.TextAt("item"), v.TextAt("fact")}
}

// formerPins are the entries of a verdict file that may have to be pinned anew.
func formerPins(root *document.Value) []*document.Value {
	return slices.DeleteFunc(slices.Clone(root.ListAt(schemaName)), func(v *document.Value) bool {
		return !audit.FormerFact(v.TextAt("fact")) || v.TextAt("verdict") == string(examine.NotMet)
	})
}

// Plan works out the files as they would be. Its problems are the verdicts that are
// not pinned anew, with the reason; they keep nothing else from being done.
func (r *Repin) Plan(ctx context.Context) (*Plan, error) {
	plan := &Plan{}
	for _, p := range r.Platforms {
		entries := formerPins(p.Statements.Verdicts)
		if len(entries) == 0 {
			continue
		}
		if err := r.plan(ctx, plan, p, entries); err != nil {
			return nil, err
		}
	}
	return plan, nil
}

func (r *Repin) plan(ctx context.Context, plan *Plan, p *audit.Platform, entries []*document.Value) error {
	file := path.Join(p.Path, fileName)
	now, past := factsOf(p), &past{Repin: r, ctx: ctx, platform: p, file: file, pins: map[string]map[pin]bool{}, facts: map[string]map[[2]string]audit.Item{}}
	out := File{Path: file, Unchanged: len(p.Statements.Verdicts.ListAt(schemaName))}
	anew := map[*document.Value]string{}
	for _, v := range entries {
		wanted := r.pinOf(v)
		name := wanted.check
		if wanted.item != "" {
			name += " " + document.Quote(wanted.item)
		}
		is, there := now[[2]string{wanted.check, wanted.item}]
		why := r.Untold
		switch {
		case !there:
			why = lang.Say("现在没有这一项", "there is no such item now")
		case !v.Get("fact").Written():
			why = lang.Say("摘要写成了别名，先照写出来", "the digest is an alias: write it out first")
		case is.Pin().Fact == "":
			why = lang.Say("有证据读不了", "evidence cannot be read")
		case why.IsZero():
			why = past.differs(wanted, is.Pin().Fact)
		}
		if !why.IsZero() {
			at := file + ":" + document.Quote(v.TextAt("id"))
			plan.Problems = append(plan.Problems, workbook.Problem{Cell: at, Message: lang.Say("%s：%s，请评估人员重新核查", "%s: %s: have the assessor look again", name, why)})
			continue
		}
		anew[v.Get("fact")] = is.Pin().Fact
		out.Changes = append(out.Changes, lang.Say("重新绑定 %s", "pinned anew: %s", name))
		out.Unchanged--
	}
	if len(anew) == 0 {
		return nil
	}
	data, err := r.Tree.Read(file, int64(document.DefaultLimits().Bytes))
	if err != nil {
		return err
	}
	out.Content = exchanged(data, anew)
	plan.Files = append(plan.Files, out)
	return nil
}

// exchanged is a file with other texts for some of its scalars, and not a byte else
// changed. No two of them share a line's stretch, and each is on one line.
func exchanged(data []byte, anew map[*document.Value]string) []byte {
	lines := strings.SplitAfter(string(data), "\n")
	var all []*document.Value
	for v := range anew {
		all = append(all, v)
	}
	// From the end of each line, so that places before stay what they are.
	slices.SortFunc(all, func(x, y *document.Value) int { return y.Start().Column - x.Start().Column })
	for _, v := range all {
		line := []rune(lines[v.Start().Line-1])
		before, after := string(line[:v.Start().Column-1]), string(line[v.Start().Column-1:])
		lines[v.Start().Line-1] = before + strings.Replace(after, v.Text, anew[v], 1)
	}
	return []byte(strings.Join(lines, ""))
}

// factsOf are a platform's items by check and name.
func factsOf(p *audit.Platform) map[[2]string]audit.Item {
	all := map[[2]string]audit.Item{}
	for _, c := range p.Checks {
		for _, item := range c.Items {
			all[[2]string{c.Rule.ID, item.Name}] = item
		}
	}
	return all
}

// past is what git shows of one platform.
type past struct {
	*Repin
	ctx      context.Context
	platform *audit.Platform
	file     string
	// commits are all that lead to the head, nil before they are read; untold says
	// why some cannot be.
	commits []git.Commit
	untold  lang.Text
	// pins are those of a verdict file, by its hash, facts what a commit's platform
	// is pinned to, by its hash.
	pins  map[string]map[pin]bool
	facts map[string]map[[2]string]audit.Item
}

// differs says why a verdict is not worth on what it was given, zero where git shows
// that it is: in every commit that brought it in, what it is pinned to was what it
// is now.
func (p *past) differs(wanted pin, fact string) lang.Text {
	p.read()
	if !p.untold.IsZero() {
		return p.untold
	}
	if !p.at(p.Head)[wanted] {
		return lang.Say("这条结论还没有提交", "the verdict is not committed yet")
	}
	for _, c := range p.commits {
		if !p.at(c)[wanted] || slices.ContainsFunc(c.Parents, func(hash string) bool { return p.at(git.Commit{Hash: hash})[wanted] }) {
			continue
		}
		if why := p.since(c, wanted, fact); !why.IsZero() {
			return why
		}
	}
	return lang.Text{}
}

// since says what has changed since a commit brought a verdict in, zero for nothing.
func (p *past) since(c git.Commit, wanted pin, fact string) lang.Text {
	short, day := c.Hash[:min(len(c.Hash), 12)], c.When.UTC().Format(time.DateOnly)
	stood := func(hash string) bool {
		_, err := p.Repo.Tree(git.Commit{Hash: hash}).Stat(path.Join(p.platform.Path, rulebook.HeaderTopic+".yaml"))
		return err == nil
	}
	if len(c.Parents) > 0 && !slices.ContainsFunc(c.Parents, stood) {
		return lang.Say("平台目录随提交 %s（%s）一起出现或移来，之前如何看不出", "the platform's folder came or moved with commit %s of %s: what was before is not known", short, day)
	}
	was, there := p.factsAt(c)[[2]string{wanted.check, wanted.item}]
	switch {
	case !there || was.Pin().Former != wanted.fact:
		return lang.Say("在提交 %s（%s）带来它的时候，事实就已不是它所据的", "when commit %s of %s brought it in, the fact was already another", short, day)
	case was.Pin().Fact != fact:
		return lang.Say("所在记录、证据或开关在提交 %s（%s）之后改过", "the record, its evidence or a switch has changed since commit %s of %s", short, day)
	}
	return lang.Text{}
}

// read reads all commits that lead to the head.
func (p *past) read() {
	if p.commits != nil || !p.untold.IsZero() {
		return
	}
	if p.Repo.Shallow() {
		p.untold = lang.Say("历史被截断，看不出有没有改过（先 git fetch --unshallow）", "history is cut off, so that changes do not show (git fetch --unshallow first)")
		return
	}
	seen := map[string]bool{p.Head.Hash: true}
	p.commits = []git.Commit{p.Head}
	for i := 0; i < len(p.commits); i++ {
		for _, hash := range p.commits[i].Parents {
			if seen[hash] {
				continue
			}
			seen[hash] = true
			c, err := p.Repo.Resolve(hash)
			if err != nil {
				p.untold = lang.Say("历史读不全：%s", "history cannot be read in full: %s", audit.TextOf(err))
				return
			}
			p.commits = append(p.commits, c)
		}
	}
}

// at are the pins of the form before in the verdict file of a commit.
func (p *past) at(c git.Commit) map[pin]bool {
	tree := p.Repo.Tree(c)
	hash, err := tree.Hash(p.file)
	if err != nil {
		return nil
	}
	if known, done := p.pins[hash]; done {
		return known
	}
	pins := map[pin]bool{}
	if data, err := tree.Read(p.file, int64(document.DefaultLimits().Bytes)); err == nil {
		for _, v := range formerPins(document.Parse(p.file, data, document.DefaultLimits()).Root) {
			pins[p.pinOf(v)] = true
		}
	}
	p.pins[hash] = pins
	return pins
}

// factsAt are the platform's items as they were in a commit.
func (p *past) factsAt(c git.Commit) map[[2]string]audit.Item {
	if known, done := p.facts[c.Hash]; done {
		return known
	}
	auditor := &audit.Auditor{Tree: p.Repo.Tree(c), Rulebook: p.Rulebook, AsOf: p.AsOf, Jobs: 1, Pin: true}
	facts := map[[2]string]audit.Item{}
	if platforms, failures := auditor.Run(p.ctx, []string{p.platform.Path}); len(failures) == 0 && len(platforms) == 1 {
		facts = factsOf(platforms[0])
	}
	p.facts[c.Hash] = facts
	return facts
}
