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
	var w jsontext.Writer
	l.WriteJSON(&w)
	text, err := w.Bytes()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}
