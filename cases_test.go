package hegui_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"hegui"
	"hegui/internal/cli"
	"hegui/internal/document"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

// provided is what a city states of a platform that the province has built and provides.
const provided = "/construction/provision { decision: { date: 2023-03-15, evidence: { ref: 云岭政服〔2023〕6号, held_by: 平台档案管理岗 } }, agreement: { date: 2023-05-10, duties: [{ kind: accounts, by: city }, { kind: data, by: both }, { kind: contingency, by: both }, { kind: maintenance, by: provider }, { kind: security, by: both }, { kind: backup, by: provider }, { kind: support, by: both }], evidence: { ref: 云岭政服函〔2023〕21号, held_by: 平台档案管理岗 } }, acceptance: { date: 2023-06-16, conclusion: passed, evidence: evidence/construction-acceptance-202306.md }, trainings: [{ id: opening, date: 2023-06-20, headcount: 120, attended: 114, evidence: evidence/construction-training-202306.md }], support: { contact: 省平台运维值班岗, response: PT4H, evidence: evidence/construction-handover-202307.md } }"

// What a platform says of itself does not excuse it: these are the ways in which
// a description once bought a good grade by one false fact, judged by the program
// as a whole.
func TestDeclarationsDoNotExcuse(t *testing.T) {
	r := openRepo(t)
	honest := r.check(t, r.described(t, "government-services"), rulebook.Example{})
	for _, c := range []struct {
		name, platform string
		changes        []string // pointer value; a pointer alone is removed
		// grade is what it must come to, empty for any; want are findings that the
		// honest description does not have.
		grade string
		want  []string
	}{
		{"a portal of level 1 without a filing", "government-services", []string{
			"/platform/mlps_level 1", "/platform/systems/0/mlps_level 1", "/platform/systems/1/mlps_level 1", "/platform/systems/2/mlps_level 1", "/platform/filings []",
		}, "fail", []string{"blocker platform.minimum-level", "major platform.level-of-personal-data"}},
		{"on trial since 2023, neither accepted nor assessed", "government-services", []string{
			"/platform/stage trial", "/construction/projects/0/acceptance", "/construction/projects/0/handover",
			"/platform/systems/0/assessments []", "/platform/systems/1/assessments []", "/platform/systems/2/assessments []",
		}, "fail", []string{"blocker platform.assessed-in-period", "major platform.stage-stated", "major platform.trial-term"}},
		{"no store is important, identities lie in plain text", "government-services", []string{
			"/architecture/data_stores/0/important false", "/architecture/data_stores/1/important false", "/architecture/data_stores/2/important false",
			"/encryption/stores/2/method none",
		}, "fail", []string{"blocker encryption.at-rest", "major architecture.importance-stated", "major architecture.important-data-placed"}},
		{"no store is important, identities are not backed up", "government-services", []string{
			"/architecture/data_stores/2/important false", "/backups/sets/1/stores [service-db]",
		}, "fail", []string{"blocker backups.important-stores"}},
		{"what failed its acceptance is no longer in use, nor anything else", "government-services", []string{
			"/construction/projects/0/acceptance/conclusion failed", "/construction/projects/0/stage retired", "/construction/projects/1/stage retired",
		}, "fail", []string{"blocker construction.in-use"}},
		{"what failed its acceptance was built by the province", "government-services", []string{
			"/platform/provider 云岭省政务服务管理局", "/construction/projects []", provided,
		}, "pass", nil},
		{"the province has built it, and that is all there is to say", "government-services", []string{"/platform/provider 云岭省政务服务管理局", "/construction/projects []"}, "pass", []string{"major fact.missing"}},
		{"the province has built it, and what failed is in use", "government-services", []string{
			"/platform/provider 云岭省政务服务管理局", provided, "/construction/projects/0/acceptance/conclusion failed",
		}, "fail", []string{"blocker construction.accepted"}},
		{"a contractor is the province", "government-services", []string{"/platform/provider 云州数智有限公司", "/construction/projects []", provided}, "pass", []string{"major platform.provider-stated"}},
		{"no control system is hardened, so none is listed", "government-services", []string{"/hardening/control_systems []"}, "", []string{"major hardening.control-systems-listed"}},
		{"staff log in with a password alone, so they do not log in", "government-services", []string{"/accounts/systems/0/serves [public, admin]"}, "", []string{"major accounts.users-stated"}},
		{"the crypto assessment failed, so there was none", "government-services", []string{"/encryption/assessments []"}, "", []string{"major encryption.assessment", "major encryption.assessment-failed"}},
		{"launched only now", "government-services", []string{"/platform/go_live 2026-11-15", "/training/outreach", "/assessment/operator_appraisals"}, "", []string{"major platform.launch-stated"}},
		{"a lower service grade than was filed", "government-services", []string{"/platform/availability_level 2"}, "", []string{"major platform.grades-as-filed"}},
		{"not facing the internet", "government-services", []string{"/platform/internet_facing false"}, "", []string{"major platform.internet-stated"}},
		{"no public institution", "government-services", []string{"/platform/public_institution false"}, "", []string{"major platform.institution-stated"}},
		{"nothing outsourced", "government-services", []string{"/platform/outsourced_operation false"}, "", []string{"major platform.outsourcing-stated"}},
		{"no cloud", "government-services", []string{"/platform/cloud none"}, "", []string{"major platform.cloud-stated"}},
		{"no important data", "government-services", []string{"/platform/important_data false"}, "", []string{"major platform.important-data-stated"}},
		{"no sensitive personal information", "government-services", []string{"/platform/sensitive_personal_info false"}, "", []string{"major platform.sensitive-info-stated"}},
		{"no personal information", "government-services", []string{"/platform/personal_info_subjects 0"}, "", []string{"major architecture.personal-info-stated"}},
		{"no key application", "government-services", []string{"/platform/key_government_application false"}, "", []string{"major platform.key-application-stated"}},
		{"trading by another name", "public-resource-trading", []string{"/platform/kind other"}, "", []string{"major platform.kind-stated"}},
		{"a lower level than was filed", "city-operations", []string{"/platform/mlps_level 1", "/platform/systems/0/mlps_level 1"}, "", []string{"major platform.level-as-filed", "major platform.level-of-personal-data"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := r.check(t, r.described(t, c.platform), changes(c.changes))
			if c.grade != "" && got.Grade.ID != c.grade {
				t.Errorf("grade %s, want %s", got.Grade.ID, c.grade)
			}
			for _, want := range c.want {
				if !slices.Contains(got.told(), want) || slices.Contains(honest.told(), want) {
					t.Errorf("it is not told %s but\n%s", want, strings.Join(got.told(), "\n"))
				}
			}
		})
	}
	if honest.Grade.ID == "fail" {
		t.Errorf("the honest description comes to %s", honest.Grade.ID)
	}
}

// Who uses what the province has built is praised once an assessor has seen the decision,
// and for as long as that stays what was seen.
func TestAnAssessorConfirmsWhoHasBuiltAPlatform(t *testing.T) {
	r := openRepo(t)
	d := r.described(t, "government-services")
	said := []string{"/platform/provider 云岭省政务服务管理局", "/construction/projects []", provided}
	seen, _ := r.claims(t, d.written(t, patched(t, changes(said), d.topics)))
	verdict := "verdicts: [{ id: provided, check: construction.provision-decided, verdict: met, method: examination, note: 核对了部署文件, assessed_by: 监督检查岗, assessed_on: 2026-11-20, fact: \"" +
		seen["construction.provision-decided "].Pin().Fact + "\" }]\n"
	d.files = maps.Clone(d.files)
	for _, c := range []struct{ verdict, after, grade string }{
		{"", "", "pass"},
		{verdict, "", "excellent"},
		{verdict, "/construction/provision/decision/date 2023-03-16", "pass"},
		{verdict, "/platform/provider 云岭省大数据局", "pass"},
	} {
		if c.verdict != "" {
			d.files[path.Join(d.path, "verdicts.yaml")] = &fstest.MapFile{Data: []byte(c.verdict)}
		}
		all := said
		if c.after != "" {
			all = append(slices.Clone(said), c.after)
		}
		if got := r.check(t, d, changes(all)); got.Grade.ID != c.grade {
			t.Errorf("confirmed %v, then %q: %s, want %s; %v", c.verdict != "", c.after, got.Grade.ID, c.grade, got.told())
		}
	}
}

// A platform that keeps within the terms of the law is not vetoed.
func TestTermsOfTheLawAreGranted(t *testing.T) {
	r := openRepo(t)
	for name, list := range map[string][]string{
		"level 4, assessed seven months ago": {"/platform/mlps_level 4", "/platform/systems/0/mlps_level 4", "/platform/systems/1/mlps_level 4",
			"/platform/systems/0/assessments/1/date 2026-04-20", "/platform/systems/1/assessments/0/date 2026-04-20"},
		"a system that runs for ten days and is not filed": {"/platform/systems/2/go_live 2026-11-21", "/platform/filings/2", "/platform/filings/4"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, told := range r.check(t, r.described(t, "government-services"), changes(list)).told() {
				if strings.HasPrefix(told, "blocker platform.") {
					t.Error(told)
				}
			}
		})
	}
}

func (r repo) described(t *testing.T, name string) described {
	t.Helper()
	i := slices.IndexFunc(r.platforms, func(d described) bool { return filepath.Base(d.path) == name })
	if i < 0 {
		t.Fatalf("there is no platform %s", name)
	}
	return r.platforms[i]
}

// changes reads "pointer value"; what has no value is removed.
func changes(list []string) (e rulebook.Example) {
	for _, change := range list {
		pointer, value, set := strings.Cut(change, " ")
		if !set {
			e.Remove = append(e.Remove, pointer)
			continue
		}
		e.Set = append(e.Set, rulebook.Assignment{Pointer: pointer, Value: document.Parse("", []byte(value), document.DefaultLimits()).Root})
	}
	return e
}

// result is what the program reports of one platform.
type result struct {
	Grade    struct{ ID string }
	Checks   []struct{ ID, Outcome string }
	Findings []struct{ Check, Severity string }
	Risks    struct {
		Applicable, Open, Undecided int
		Named                       []struct {
			ID     string
			Checks []string
		}
	}
}

func (r result) told() (all []string) {
	for _, f := range r.Findings {
		all = append(all, f.Severity+" "+f.Check)
	}
	return all
}

// check writes a changed description to a folder and runs the program on it.
func (r repo) check(t *testing.T, d described, change rulebook.Example) result {
	t.Helper()
	topics, err := change.Patched(d.topics)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, file := range d.files {
		write(t, filepath.Join(dir, name), file.Data)
	}
	for name, root := range topics {
		write(t, filepath.Join(dir, d.path, name+".yaml"), []byte(flow(root)))
	}
	var stdout, stderr bytes.Buffer
	cli.Main(context.Background(), cli.Env{Args: []string{"check", "--as-of", asOf, "--report", "json"}, Stdout: &stdout, Stderr: &stderr, Dir: dir, Version: "dev",
		Getenv: func(string) string { return "" }, Now: time.Now, Builtin: source.FromFS(hegui.Rulebook)})
	var report struct{ Platforms []result }
	if err := json.Unmarshal(stdout.Bytes(), &report); err != nil || len(report.Platforms) != 1 {
		t.Fatal(fmt.Errorf("%d platforms, %w: %s", len(report.Platforms), err, &stderr))
	}
	return report.Platforms[0]
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}
