package document

import (
	"strings"
	"unicode/utf8"

	"hegui/internal/lang"
)

// conflict are the marks between which git leaves both sides of a merge.
var conflict = [...]string{"<<<<<<<", ">>>>>>>"}

// refuseConflicts reports each stretch that a merge has left undecided. Nothing
// else of the file is worth a word then.
func (d *Document) refuseConflicts(found *problems) bool {
	if !strings.Contains(d.text, conflict[0]) && !strings.Contains(d.text, conflict[1]) {
		return false
	}
	before, opened := len(found.list), 0
	for line := 1; line <= d.Lines(); line++ {
		switch text := d.Line(line); {
		case isMark(text, conflict[0]) && opened == 0:
			opened = line
		case isMark(text, conflict[1]):
			d.refuseConflict(opened, line, found)
			opened = 0
		}
	}
	if opened > 0 {
		d.refuseConflict(opened, opened, found)
	}
	return len(found.list) > before
}

// isMark reports a line that is one of git's marks: the sign alone or before a
// name. No list or map starts at the line's start that way.
func isMark(line, mark string) bool {
	rest, found := strings.CutPrefix(line, mark)
	return found && (rest == "" || rest[0] == ' ')
}

func (d *Document) refuseConflict(first, last int, found *problems) {
	if first == 0 {
		first = last
	}
	found.add(CodeConflict, Pos{first, 1}, Pos{last, utf8.RuneCountInString(d.Line(last)) + 1},
		lang.Say("第 %d 至 %d 行是 git 合并时留下的冲突，还没有解决", "lines %d to %d are a conflict that a merge in git has left undecided", first, last),
		lang.Say("保留一边的内容，删去 <<<<<<<、=======、>>>>>>> 这些标记行", "keep one side and delete the lines <<<<<<<, ======= and >>>>>>>"))
}

// refuseDirective reports an order to the parser, which would make the same text
// mean something else elsewhere.
func (d *Document) refuseDirective(at Pos, found *problems) {
	found.add(CodeDirective, at, Pos{at.Line, utf8.RuneCountInString(d.Line(at.Line)) + 1},
		lang.Say("这一行以 %s 开头，被读作 YAML 指令", "the line starts with %s and reads as a directive of YAML", "%"),
		lang.Say("删去这一行；说明文字前加“# ”", `delete the line; put "# " before a remark`))
}
