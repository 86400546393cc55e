package schema

import (
	"errors"
	"regexp/syntax"

	"hegui/internal/document"
	"hegui/internal/lang"
)

// RegexpFault says what keeps a regular expression from being compiled.
func RegexpFault(err error) lang.Text {
	fault, known := errors.AsType[*syntax.Error](err)
	if !known {
		return lang.Same(err.Error())
	}
	said := lang.Same(string(fault.Code))
	switch fault.Code {
	case syntax.ErrMissingParen:
		said = lang.Say("括号没有合上，缺少 )", "a ( is never closed")
	case syntax.ErrUnexpectedParen:
		said = lang.Say("多出一个 )", "a ) closes nothing")
	case syntax.ErrMissingBracket:
		said = lang.Say("方括号没有合上，缺少 ]", "a [ is never closed")
	case syntax.ErrInvalidCharRange:
		said = lang.Say("方括号里的范围颠倒或写错", "the range in brackets is wrong or the wrong way round")
	case syntax.ErrInvalidCharClass:
		said = lang.Say("方括号里的字符写错", "what stands in brackets is wrong")
	case syntax.ErrMissingRepeatArgument, syntax.ErrInvalidRepeatOp:
		said = lang.Say("*、+、? 或 {} 前面没有可重复的字符；要这个字符本身，前面加 \\", "*, +, ? or {} repeats nothing; for the sign itself put \\ before it")
	case syntax.ErrInvalidRepeatSize:
		said = lang.Say("重复次数写错或太大", "the number of repeats is wrong or too large")
	case syntax.ErrInvalidEscape, syntax.ErrTrailingBackslash:
		said = lang.Say("反斜杠后面的字符不能这样写；要反斜杠本身，写 \\\\", "nothing is written so with a backslash; for the sign itself write \\\\")
	case syntax.ErrInvalidPerlOp, syntax.ErrInvalidNamedCapture:
		said = lang.Say("(? 后面的写法不能用，如 (?=、(?!", "what follows (? is not supported, such as (?= or (?!")
	case syntax.ErrInvalidUTF8:
		said = lang.Say("不是 UTF-8", "it is not UTF-8")
	case syntax.ErrNestingDepth, syntax.ErrLarge:
		said = lang.Say("太长或嵌套太深", "it is too large or nested too deep")
	}
	return lang.Say("%s：%s", "%s: %s", said, document.Quote(fault.Expr))
}
