//go:build !linux

package source

import "os"

// What follows is for kernels that can reject links themselves.

func selfOf(*os.Root) (*os.File, error) { return nil, nil }

func (f *Folder) readBeneath([]byte, string, int64, int64) (data []byte, ok bool, err error) {
	return nil, false, nil
}

func (f *Folder) statBeneath(string) (entry Entry, ok bool, err error) { return Entry{}, false, nil }

func (f *Folder) listBeneath(string, Sizes) (entries []Entry, ok bool, err error) {
	return nil, false, nil
}

type openDir struct{}

func (openDir) read(*Folder, []byte, Entry, int64) ([]byte, bool) { return nil, false }

func (openDir) leave() {}
