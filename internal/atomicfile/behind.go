package atomicfile

import (
	"io"
	"os"
)

// A file of gigabytes must not take the memory in which the system keeps what others
// read, such as the descriptions that a run is still to judge: what lies beyond spared is
// given to the disk in pieces, and let go when it is there or has been read again. Without
// this a byte of six gigabytes takes the processor several times as long as one of half a
// gigabyte, and all of them are waited for at the end.
const (
	spared = 512 << 20
	piece  = 16 << 20
)

// pager decides what of a file is in memory, a piece from an offset at a time. Nothing but what
// a run costs depends on whether the system does any of it, so that it has no errors.
type pager interface {
	// begin begins to write a piece to the disk, finish waits until it is there.
	begin(from int64)
	finish(from int64)
	// letGo gives back the memory of a piece that is on the disk.
	letGo(from int64)
}

// behind writes such a file, at most two pieces ahead of the disk.
type behind struct {
	to    io.Writer
	pager pager
	// size is how much is written, given how much of it is on its way to the disk or spared.
	size, given int64
}

func writeBehind(file *os.File) io.Writer {
	return &behind{to: file, pager: pages{file}, given: spared}
}

// Write implements io.Writer.
func (b *behind) Write(p []byte) (int, error) {
	n, err := b.to.Write(p)
	b.size += int64(n)
	for ; b.size-b.given >= piece; b.given += piece {
		b.pager.begin(b.given)
		if last := b.given - piece; last >= spared {
			b.pager.finish(last)
			b.pager.letGo(last)
		}
	}
	return n, err
}

// once reads such a file for the last time, from its beginning.
type once struct {
	from  io.Reader
	pager pager
	// size is how much is read, gone how much of it is let go or spared.
	size, gone int64
}

func readOnce(file *os.File) io.Reader {
	return &once{from: file, pager: pages{file}, gone: spared}
}

// Read implements io.Reader.
func (o *once) Read(p []byte) (int, error) {
	n, err := o.from.Read(p)
	o.size += int64(n)
	for ; o.size-o.gone >= piece; o.gone += piece {
		o.pager.letGo(o.gone)
	}
	return n, err
}
