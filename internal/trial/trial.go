// Package trial says how much the tests do and from which seed. There are three
// forms: make quick (go test -short) tries a fifth of what make test does and
// needs no program beside Go and git; make long (HEGUI_LONG=N) tries N times as
// much. HEGUI_SEED=S starts from another seed. Only tests import it.
package trial

import (
	"flag"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

const (
	longVariable = "HEGUI_LONG"
	seedVariable = "HEGUI_SEED"
)

// Long reports make long, in which a test may be exhaustive.
func Long(t testing.TB) bool {
	t.Helper()
	return !testing.Short() && number(t, longVariable) > 1
}

// Tries is how often a test tries at random what make test tries n times.
func Tries(t testing.TB, n int) int {
	t.Helper()
	if testing.Short() {
		n = max(n/5, 1)
	} else {
		n *= number(t, longVariable)
	}
	t.Logf("%d tries from seed %d", n, number(t, seedVariable))
	return n
}

// Random is the chance of one test: the same in every run from the same seed.
func Random(t testing.TB) *rand.Rand {
	t.Helper()
	name := fnv.New64a()
	_, _ = name.Write([]byte(t.Name()))
	return rand.New(rand.NewPCG(uint64(number(t, seedVariable)), name.Sum64()))
}

// Check is rapid.Check with the tries and the seed of this form. What the
// command line says of -rapid.checks or -rapid.seed stands.
func Check(t *testing.T, n int, property func(*rapid.T)) {
	t.Helper()
	n = Tries(t, n)
	if testing.Short() {
		n *= 5 // rapid itself takes a fifth then
	}
	defer unlessAsked(t, "rapid.checks", n)()
	defer unlessAsked(t, "rapid.seed", number(t, seedVariable))()
	rapid.Check(t, property)
}

// unlessAsked sets a flag that the command line has left alone, and returns what
// sets it back.
func unlessAsked(t *testing.T, name string, value int) (restore func()) {
	t.Helper()
	f := flag.Lookup(name)
	asked := f.Value.String()
	if asked != f.DefValue {
		return func() {}
	}
	if err := f.Value.Set(strconv.Itoa(value)); err != nil {
		t.Fatal(err)
	}
	return func() { _ = f.Value.Set(asked) }
}

// NeedsPrograms leaves a test out of make quick because it runs a program that
// is neither Go nor git. In every other form a missing program is a failure: a
// check that is skipped proves nothing.
func NeedsPrograms(t testing.TB) {
	t.Helper()
	if testing.Short() {
		t.Skip("make quick needs Go and git alone; make test runs this")
	}
}

// number is a variable's value, 1 when it is not set.
func number(t testing.TB, variable string) int {
	t.Helper()
	text := os.Getenv(variable)
	if text == "" {
		return 1
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("%s is %q, not a whole number from 1", variable, text)
	}
	return n
}
