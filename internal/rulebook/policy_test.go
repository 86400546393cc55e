package rulebook_test

import (
	"strings"
	"testing"
)

// The template of links holds what makes it one, and is an address.
func TestRepositoryURL(t *testing.T) {
	stating := func(url string) files {
		return tiny(t).edit(t, "checks/policy.yaml", "required_clauses: []", "required_clauses: []\nrepository_url: \""+url+"\"")
	}
	const right = "https://git.yunzhou.gov.cn/p/blob/{commit}/{path}#L{line}"
	if got := stating(right).load(t).Policy.RepositoryURL; got != right {
		t.Errorf("read as %q", got)
	}
	for url, want := range map[string]string{
		"https://git.yunzhou.gov.cn/{path}":             "lacks {commit}",
		"https://git.yunzhou.gov.cn/{commit}":           "lacks {path}",
		"https://git.yunzhou.gov.cn/{commit}/{file}":    "braces hold commit",
		"https://git.yunzhou.gov.cn/{commit}/{path}{x}": "braces hold commit, path or line",
		"https://git.yunzhou.gov.cn/%zz/{commit}{path}": "is not an address",
		"javascript:alert('{commit}{path}')":            "an http or https address",
		"https://me@git.yunzhou.gov.cn/{commit}/{path}": "an http or https address",
	} {
		defects := stating(url).defects(t)
		if len(defects) == 0 || !strings.Contains(defects[0].Message.EN, want) || defects[0].Path != "checks/policy.yaml" {
			t.Errorf("%s: %v, want %q", url, defects, want)
		}
	}
}
