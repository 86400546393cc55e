package expression

// Translated reports whether a program runs without the interpreter.
func Translated(p *Program) bool { return p.run.ready() != nil }
