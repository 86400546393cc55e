// Package page shows results as HTML: a card of each platform, and the fleet of
// all of them.
package page

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"path"
	"strings"
	"sync"

	"hegui/internal/lang"
	"hegui/internal/results"
)

//go:embed html
var htmlFiles embed.FS

// Options say how pages are written.
type Options struct {
	// Language is the one that a page shows to readers who ask for neither, and
	// where scripts do not run.
	Language lang.Language
	// Only are the platforms that the run was restricted to, as its arguments
	// named them; Previous are the examinations that it compares with. Pages state both
	// so that they can be reproduced.
	Only     []string
	Previous []string
}

// Pages are the results as HTML. Each page holds its style and its script, both
// named by hash in a Content-Security-Policy that forbids everything else; cards of a
// package take them from files of the package, which the policy then allows.
type Pages struct {
	run      *results.Results
	options  Options
	language lang.Language
	template *template.Template
	// referring is the template of what is packed: it names phrases by their numbers.
	referring *template.Template
	phrases   *phrases
	// single and listed are what a page without and with the table over all platforms
	// is dressed in, linked what lies beside the cards of a package, under the names
	// in shared.
	single, listed, linked dress
	assets                 []Asset
	shared                 addresses
	packers                sync.Pool
}

// dress is how a page looks and moves. Both are ours, not a platform's; the hashes in
// the policy hold them to it.
type dress struct {
	Style  template.CSS
	Script template.JS
	Policy string
}

// New prepares the pages of a run, of which it need know neither platforms nor
// summary nor errors.
func New(run *results.Results, o Options) (*Pages, error) {
	p := &Pages{run: run, options: o, language: lang.English}
	if o.Language == lang.Chinese {
		p.language = lang.Chinese
	}
	var err error
	if p.single, err = dressed("style.css", "picture.css", "page.js", "sift.js"); err != nil {
		return nil, err
	}
	if p.listed, err = dressed("style.css", "picture.css", "fleet.css", "page.js", "sift.js", "fleet.js"); err != nil {
		return nil, err
	}
	if p.linked, err = dressed("style.css", "picture.css", "unpack.js", "page.js", "sift.js"); err != nil {
		return nil, err
	}
	if p.template, err = template.New("").Funcs(p.words()).Funcs(inFull().words()).ParseFS(htmlFiles, "html/*.html"); err != nil {
		return nil, err
	}
	return p, nil
}

// NewPackage prepares the pages of a package of cards.
func NewPackage(run *results.Results, o Options) (*Pages, error) {
	p, err := New(run, o)
	if err != nil {
		return nil, err
	}
	return p, p.share()
}

// dressed puts the styles and scripts in these files together.
func dressed(files ...string) (dress, error) {
	var style, script []byte
	for _, name := range files {
		content, err := htmlFiles.ReadFile("html/" + name)
		switch {
		case err != nil:
			return dress{}, err
		case path.Ext(name) == ".css":
			style = append(style, content...)
		default:
			script = append(script, content...)
		}
	}
	return dress{Style: template.CSS(tight(style)), Script: template.JS(tight(script))}.with(""), nil
}

// with is the dress with more style.
func (d dress) with(style string) dress {
	d.Style += template.CSS(style)
	d.Policy = policy("'sha256-"+hashed(string(d.Style))+"'", "'sha256-"+hashed(string(d.Script))+"'")
	return d
}

// beside is what a page is dressed in whose style and script are files of its own
// package, but for this style.
func beside(style string) dress {
	// Of a page that is opened from disk some browsers say that its package is not
	// its own.
	const own = "'self' file:"
	return dress{Style: template.CSS(style), Policy: policy(own+" 'sha256-"+hashed(style)+"'", own)}
}

// policy forbids whatever a page does not need.
func policy(styles, scripts string) string {
	return fmt.Sprintf("default-src 'none'; style-src %s; script-src %s; img-src data:; base-uri 'none'; form-action 'none'", styles, scripts)
}

// tight is a style or a script without what only its writers need: indentation and
// lines of comment.
func tight(text []byte) string {
	var out strings.Builder
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "//") && (!strings.HasPrefix(line, "/*") || !strings.HasSuffix(line, "*/")) {
			out.WriteString(line + "\n")
		}
	}
	return out.String()
}

func hashed(content string) string {
	sum := sha256.Sum256([]byte(content))
	return base64.StdEncoding.EncodeToString(sum[:])
}

// sheet is what one HTML file is filled with.
type sheet struct {
	dress
	Shared addresses
	Lang   lang.Language
	Title  lang.Text
	Home   string
	Fleet  *fleet
}

// write writes a page: its fleet, and the cards that cards writes.
func (p *Pages) write(w io.Writer, s sheet, cards func() error) error {
	s.Lang = p.language
	if err := p.template.ExecuteTemplate(w, "top", s); err != nil {
		return err
	}
	if err := cards(); err != nil {
		return err
	}
	return p.template.ExecuteTemplate(w, "bottom", s)
}

func (p *Pages) card(w io.Writer, c *card) error { return p.template.ExecuteTemplate(w, "card", c) }

func fleetTitle() lang.Text {
	return lang.Say("平台合规总览", "Compliance of platforms")
}
