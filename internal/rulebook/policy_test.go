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

// Folders of platforms have the names that the policy gives them, in both languages.
func TestBureaus(t *testing.T) {
	stating := func(text string) files {
		return tiny(t).edit(t, "checks/policy.yaml", "required_clauses: []", "required_clauses: []\nbureaus: "+text)
	}
	got := stating("{ b/c: { zh: 乙局, en: bureau b }, a: { zh: 甲局, en: bureau a } }").load(t).Policy.Bureaus
	if len(got) != 2 || got[0].ID != "a" || got[1].ID != "b/c" || got[1].Title.ZH != "乙局" || got[1].Title.EN != "bureau b" {
		t.Errorf("read as %+v", got)
	}
	if defects := stating("{ a: 甲局 }").defects(t); len(defects) == 0 || defects[0].Path != "checks/policy.yaml" {
		t.Errorf("a name in one language: %v", defects)
	}
}
