package gittest_test

import (
	"os"
	"testing"

	"hegui/internal/gittest"
)

// The machine's own configuration, clock and folders have no part in a hash.
func TestSameCallsGiveSameHashes(t *testing.T) {
	build := func() string {
		r := gittest.Init(t)
		r.Commit("first", gittest.Files{"a/平台 one": "1\n", "link": "-> a"})
		r.Branch("side")
		r.Commit("second", gittest.Files{"b": "2\n"})
		r.Checkout("main")
		r.Commit("third", gittest.Files{"a": gittest.Gone, "c": "3\n"})
		return r.Merge("fourth", "side")
	}
	t.Setenv("GIT_AUTHOR_NAME", "somebody else")
	first := build()
	t.Setenv("TZ", "Asia/Shanghai")
	if second := build(); first != second {
		t.Errorf("hashes %s and %s", first, second)
	}
}

func TestPullRequestLeavesHEAD(t *testing.T) {
	r := gittest.Init(t)
	base := r.Commit("first", gittest.Files{"a": "1\n"})
	r.Branch("topic")
	head := r.Commit("second", gittest.Files{"b": "2\n"})
	r.Checkout("main")
	merge := r.PullRequest(7, "main", "topic")
	if got, want := r.Git("rev-parse", "refs/pull/7/merge^1", "refs/pull/7/merge^2"), base+"\n"+head; got != want {
		t.Errorf("the merge %s has the parents %q, want %q", merge, got, want)
	}
	if got := r.Git("symbolic-ref", "--short", "HEAD"); got != "main" {
		t.Errorf("HEAD is %q", got)
	}
	if _, err := os.Stat(r.Path("b")); err == nil {
		t.Error("the work tree is the merge's")
	}
}
