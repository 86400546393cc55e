package schema

import (
	"bytes"
	"encoding/json"
	"errors"
	"unicode/utf8"

	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/lang"
)

// notJSON finds what YAML takes and JSON does not: a schema is read as both.
func (l *loader) notJSON(s *Schema) finding.Defects {
	data, err := l.tree.Read(s.Path, maxBytes)
	if err != nil {
		return nil // told where it was first read
	}
	fault, ok := errors.AsType[*json.SyntaxError](json.Unmarshal(data, new(any)))
	if !ok {
		return nil
	}
	// The offset is behind the byte at which reading stopped.
	stop := max(int(fault.Offset)-1, 0)
	found, _ := utf8.DecodeRune(data[stop:])
	message := lang.Say("不是 JSON：读到 %s 读不下去；键和文字用双引号，不写注释", "is not JSON: cannot read on at %s; put keys and texts into double quotes, and write no comments", document.Quote(string(found)))
	if before := bytes.TrimRight(data[:stop], " \t\r\n"); bytes.HasSuffix(before, []byte(",")) && (found == ']' || found == '}') {
		stop = len(before) - 1
		message = lang.Say("不是 JSON：最后一项后面多了逗号，删去", "is not JSON: delete the comma behind the last item")
	}
	line, column := bytes.Count(data[:stop], []byte("\n"))+1, utf8.RuneCount(data[bytes.LastIndexByte(data[:stop], '\n')+1:stop])+1
	return finding.Defects{{Path: s.Path, Line: line, Column: column, Message: message}}
}
