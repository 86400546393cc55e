package fix

import (
	"fmt"
	"strings"
)

// around is how many lines a diff shows before and after what changed.
const around = 3

// Diff is the change of a file as a unified diff, empty where nothing changed. No
// edit adds or removes a line, so that lines are compared one by one.
func (r *Result) Diff() string {
	before, after := lines(r.Old), lines(r.New)
	var b strings.Builder
	for from := 0; from < len(before); {
		if before[from] == after[from] {
			from++
			continue
		}
		first := max(0, from-around)
		last := from
		for next := from; next < len(before) && next <= last+2*around; next++ {
			if before[next] != after[next] {
				last = next
			}
		}
		end := min(len(before), last+around+1)
		if b.Len() == 0 {
			fmt.Fprintf(&b, "--- a/%s\n+++ b/%s\n", r.Path, r.Path)
		}
		fmt.Fprintf(&b, "@@ -%d,%d +%d,%d @@\n", first+1, end-first, first+1, end-first)
		hunk(&b, before[first:end], after[first:end])
		from = end
	}
	return b.String()
}

// hunk writes lines, each stretch of changed ones first as it was and then as it
// is.
func hunk(b *strings.Builder, before, after []string) {
	for i := 0; i < len(before); {
		if before[i] == after[i] {
			put(b, ' ', before[i])
			i++
			continue
		}
		end := i
		for end < len(before) && before[end] != after[end] {
			end++
		}
		for _, line := range before[i:end] {
			put(b, '-', line)
		}
		for _, line := range after[i:end] {
			put(b, '+', line)
		}
		i = end
	}
}

func put(b *strings.Builder, sign byte, line string) {
	b.WriteByte(sign)
	b.WriteString(line)
	if !strings.HasSuffix(line, "\n") {
		b.WriteString("\n\\ No newline at end of file\n")
	}
}

// lines are a file's lines with what ends them.
func lines(data []byte) []string {
	all := strings.SplitAfter(string(data), "\n")
	if all[len(all)-1] == "" {
		all = all[:len(all)-1]
	}
	return all
}
