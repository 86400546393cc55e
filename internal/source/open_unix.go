//go:build unix

package source

import (
	"os"
	"syscall"
)

// openFlags open without waiting for the other end of a pipe that was put in a
// file's place, and without taking a terminal for our own.
const openFlags = os.O_RDONLY | syscall.O_NONBLOCK | syscall.O_NOCTTY
