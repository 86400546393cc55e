package scorecard

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"strings"
	"unicode"
)

// platformsDir holds the pages of platforms, so that none of them can take the
// place of another file of the package.
const platformsDir = "platforms"

// maxSegment is how many bytes of a name stay as they are; every file system
// takes this many and more.
const maxSegment = 120

// PagePath is the folder of a platform's page in the package. Ids come from
// folders that anybody may name: what a file system, a web server or an archive
// could read otherwise is spelt out, so that different ids have different folders
// also where upper and lower case are the same.
func PagePath(id string) string {
	parts := strings.Split(id, "/")
	for i, part := range parts {
		parts[i] = segment(part)
	}
	return path.Join(platformsDir, path.Join(parts...))
}

func segment(name string) string {
	var b strings.Builder
	for _, r := range name {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '-', r == '_', unicode.Is(unicode.Han, r):
			b.WriteRune(r)
		default:
			// An invalid byte reads as U+FFFD; the hash below distinguishes those.
			fmt.Fprintf(&b, "~%x~", r)
		}
	}
	safe := b.String()
	if len(safe) <= maxSegment && safe != "" && !strings.Contains(safe, "~fffd~") && !reserved(safe) {
		return safe
	}
	sum := sha256.Sum256([]byte(name))
	return strings.ToValidUTF8(safe[:min(len(safe), maxSegment)], "") + "~" + hex.EncodeToString(sum[:8])
}

// reserved reports whether a name is a device on Windows, where a package may be
// unpacked.
func reserved(name string) bool {
	switch name {
	case "con", "prn", "aux", "nul":
		return true
	}
	return len(name) == 4 && (strings.HasPrefix(name, "com") || strings.HasPrefix(name, "lpt")) && name[3] >= '0' && name[3] <= '9'
}
