package atomicfile

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
)

// inMemory is how many bytes a spool keeps before it takes a file.
const inMemory = 1 << 20

// Spool keeps what can only be written once something else is known: little in
// memory, more in a temporary file. The zero value is empty.
type Spool struct {
	buffer bytes.Buffer
	file   *os.File
	filled *bufio.Writer // of the file
}

// Write adds to what is kept.
func (s *Spool) Write(p []byte) (int, error) {
	if s.file == nil && s.buffer.Len()+len(p) > inMemory {
		file, err := os.CreateTemp("", prefix+"*")
		if err != nil {
			return 0, err
		}
		s.file, s.filled = file, bufio.NewWriterSize(file, 1<<16)
		if _, err := s.buffer.WriteTo(s.filled); err != nil {
			return 0, err
		}
	}
	if s.file != nil {
		return s.filled.Write(p)
	}
	return s.buffer.Write(p)
}

// Reader reads all that is kept; nothing can be added after that.
func (s *Spool) Reader() (io.Reader, error) {
	if s.file == nil {
		return &s.buffer, nil
	}
	if err := s.filled.Flush(); err != nil {
		return nil, err
	}
	_, err := s.file.Seek(0, io.SeekStart)
	return s.file, err
}

// WriteTo writes what Reader reads.
func (s *Spool) WriteTo(w io.Writer) (int64, error) {
	r, err := s.Reader()
	if err != nil {
		return 0, err
	}
	return io.Copy(w, r)
}

// Close forgets what is kept.
func (s *Spool) Close() error {
	s.buffer = bytes.Buffer{}
	if s.file == nil {
		return nil
	}
	file := s.file
	s.file = nil
	return errors.Join(file.Close(), os.Remove(file.Name()))
}
