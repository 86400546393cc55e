package expression

import (
	"errors"
	"slices"

	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/interpreter"
)

// asking wraps an operation that needs all of its operands. CEL stops at the
// first that is absent; whoever has to state the others as well must not learn
// of them one run later.
type asking struct {
	interpreter.InterpretableV2
	// operands are the facts that the operation, and those inside it, read.
	operands []interpreter.InterpretableV2
}

// ask wraps a node that is such an operation.
func ask(node interpreter.InterpretableV2) interpreter.InterpretableV2 {
	call, operation := node.(interpreter.InterpretableCall)
	if !operation || slices.Contains([]string{bothHold, eitherHold, newestSee}, call.Function()) {
		return node
	}
	var operands []interpreter.InterpretableV2
	for _, operand := range call.Args() {
		switch operand := operand.(type) {
		case interpreter.InterpretableAttribute:
			operands = append(operands, operand)
		case asking:
			operands = append(operands, operand.operands...)
		}
	}
	if len(operands) == 0 {
		return node
	}
	return asking{node, operands}
}

// Exec evaluates the operation.
func (a asking) Exec(frame *interpreter.ExecutionFrame) ref.Val {
	v := a.InterpretableV2.Exec(frame)
	if err, failed := v.Value().(error); failed && errors.As(err, new(*Absent)) {
		for _, operand := range a.operands {
			operand.Exec(frame)
		}
	}
	return v
}

// Eval evaluates the operation.
func (a asking) Eval(vars interpreter.Activation) ref.Val {
	return interpreter.EvalActivation(vars, a.Exec)
}
