package finding_test

import (
	"testing"

	"hegui/internal/finding"
)

// What has two outcomes has the worse one, whichever comes first; what applies
// to nothing has no say.
func TestJoin(t *testing.T) {
	worstFirst := []finding.Outcome{finding.Fail, finding.Waived, finding.Rectified, finding.Pass, finding.NotApplicable}
	for i, worse := range worstFirst {
		for _, better := range worstFirst[i:] {
			if worse.Join(better) != worse || better.Join(worse) != worse {
				t.Errorf("%s and %s give %s and %s", worse, better, worse.Join(better), better.Join(worse))
			}
		}
	}
}
