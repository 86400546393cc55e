package results

import (
	"testing"

	"hegui/internal/picture"
)

// Public readers see no picture, internal ones that without what is sensitive.
func TestPicturesByAudience(t *testing.T) {
	full, redacted := &picture.Picture{}, &picture.Picture{}
	p := Platform{Sensitivity: string(Public), Picture: full, redactedPicture: redacted}
	for audience, want := range map[Audience]*picture.Picture{Public: nil, Internal: redacted, Assessor: full} {
		if got := p.For(audience).Picture; got != want {
			t.Errorf("%s sees %p, want %p", audience, got, want)
		}
	}
}
