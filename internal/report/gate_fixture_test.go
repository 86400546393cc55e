package report

import (
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
)

// gatedResults are what a change makes of the two platforms: one gets better,
// one worse, a third is gone, and the rulebook is touched; one known finding has
// grown, and one is gone unfixed.
func gatedResults() *results.Results {
	r := cityResults()
	yes, no := true, false
	trading := &r.Platforms[1]
	head := "9f8e7d6c5b4a39281706f5e4d3c2b1a098765432"
	defect := finding.Finding{
		Check: "rulebook.defect", Severity: finding.Blocker, Message: lang.Say("表达式无法编译", "the expression does not compile"),
		Fingerprint: "6f1e2d3c4b5a69788796a5b4c3d2e1f0",
		Location:    finding.Location{Path: "checks/backups.yaml", Line: 7, Column: 13},
	}
	chapter := func(before, after results.Number) []results.GateChapter {
		return []results.GateChapter{
			{ID: "3", Title: lang.Say("运行管理", "Operation"), Before: "96.7", After: "96.7"},
			{ID: "4", Title: lang.Say("安全管理", "Security"), Before: before, After: after},
		}
	}
	withdrawn, worse := trading.Findings[0], trading.Findings[0]
	withdrawn.Item, withdrawn.Fingerprint = "archive", "7f1e2d3c4b5a69788796a5b4c3d2e1f0"
	worse.Check, worse.Fingerprint = "backups.copies", "8f1e2d3c4b5a69788796a5b4c3d2e1f0"
	pending, lapsed := r.Platforms[0].Waivers[0], r.Platforms[0].Waivers[0]
	pending.State, lapsed.State = examine.WaiverPending, examine.WaiverExpired
	lapsed.Location.Path = "checks/waivers/" + trading.Code + ".yaml"
	r.Gate = &results.Gate{
		Base: "1f2e3d4c5b6a798807162534435261708f9e0d1c", Head: &head, Baselines: []string{"1f2e3d4c5b6a798807162534435261708f9e0d1c"},
		New: results.Counts{Blocker: 3, Major: 1}, Fixed: results.Counts{Minor: 2}, Withdrawn: results.Counts{Blocker: 1}, Unchanged: results.Counts{Major: 1, Minor: 4, Advisory: 1},
		Blocks: []lang.Text{
			lang.Say("有 4 个新问题达到或超过“重要”", "4 new findings at or above major"),
			lang.Say("平台 public-resource-trading 的得分下降 12.4 分，超过 5 分", "the score of public-resource-trading drops by 12.4, more than 5"),
		},
		Findings: []results.GateFinding{
			{Finding: trading.Findings[2], Platform: trading.ID, Reported: true},
			{Finding: defect, Blocking: true},
			{Finding: r.Platforms[0].Findings[1], Platform: r.Platforms[0].ID, Revealed: true, Stricter: true},
			{Finding: trading.Findings[0], Platform: trading.ID, Blocking: true},
			{Finding: trading.Findings[1], Platform: trading.ID, Blocking: true},
		},
		Gone:  []results.GateFinding{{Finding: r.Platforms[0].Findings[2], Platform: r.Platforms[0].ID}, {Finding: withdrawn, Platform: trading.ID, Withdrawn: true}},
		Worse: []results.GateFinding{{Finding: worse, Platform: trading.ID, Blocking: true, Change: lang.Say("backups/sets[bids]/copies：1 → 0", "backups/sets[bids]/copies: 1 → 0")}},
		Platforms: []results.GatePlatform{{
			ID: r.Platforms[0].ID, Code: "gov", Name: r.Platforms[0].Name, Change: "moved", Before: "services",
			ScoreBefore: "93.0", ScoreAfter: "95.4", GradeBefore: r.Platforms[0].Grade.Title, GradeAfter: r.Platforms[0].Grade.Title,
			CompliantBefore: &yes, CompliantAfter: &yes, Chapters: chapter("89.0", "91.2"), Fixed: results.Counts{Minor: 2},
		}, {
			ID: trading.ID, Code: "ggzy", Name: trading.Name, Change: "changed", Before: trading.ID,
			ScoreBefore: "94.7", ScoreAfter: "82.3", GradeBefore: lang.Say("优秀", "excellent"), GradeAfter: trading.Grade.Title,
			CompliantBefore: &yes, CompliantAfter: &no, Chapters: chapter("90.1", "57.1"), New: results.Counts{Blocker: 2, Major: 1},
		}, {
			ID: "city-operations", Code: "cityops", Name: lang.Say("云州市城市运行平台", "Yunzhou city operation platform"), Change: "removed",
			Before: "city-operations", ScoreBefore: "77.0", GradeBefore: lang.Say("合格", "pass"), CompliantBefore: &yes,
		}},
		ScopeChanges: []results.ScopeChange{{
			Kind: "platform", Platform: "city-operations", Subject: "city-operations", Blocking: true, Released: true,
			Message: lang.Say("平台 city-operations 被移除", "platform city-operations is removed"), Remedy: lang.Say("说明理由", "say why"),
			Location: finding.Location{Path: "platforms/city-operations/platform.yaml"},
		}, {
			Kind: "switch", Platform: trading.ID, Subject: "mlps_level", Blocking: true,
			Message: lang.Say("mlps_level 由 3 降为 2", "mlps_level falls from 3 to 2"), Remedy: lang.Say("改回，或先批准豁免", "take it back, or have it waived first"),
			Location: finding.Location{Path: trading.Path + "/platform.yaml", Line: 12, Column: 13, EndLine: 12, EndColumn: 14},
		}, {
			Kind: "item", Platform: trading.ID, Subject: "backups.sets[archive]",
			Message: lang.Say("备份集 archive 不再写明", "backup set archive is no longer stated"), Remedy: lang.Say("说明去向", "say where it went"),
		}},
		Waivers: []results.GateWaiver{
			{Platform: trading.ID, Waiver: pending},
			{Platform: trading.ID, Waiver: lapsed, Message: lang.Say("豁免已于 %s 到期，不再有效", "the waiver expired on %s and has no effect", lapsed.Expires), Remedy: lang.Say("重新申请", "apply again")},
		},
		Impact: &results.Impact{
			Files:   []string{"checks/backups.yaml"},
			Defects: []finding.Defect{{Path: "checks/backups.yaml", Line: 7, Column: 13, Message: defect.Message}},
			Articles: []results.ImpactArticle{{ID: "csl-2025/23.4", Cite: lang.Say("网络安全法（2025修正）第23条(四)", "Cybersecurity Law (2025 revision) art. 23(4)"), Change: "changed",
				Rests: []string{"backups.important-stores", "backups.restore-test max_age"}}},
			Stricter: []results.ImpactStricter{{Subject: "minimum", Message: lang.Say("政策的 minimum：60.0 → 70.0", "policy's minimum: 60.0 → 70.0"), Location: finding.Location{Path: "checks/policy.yaml", Line: 99, Column: 1, EndLine: 99, EndColumn: 8}}},
			Platforms: []results.ImpactPlatform{{
				ID: trading.ID, Code: "ggzy", Name: trading.Name, ScoreBefore: "82.3", ScoreAfter: "90.0",
				GradeBefore: trading.Grade.Title, GradeAfter: lang.Say("优秀", "excellent"), CompliantAfter: true, FindingsBefore: 3, FindingsAfter: 1,
				Turns: []results.ImpactTurn{
					{Check: "backups.restore-test", Title: lang.Say("恢复测试", "Restores are tested"), Clauses: []string{"4.4.2"}, Severity: finding.Major, To: finding.Fail, Items: 1},
					{Check: "backups.offsite-copy", Title: lang.Say("异地副本", "Off-site copies"), Clauses: []string{"4.4.2"}, Severity: finding.Blocker, To: finding.Pass, Items: 3},
				},
			}},
			Unaffected: 1,
		},
	}
	return r
}

// passedGate is a change that nothing stops.
func passedGate() *results.Results {
	r := cityResults()
	r.Platforms = r.Platforms[:1]
	r.Gate = &results.Gate{Passed: true, Base: "1f2e3d4c5b6a798807162534435261708f9e0d1c", Unchanged: results.Counts{Major: 1, Minor: 1}}
	return r
}
