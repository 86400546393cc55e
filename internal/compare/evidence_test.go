package compare_test

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"

	"hegui/internal/compare"
	"hegui/internal/source"
)

// telling is a side that tells by hash what its files hold.
type telling struct{ source.Tree }

func (t telling) Hash(at string) (string, error) {
	data, err := t.Read(at, 1<<20)
	if err != nil {
		_, err = t.Stat(at)
		return "", err
	}
	return fmt.Sprintf("%x", sha256.Sum256(data)), nil
}

// A record may rest on a file that others rest on already, as the collected minutes of a
// year are, once its own have been added to them; to write others over these shows.
func TestCollectedEvidence(t *testing.T) {
	j, b := judgeBy(t, "facts/rulebook"), described(t, "facts/platform")
	const minutes = one + "/evidence/minutes.md"
	old := "# 演练纪要\n\n十一月：恢复失败\n\n记录人：档案岗\n"
	before := b.edited(t, stores, failing[1], strings.Replace(failing[2], "f1.md", "minutes.md", 1)).with(files{minutes: old})
	after := before.edited(t, stores, "  - id: winter\n", strings.Replace(good, "scan.md", "minutes.md", 1)+"  - id: winter\n")
	for name, c := range map[string]struct {
		holds string
		want  []string
	}{
		"the same":     {old, []string{"scope record stores/restores[again]"}},
		"more":         {old + "十一月二十日：恢复成功\n", nil},
		"more between": {strings.Replace(old, "记录人", "十一月二十日：恢复成功\n\n记录人", 1), nil},
		"a line less":  {strings.Replace(old, "记录人：档案岗", "十一月二十日：恢复成功", 1), []string{"scope evidence rewritten"}},
		"less":         {"# 演练纪要\n\n十一月二十日：恢复成功\n", []string{"scope evidence rewritten"}},
	} {
		t.Run(name, func(t *testing.T) {
			base, head := telling{before.tree().Tree}, telling{after.with(files{minutes: c.holds}).tree().Tree}
			got, failures := judgedAll(j, compare.Trees{Baseline: base, Tip: base, Head: head})
			if len(failures) > 0 {
				t.Fatal(failures)
			}
			want(t, got, append([]string{"fixed stores.restored"}, c.want...)...)
		})
	}
}
