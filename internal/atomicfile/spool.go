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
	length int64
	// roofless is set where no temporary file can be made, as in a container that holds
	// nothing but the program: memory takes all.
	roofless bool
}

// SpoolError means that a temporary file could not be written or read: not the
// place that was asked for is full, but that of temporary files.
type SpoolError struct{ Cause error }

// Error says so in English.
func (e *SpoolError) Error() string { return "a temporary file cannot be written: " + e.Cause.Error() }

// spoilt is what went wrong with a temporary file.
func spoilt(err error) error {
	if err == nil {
		return nil
	}
	return &SpoolError{err}
}

// Len is how many bytes are kept.
func (s *Spool) Len() int64 { return s.length }

// Write adds to what is kept.
func (s *Spool) Write(p []byte) (int, error) {
	s.length += int64(len(p))
	if s.file == nil && !s.roofless && s.buffer.Len()+len(p) > inMemory {
		if err := s.move(); err != nil {
			return 0, err
		}
	}
	if s.file == nil {
		return s.buffer.Write(p)
	}
	n, err := s.filled.Write(p)
	return n, spoilt(err)
}

// move takes what is kept into a temporary file, if there can be one.
func (s *Spool) move() error {
	file, err := os.CreateTemp("", prefix+"*")
	if err != nil {
		s.roofless = true
		return nil
	}
	s.file, s.filled = file, bufio.NewWriterSize(writeBehind(file), 1<<16)
	_, err = s.buffer.WriteTo(s.filled)
	return spoilt(err)
}

// Reader reads all that is kept; nothing can be added after that.
func (s *Spool) Reader() (io.Reader, error) {
	if s.file == nil {
		return &s.buffer, nil
	}
	if err := s.filled.Flush(); err != nil {
		return nil, spoilt(err)
	}
	_, err := s.file.Seek(0, io.SeekStart)
	return readOnce(s.file), spoilt(err)
}

// ReadAt fills p with what is kept from a place on.
func (s *Spool) ReadAt(p []byte, at int64) (int, error) {
	if s.file == nil {
		return bytes.NewReader(s.buffer.Bytes()).ReadAt(p, at)
	}
	if err := s.filled.Flush(); err != nil {
		return 0, spoilt(err)
	}
	n, err := s.file.ReadAt(p, at)
	return n, spoilt(err)
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
