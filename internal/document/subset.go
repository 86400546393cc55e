package document

// subset follows the scan and notes where the text leaves what is understood
// without the parser: lists and maps, in blocks or in brackets, of scalars whose
// keys stand before their colon on one line. What is neither that nor an error is
// an anchor, an alias, a tag, a directive, a "---", a "?", a tab. Where the text is
// left to the parser it loses nothing but time, so whatever is odd is left.
type subset struct {
	left bool
	// whole is set once the scan has come to the end.
	whole bool
	// keys, items, and lists and maps are how many there are, for what is built of them.
	keys, items, inners int
	// bracket says what has been read last between brackets.
	bracket bracket
	// full is the line on which a value ended outside brackets, which leaves only a
	// colon or a comment room on it.
	full int
}

// bracket is how far an item between brackets has been read.
type bracket uint8

const (
	opened  bracket = iota // nothing since the bracket
	comma                  // nothing since a comma
	named                  // a key that awaits its colon
	colon                  // a key with its colon
	written                // a whole item
)

// inMap reports that the innermost bracket is a map's.
func (s *scanner) inMap() bool {
	return s.text[s.tokens[s.open[len(s.open)-1]].from] == '{'
}

// begins is told of each scalar and opening bracket before it is read.
func (s *scanner) begins() {
	switch {
	case s.flow == 0:
		s.left = s.left || s.full == s.pos.Line
	case s.bracket == named || s.bracket == written:
		s.left = true
	case !s.inMap():
		s.items++
	}
}

// ends is told of each scalar once it is read.
func (s *scanner) ends() {
	switch {
	case s.flow == 0:
		s.full = int(s.tokens[len(s.tokens)-1].end.line)
	case s.bracket != colon && s.inMap():
		s.bracket = named
	default:
		s.bracket = written
	}
}

// opens is told of each opening bracket. One cannot be a key.
func (s *scanner) opens() {
	s.begins()
	s.inners++
	s.left = s.left || s.flow > 0 && s.bracket != colon && s.inMap()
	s.bracket = opened
}

// closes is told of each closing bracket.
func (s *scanner) closes(c byte) {
	if s.flow == 0 || s.bracket == named || s.bracket == colon || (c == '}') != s.inMap() {
		s.left = true
	}
	s.bracket = written
	if s.flow <= 1 {
		s.full = s.pos.Line
	}
}

// commas is told of each comma between tokens.
func (s *scanner) commas() {
	s.left = s.left || s.flow == 0 || s.bracket != written
	s.bracket = comma
}

// entry is told of each "-" before a list item, and of each "?".
func (s *scanner) entry() {
	s.left = s.left || s.flow > 0 || s.text[s.i] == '?' || s.full == s.pos.Line
	s.items++
	if last := len(s.tokens) - 1; last >= 0 && s.tokens[last].key && int(s.tokens[last].start.column) == s.pos.Column {
		s.inners++ // a list in its key's column
	}
}

// colons is told of each colon that is not text. inTime says that a key without "?"
// may stand before it.
func (s *scanner) colons(inTime bool) {
	if len(s.tokens) == 0 {
		s.left = true
		return
	}
	key := &s.tokens[len(s.tokens)-1]
	if key.kind != scalarToken || key.key || int(key.to) != s.i || int(key.start.line) != s.pos.Line || key.start.column+maxKey < key.end.column {
		s.left = true
	}
	if s.flow > 0 {
		s.left = s.left || s.bracket != named
	} else {
		s.left = s.left || !inTime || s.key != key.start.pos()
	}
	key.key = true
	s.keys++
	s.bracket, s.full = colon, 0
}
