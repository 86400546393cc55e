package page

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
)

// Asset is a file that the cards of a package share, so that none of them holds it.
type Asset struct{ Name, Content string }

// Assets are the files that the cards of a package share.
func (p *Pages) Assets() []Asset { return p.assets }

// addresses are those of what lies beside a page, empty for a page that holds it, or
// needs no phrases.
type addresses struct{ Style, Script, Phrases string }

// share prepares what cards share.
func (p *Pages) share() error {
	p.phrases = phrasesOf(&p.run.Rulebook)
	list, err := p.phrases.script()
	if err != nil {
		return err
	}
	if p.referring, err = p.template.Clone(); err != nil {
		return err
	}
	p.referring.Funcs(p.phrases.rower().words())
	p.shared = addresses{p.asset("card", string(p.linked.Style), ".css"), p.asset("card", string(p.linked.Script), ".js"), p.asset("phrases", list, ".js")}
	return nil
}

// asset is the name of a file that cards share. It changes with what is in the file,
// so that no reader's cache gives a card the file of another run.
func (p *Pages) asset(name, content, ext string) string {
	sum := sha256.Sum256([]byte(content))
	at := path.Join("assets", name+"-"+hex.EncodeToString(sum[:4])+ext)
	p.assets = append(p.assets, Asset{at, content})
	return at
}

// from are the addresses as seen from a page from which home is the package's own.
func (s addresses) from(home string) addresses {
	root := path.Dir(home)
	return addresses{path.Join(root, s.Style), path.Join(root, s.Script), path.Join(root, s.Phrases)}
}
