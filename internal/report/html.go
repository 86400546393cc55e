package report

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strconv"

	"hegui/internal/lang"
	"hegui/internal/results"
)

//go:embed html
var htmlFiles embed.FS

// htmlFormat is what an assessor opens, reads and prints: one file that asks
// for nothing else. One platform is its scorecard; several are the fleet with
// all cards below it.
type htmlFormat struct{}

func (htmlFormat) Name() string { return "html" }

func (htmlFormat) Write(w io.Writer, r *results.Results, o Options) error {
	pages, err := NewPages(r, o)
	if err != nil {
		return err
	}
	return pages.whole(w)
}

// Pages are the results as HTML. Each page holds its style and its script, both
// named by hash in a Content-Security-Policy that forbids everything else.
type Pages struct {
	r        *results.Results
	options  Options
	language lang.Language
	template *template.Template
	style    template.CSS
	script   template.JS
	policy   string
}

// NewPages prepares the pages of a run. The options' language is the one that a
// page shows to readers who ask for neither, and where scripts do not run.
func NewPages(r *results.Results, o Options) (*Pages, error) {
	p := &Pages{r: r, options: o, language: lang.English}
	if o.Language == lang.Chinese {
		p.language = lang.Chinese
	}
	style, err := htmlFiles.ReadFile("html/style.css")
	if err != nil {
		return nil, err
	}
	script, err := htmlFiles.ReadFile("html/page.js")
	if err != nil {
		return nil, err
	}
	p.template, err = template.New("").Funcs(p.words()).ParseFS(htmlFiles, "html/*.html")
	if err != nil {
		return nil, err
	}
	// Both are ours, not a platform's; the hashes hold them to it.
	p.style, p.script = template.CSS(style), template.JS(script)
	p.policy = fmt.Sprintf("default-src 'none'; style-src 'sha256-%s'; script-src 'sha256-%s'; img-src data:; base-uri 'none'; form-action 'none'",
		hashed(style), hashed(script))
	return p, nil
}

func hashed(content []byte) string {
	sum := sha256.Sum256(content)
	return base64.StdEncoding.EncodeToString(sum[:])
}

// sheet is what one HTML file is filled with.
type sheet struct {
	Lang   lang.Language
	Policy string
	Title  lang.Text
	Style  template.CSS
	Script template.JS
	Home   string
	Fleet  *fleet
	Cards  []*card
}

func (p *Pages) write(w io.Writer, s sheet) error {
	s.Lang, s.Policy, s.Style, s.Script = p.language, p.policy, p.style, p.script
	return p.template.ExecuteTemplate(w, "page", s)
}

// Index writes the page of the whole fleet; link tells where the page of
// platform i lies, from this one, files what else lies beside it.
func (p *Pages) Index(w io.Writer, link func(i int) string, files []string) error {
	f := newFleet(p.r, link, p.command(p.options.Only, "scorecard", "-o", "scorecards"))
	f.Files = files
	return p.write(w, sheet{Title: fleetTitle(), Fleet: f})
}

// Card writes the page of platform i; home is where the fleet's page lies.
func (p *Pages) Card(w io.Writer, i int, home string) error {
	platform := &p.r.Platforms[i]
	c := newCard(p.r, platform, "", p.command([]string{platform.Path}, "scorecard", "-o", "scorecards"))
	return p.write(w, sheet{Title: c.name(), Home: home, Cards: []*card{c}})
}

// whole writes everything into one file.
func (p *Pages) whole(w io.Writer) error {
	if len(p.r.Platforms) == 1 && len(p.r.Errors) == 0 {
		platform := &p.r.Platforms[0]
		c := newCard(p.r, platform, "", p.command([]string{platform.Path}, "check", "--report", "html=scorecard.html"))
		return p.write(w, sheet{Title: c.name(), Cards: []*card{c}})
	}
	prefix := func(i int) string { return "p" + strconv.Itoa(i+1) + "-" }
	s := sheet{Title: fleetTitle()}
	s.Fleet = newFleet(p.r, func(i int) string { return "#" + prefix(i) + "top" }, p.command(p.options.Only, "check", "--report", "html=scorecards.html"))
	for i := range p.r.Platforms {
		platform := &p.r.Platforms[i]
		s.Cards = append(s.Cards, newCard(p.r, platform, prefix(i), p.command([]string{platform.Path}, "check", "--report", "html=scorecard.html")))
	}
	return p.write(w, s)
}

func fleetTitle() lang.Text {
	return lang.Say("平台合规总览", "Compliance of platforms")
}
