//go:build !linux

package atomicfile

import "os"

// pages leaves it to the system.
type pages struct{ *os.File }

func (pages) begin(int64)  {}
func (pages) finish(int64) {}
func (pages) letGo(int64)  {}
