package form

import (
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"

	"hegui/internal/lang"
)

// Bool is true or false for the words that say yes or no.
func Bool(text string) (right string, ok bool) {
	said := Folded(text)
	for right, words := range map[string][]lang.Text{
		"true":  {lang.Say("是", "yes"), lang.Say("有", "y"), lang.Say("对", "true"), lang.Say("真", "on"), lang.Say("是的", "t"), lang.Same("√"), lang.Same("✓"), lang.Same("✔")},
		"false": {lang.Say("否", "no"), lang.Say("无", "n"), lang.Say("没有", "false"), lang.Say("不是", "off"), lang.Say("假", "f"), lang.Same("×"), lang.Same("✗"), lang.Same("✘")},
	} {
		for _, word := range words {
			if said == word.ZH || said == word.EN {
				return right, true
			}
		}
	}
	return "", false
}

// Folded is a word without what people vary in it: width, case, blanks, hyphens,
// underscores, quotation marks and the sign at the end of a sentence.
func Folded(text string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \u00a0\t-_\"'“”‘’「」", r) {
			return -1
		}
		return r
	}, strings.TrimRight(strings.ToLower(norm.NFKC.String(text)), stops().ZH))
}

// stops are the signs that end a sentence or part it.
func stops() lang.Text { return lang.Say(".,;。，；、 ", ".,; ") }

// around are the words that make a bound or an estimate of a value, and remarks behind it:
// in brackets, or behind a sign that some other language begins them with.
func around() lang.Text {
	return lang.Say(`^(?:≥|≤|>=?|<=?|约|大约|不少于|不低于|不小于|不超过|不高于|至少|至多|最少|最多|超过|近)? ?(.*?)(?:以上|以下|以内|之内|内|左右|余|多|\+|[(（][^()（）]*[)）]| ?(?:[#＃]|//|--|——).*)?$`,
		`^(?:about|around|at least|at most|more than|less than|over|under|up to) (.+)$`)
}

var boundless = []func() *regexp.Regexp{pattern("(?i)" + around().EN), pattern(around().ZH)}

// Alone is the value in what is written with a bound or a remark around it: 180天 in
// ≥180天, 政务云 in 政务云（市级）; ok is false where nothing is around it.
func Alone(text string) (value string, ok bool) {
	text = strings.Join(strings.Fields(text), " ")
	for _, around := range boundless {
		if m := around().FindStringSubmatch(text); m != nil && m[1] != "" && m[1] != text {
			return strings.TrimSpace(m[1]), true
		}
	}
	return "", false
}

var (
	joints = pattern(`[ _./-]+`)
	slug   = pattern(`^[a-z0-9]+(-[a-z0-9]+)*$`)
)

// Slug is a short name in lower-case letters, digits and hyphens; what is written
// in another script has none.
func Slug(text string) (right string, ok bool) {
	right = strings.Trim(joints().ReplaceAllString(strings.ToLower(plain(text)), "-"), "-")
	return right, slug().MatchString(right)
}

// Inside is what stands between the brackets or quotes that somebody put around a list.
func Inside(text string) string {
	text = strings.TrimSpace(text)
	for _, pair := range brackets {
		open, shut, _ := strings.Cut(pair, " ")
		inner, found := strings.CutPrefix(text, open)
		if inner, closed := strings.CutSuffix(inner, shut); found && closed && !strings.ContainsAny(inner, open+shut) {
			return strings.TrimSpace(inner)
		}
	}
	return text
}

// brackets are those that open and close a list to people.
var brackets = []string{"[ ]", "{ }", "( )", "【 】", "［ ］", "｛ ｝", "（ ）"}

// Items are those of a list that was written as one text, divided by commas of
// any kind or by dashes as on lines; nil for a text without these.
func Items(text string) []string {
	divided := regexp.MustCompile(`\s*[,，、;；]\s*`)
	if strings.HasPrefix(strings.TrimSpace(text), "-") {
		divided = regexp.MustCompile(`(?:^|\s+)-\s*`)
	}
	var items []string
	for _, item := range divided.Split(strings.TrimSpace(text), -1) {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	if len(items) < 2 && !strings.HasPrefix(strings.TrimSpace(text), "-") {
		return nil
	}
	return items
}
