// Command remember writes known.bin, the start-up cache that a binary carries.
// go generate in internal/rulebook runs it.
package main

import (
	"fmt"
	"os"

	"hegui"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

func main() {
	if err := remember(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func remember(file string) error {
	known, err := rulebook.Known(source.FromFS(hegui.Rulebook))
	if err != nil {
		return err
	}
	return os.WriteFile(file, known, 0o644)
}
