package typeset

import "github.com/clipperhouse/displaywidth"

// Width is how many columns a text takes on a screen.
func Width(s string) int { return displaywidth.String(s) }

// Truncate cuts a text to a width; what is cut ends in "…".
func Truncate(s string, width int) string { return displaywidth.TruncateString(s, width, "…") }
