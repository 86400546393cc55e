package results

import (
	"crypto/sha256"
	"encoding/hex"

	"hegui/internal/jsontext"
)

// Line is a platform with the rulebook that judged it, for programs that read results
// line by line. Under a gate it holds only the new findings.
type Line struct {
	AsOf     string    `json:"as_of"`
	Rulebook string    `json:"rulebook"`
	Revision *Revision `json:"revision"`
	*Platform
	Gate *GatePlatform `json:"gate,omitempty"`
}

// Line is the line of a platform.
func (r *Results) Line(p *Platform) Line {
	return Line{AsOf: r.AsOf, Rulebook: r.Rulebook.Digest, Revision: r.Revision, Platform: p}
}

// Digest is the SHA-256 of the line as it is written, with the end of the line.
func (l Line) Digest() (string, error) {
	hash := sha256.New()
	w := jsontext.To(hash)
	l.WriteJSON(w)
	if err := w.Flush(); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}
