package page

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
)

// Asset is a file that the cards of a package share, so that none of them holds it.
type Asset struct{ Name, Content string }

// Assets are the files that the cards of a package share. Their names change with
// what is in them, so that no reader's cache gives a card the file of another run.
func (p *Pages) Assets() []Asset {
	return []Asset{{p.shared.Style, string(p.linked.Style)}, {p.shared.Script, string(p.linked.Script)}}
}

// addresses are those of a style and a script beside a page, empty for a page that
// holds both.
type addresses struct{ Style, Script string }

// from are the addresses as seen from a page from which home is the package's own.
func (s addresses) from(home string) addresses {
	root := path.Dir(home)
	return addresses{path.Join(root, s.Style), path.Join(root, s.Script)}
}

// assetsDir holds what cards share.
const assetsDir = "assets"

// assetName names a file after what is in it.
func assetName(content, ext string) string {
	sum := sha256.Sum256([]byte(content))
	return path.Join(assetsDir, "card-"+hex.EncodeToString(sum[:4])+ext)
}
