package typeset

import "github.com/clipperhouse/displaywidth"

// Width is how many columns a text takes on a screen.
func Width(s string) int { return displaywidth.String(s) }

// Truncate cuts a text to a width; what is cut ends in "…".
func Truncate(s string, width int) string { return displaywidth.TruncateString(s, width, "…") }

// cutLine cuts a painted line to a width; what is cut ends in "…", and no colour runs on.
func cutLine(s string, width int) string {
	return displaywidth.Options{ControlSequences: true}.TruncateString(s, width, "…")
}
