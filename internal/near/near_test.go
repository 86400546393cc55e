package near

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestWord(t *testing.T) {
	known := []string{"interval", "records", "site", "evidence", "planning", "试运行", "keep"}
	for word, want := range map[string]string{
		"intreval": "interval", "interva": "interval", "intervall": "interval", "interwal": "interval",
		"stie": "site", "sites": "site", "Site": "site", "record": "records", "evidance": "evidence", "elephant": "", "x": "", "": "",
		"running": "", "planing": "planning", "正式运行": "", "kept": "keep", // half of it is another word
	} {
		if got := Word(word, known); got != want {
			t.Errorf("%q is near %q, want %q", word, got, want)
		}
	}
	if long := strings.Repeat("a", 300); Word(long+"b", []string{long}) != "" {
		t.Error("long words are compared, which costs the product of their lengths")
	}
	// A swap of neighbours is one slip, not two.
	if got := Word("ba", []string{"ab"}); got != "ab" {
		t.Errorf("a transposition of two letters finds %q", got)
	}
}

// There may be more ids than a word is compared with.
func TestID(t *testing.T) {
	var known []string
	for i := range maxKnown {
		known = append(known, fmt.Sprintf("accounts.rule-%d", i))
	}
	known = append(known, "backups.offsite-copy", "backups.restore-samples", "training.exam-passed")
	for id, want := range map[string]string{
		"backups.restore-sample": "backups.restore-samples", "backups.offsite_copy": "backups.offsite-copy", "backup.offsite-copy": "backups.offsite-copy",
		"training.exam-passsed": "training.exam-passed", "training.elephant": "", "elephant.exam-passed": "", "backups": "", "": "", "accounts.rule-7": "accounts.rule-7",
	} {
		if got := ID(id, known); got != want {
			t.Errorf("%q is near %q, want %q", id, got, want)
		}
	}
}

func TestWords(t *testing.T) {
	known := []string{"试运行", "运行中", "retired", "retried"}
	for word, want := range map[string][]string{"运行": {"试运行", "运行中"}, "试运": {"试运行"}, "retird": {"retired"}, "elephant": nil} {
		if got := Words(word, known); !slices.Equal(got, want) {
			t.Errorf("%q is near %q, want %q", word, got, want)
		}
	}
}

func TestSlip(t *testing.T) {
	known := []string{"interval", "full_interval", "site", "fill", "file", "stores"}
	for word, want := range map[string]string{
		"intreval": "interval", "Interval": "interval", "fullInterval": "full_interval", "full-interval": "full_interval", "stie": "site",
		"fil": "", "fiel": "", "restore": "", "store_s": "stores", "intervals": "interval", "intervalxx": "",
	} {
		if got := Slip(word, known); got != want {
			t.Errorf("%q is a slip of %q, want %q", word, got, want)
		}
	}
}

func TestFile(t *testing.T) {
	known := []string{"backups.yaml", "data.yaml", "waivers.yaml"}
	for name, want := range map[string]string{
		"backup.yaml": "backups.yaml", "Backups.yaml": "backups.yaml", "backups.yml": "backups.yaml", "waiver.yaml": "waivers.yaml", "notes.yaml": "", "x.yaml": "", "备份.yaml": "", "backups.yaml.txt": "backups.yaml",
	} {
		if got := File(name, known); got != want {
			t.Errorf("%q is near %q, want %q", name, got, want)
		}
	}
}

func TestNames(t *testing.T) {
	known := []string{"4.4", "4.4.2", "backups.off-site", "backups.retention", "data.off-site", "document.syntax"}
	for typed, want := range map[string][]string{
		"off-site": {"backups.off-site", "data.off-site"}, "backups": {"backups.off-site", "backups.retention"}, "backup": {"backups.off-site", "backups.retention"},
		"backups.retentoin": {"backups.retention"}, "document.sintax": {"document.syntax"}, "4.4.3": {"4.4.2"}, "": nil, "elephant": nil,
	} {
		if got := Names(typed, known, 2); !slices.Equal(got, want) {
			t.Errorf("%q is near %q, want %q", typed, got, want)
		}
	}
	if got := Names(strings.Repeat("a", 300), []string{strings.Repeat("a", 301)}, 1); got != nil {
		t.Errorf("a word that nobody typed is near %q", got)
	}
}
