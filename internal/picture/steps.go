package picture

// Steps is a line, as SVG writes paths, of a figure that stays what it is from one point
// to the next, and is broken where there is none. The zero value is an empty line.
type Steps struct {
	path string
	open bool
}

// To goes on to a point at which the figure becomes y.
func (s *Steps) To(x, y string) {
	if s.open {
		s.path += "H" + x + "V" + y
	} else {
		s.path += "M" + x + " " + y
	}
	s.open = true
}

// Break ends the line at a place until it goes on elsewhere.
func (s *Steps) Break(x string) {
	if s.open {
		s.path += "H" + x
	}
	s.open = false
}

// Path is the line so far.
func (s *Steps) Path() string { return s.path }
