// Package typeset sets text for those who read it: lines and tables for a
// terminal or a CI log, and Markdown. What it sets may come from a stranger;
// whatever a terminal, a log or a Markdown reader would obey is spelt out.
package typeset
