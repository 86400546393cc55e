package report

import (
	"reflect"

	"hegui/internal/audit"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/rulebook"
)

// cityResults are results of two platforms: one compliant with a few findings,
// one with a veto and a broken topic.
func cityResults() *results.Results {
	return &results.Results{
		SchemaVersion: results.SchemaVersion,
		Tool:          results.Tool{Name: "hegui", Version: "1.0.0"},
		Rulebook: results.Rulebook{
			Sources: []results.Instrument{
				{ID: "csl-2025", Kind: "law", Title: lang.Say("中华人民共和国网络安全法", "Cybersecurity Law of the People's Republic of China"),
					Articles: []results.Article{{ID: "csl-2025/23", Cite: lang.Say("网络安全法（2025修正）第23条", "Cybersecurity Law (2025 revision) art. 23"), Number: lang.Say("第23条", "art. 23"), Confidence: "read"}}},
				{ID: "gb22239-2019", Kind: "standard", Title: lang.Same("信息安全技术 网络安全等级保护基本要求"), Number: lang.Same("GB/T 22239-2019"),
					Articles: []results.Article{{ID: "gb22239-2019/8.1.4.2.c", Cite: lang.Same("GB/T 22239-2019 8.1.4.2 c"), Number: lang.Same("8.1.4.2 c"), Confidence: "read"}}},
			},
			Checks: []results.CheckRule{
				{ID: "accounts.review", Title: lang.Say("账号定期清理", "Accounts are reviewed"), Effort: "small"},
				{ID: "backups.offsite-copy", Title: lang.Say("备份有异地副本", "Backups have an off-site copy"), Effort: "large"},
				{ID: "encryption.transit", Title: lang.Say("重要数据传输加密", "Important data is encrypted in transit"), Effort: "medium"},
				{ID: "encryption.keys", Title: lang.Say("密钥有专人管理", "Keys have a keeper"), Effort: "small"},
			},
			Digest: "sha256:3f786850e387550fdab836ed7e6dc881", Regulation: "municipal-platforms",
			Title:    lang.Say("市级平台管理规定", "Regulation on municipal platforms"),
			Overlays: []string{"yunzhou"},
			Sections: []results.Section{{ID: "4.4", Title: lang.Say("数据安全", "Data security")}},
			Grades:   []results.GradeRange{{ID: "excellent", Min: "90.0", Title: lang.Say("优秀", "excellent")}, {ID: "fail", Min: "0.0", Title: lang.Say("不合格", "fail")}},
			Minimum:  "60.0",
		},
		AsOf: "2026-12-01", Audience: "internal",
		Revision: &results.Revision{Commit: "9f8e7d6c5b4a39281706f5e4d3c2b1a098765432", Dirty: true},
		Summary: results.Summary{
			Platforms: 2, Compliant: 1,
			Findings: results.Counts{Blocker: 2, Major: 2, Minor: 1},
		},
		Platforms: []results.Platform{serviceCenter(), tradingCenter()},
	}
}

func chapters(scores ...results.Number) []results.Chapter {
	titles := []lang.Text{
		lang.Say("总则", "General"), lang.Say("平台建设", "Construction"), lang.Say("运行管理", "Operation"),
		lang.Say("安全管理", "Security"), lang.Say("监督与考核", "Supervision and assessment"),
	}
	points := []results.Number{"12.0", "13.0", "30.0", "37.0", "8.0"}
	var all []results.Chapter
	for i, score := range scores {
		all = append(all, results.Chapter{ID: string(rune('1' + i)), Title: titles[i], Points: points[i], Score: score})
	}
	return all
}

func clause(id, verdict string) results.Clause {
	c := results.Clause{
		ID: id, Title: lang.Say("条款 "+id, "Clause "+id), Points: "5.0", Score: "100.0", Verdict: verdict,
		Checks: []string{"backups.offsite-copy"}, Chapter: id[:1], Section: id[:3],
		Weight: "10.0", Attained: "10.0", Gained: "5.0000",
	}
	if id == "4.4.2" {
		c.Home = c.Checks // a check is at home in one clause
	}
	switch verdict {
	case "partly_met":
		c.Score, c.Attained, c.Gained = "50.0", "5.0", "2.5000"
	case "not_met":
		c.Score, c.Attained, c.Gained = "0.0", "0.0", "0.0000"
	case "not_applicable":
		c.Points, c.Score, c.Checks, c.Home, c.Weight, c.Attained, c.Gained = "", "", nil, nil, "", "", ""
		c.Reason = lang.Say("平台尚未运行", "the platform is not in operation")
	}
	return c
}

func serviceCenter() results.Platform {
	id, folder := "government-services", "platforms/government-services"
	restore := clause("4.4.2", "partly_met")
	restore.Waived = true
	return results.Platform{
		Statutory: &results.Statutory{Applicable: 12, Unmet: 2, Checks: []string{"backups.offsite-copy", "training.yearly"}},
		GradeConditions: []results.GradeCondition{{Grade: "excellent", Title: lang.Say("优秀", "excellent"),
			Condition: lang.Say("法定义务中未通过的检查项至多 0 项", "failing checks among statutory duties: at most 0"), Count: 2,
			Checks: []string{"backups.offsite-copy", "training.yearly"}}},
		OutOfForce: []results.OutOfForce{{Check: "assessment.template", Title: lang.Say("用 2025 版报告模板", "Reports use the template of 2025"),
			Reason: lang.Say("所依据的公网安〔2025〕1846号自 2027-01-01 起才有效", "rests on MPS (2025) No. 1846, which is in force only from 2027-01-01")}},
		ID: id, Path: folder, Code: "gov", Kind: "government_service", KindTitle: lang.Say("政务服务", "government service"), Stage: "operating", StageTitle: lang.Say("运行中", "in operation"), MLPSLevel: 3, Sensitivity: "internal", Profile: rulebook.Full,
		Name:      lang.Say("云州市政务服务平台", "Yunzhou government services platform"),
		Compliant: true,
		Grade:     results.Grade{ID: "good", Title: lang.Say("良好", "good")},
		Score:     results.Score{Raw: "95.4", Adjusted: "97.9", PointsApplicable: "99.0"},
		Chapters:  chapters("100.0", "100.0", "96.7", "91.2", "87.5"),
		Clauses: []results.Clause{
			clause("1.3.1", "met"), clause("2.1.1", "not_applicable"), clause("3.2.2", "partly_met"),
			clause("4.3.2", "partly_met"), restore, clause("5.1.1", "met"),
		},
		Checks: []results.Check{{
			Demand: &results.Demand{ID: "accounts.review", Title: lang.Say("账号定期清理", "Accounts are reviewed"), Clauses: []string{"4.3.2"}, Severity: finding.Major, Weight: 5,
				Limits: []rulebook.Limit{{Name: "max_age", Value: "P180D", Basis: ownDefault()}},
				Basis:  rulebook.Basis{Kind: "standard", Source: lang.Same("GB/T 22239-2019 8.1.4.2 c"), Confidence: "secondary", Articles: []string{"gb22239-2019/8.1.4.2.c", "csl-2025/23"}}},
			Outcome: finding.Fail, Attainment: "0.5",
			Items: []results.Item{{Item: "portal", Outcome: finding.Pass}, {Item: "ops-console", Outcome: finding.Fail}},
		}},
		Findings: []finding.Finding{{
			Check: "accounts.review", Clauses: []string{"4.3.2", "3.5.2"}, Severity: finding.Major, Item: "ops-console",
			Message: lang.Say("账号系统 ops-console 最近一次清理是 2026-03-02，超过 180 天", "account system ops-console was last reviewed on 2026-03-02, more than 180 days ago"),
			Remedy:  lang.Say("清理多余和过期账号，并补一条记录", "remove surplus and expired accounts and add a record"),
			Source:  lang.Same("GB/T 22239-2019 8.1.4.2 c"), Fingerprint: "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
			Location: finding.Location{Path: folder + "/accounts.yaml", Line: 41, Column: 46, EndLine: 41, EndColumn: 53, Pointer: "/systems/1/reviews"},
			Edit:     &finding.Edit{Line: 41, Column: 46, EndLine: 41, EndColumn: 53, Text: "reviews"},
			Because: []finding.Reason{{
				Message: lang.Say("日期 date 是 2026-03-02，不应早于 2026-06-04", "date is 2026-03-02, must be on or after 2026-06-04"), Fields: []string{"accounts.systems.reviews.date"},
				Location: finding.Location{Path: folder + "/accounts.yaml", Line: 41, Column: 57, EndLine: 41, EndColumn: 61, Pointer: "/systems/1/reviews/0/date"},
			}, {
				Message: lang.Say("审批人 \"approver\" 是 |a|，应为 <b>", "approver is |a|, must be <b>"), Fields: []string{"organization.posts.title"},
				Location: finding.Location{Path: folder + "/organization.yaml", Line: 7, Column: 3, EndLine: 7, EndColumn: 9, Pointer: "/posts/0/title"},
			}},
			Excerpt: "  - { name: ops-console, 说明: 运维人员专用的“控制台”账号, reviews: [{ date: 2026-03-02 }] }",
		}, {
			Check: "backups.restore-test", Clauses: []string{"4.4.2"}, Severity: finding.Major, Item: "service", Waived: true,
			Message: lang.Say("备份集 service 十二个月内没有做过恢复测试", "backup set service was not restored in twelve months"),
			Remedy:  lang.Say("做一次恢复测试", "run a restore test"),
			Source:  lang.Same("GB/T 22239-2019 8.1.4.9 a"), Fingerprint: "1f1e2d3c4b5a69788796a5b4c3d2e1f0",
			Location: finding.Location{Path: folder + "/backups.yaml", Line: 107, Column: 5, EndLine: 112, EndColumn: 2, Pointer: "/sets/0/restores"},
			Excerpt:  "    restores:",
		}, {
			Check: "operations.inspection", Clauses: []string{"3.2.2"}, Severity: finding.Minor,
			Message: lang.Say("巡检没有覆盖网络设备", "inspections leave out the network devices"),
			Remedy:  lang.Say("把网络设备列入巡检范围", "put the network devices on the inspection plan"),
			Source:  lang.Same("规章 3.2.2"), Fingerprint: "2f1e2d3c4b5a69788796a5b4c3d2e1f0",
			Location: finding.Location{Path: folder + "/operations.yaml", Line: 9, Column: 3, EndLine: 9, EndColumn: 10, Pointer: "/inspections/0/covers"},
			Excerpt:  "  covers: [hardware, software]   # 硬件和软件",
		}},
		Evidence: []audit.Evidence{{
			Path: folder + "/evidence/accounts-review-202603.md", Resolved: true,
			Location: finding.Location{Path: folder + "/accounts.yaml", Line: 41, Column: 60, EndLine: 41, EndColumn: 70, Pointer: "/systems/1/reviews/0/evidence"},
		}, {
			URL: "https://example.gov.cn/notice/1", SHA256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
			Location: finding.Location{Path: folder + "/security.yaml", Line: 2, Column: 1},
		}, {Ref: "云数安〔2026〕9号", HeldBy: "档案管理岗", Location: finding.Location{Path: folder + "/security.yaml", Line: 3, Column: 1}}},
		Decisions: []results.Decision{
			{Check: "backups.restore-tested", Title: lang.Say("恢复演练过", "Restores are drilled"), Effect: "replace", Subject: lang.Say("限值 max_age", "limit max_age"), Limit: "max_age",
				Before: lang.Say("6 个月", "6 months"), After: lang.Say("1 年", "1 year"), Overlay: "yunzhou", By: "市数据局信息化主管岗", On: "2026-10-08",
				Reason: lang.Say("每年一次与考核同步", "once a year, with the appraisal"), Source: lang.Say("云数〔2026〕18号", "Yunzhou Data Bureau (2026) No. 18")},
			{Check: "services.queue", Title: lang.Say("排队有叫号", "Queues are called"), Effect: "drop", Subject: lang.Say("检查项", "check"),
				Before: lang.Say("一般", "minor"), After: lang.Say("不采用", "dropped"), Overlay: "yunzhou", By: "市数据局信息化主管岗", On: "2026-10-08",
				Reason: lang.Say("全程网办，没有大厅", "all is handled online: there is no hall"), Source: lang.Say("云数〔2026〕18号", "Yunzhou Data Bureau (2026) No. 18")},
			{Check: "backups.kept", Title: lang.Say("备份留得够久", "Backups are kept long enough"), Effect: "confirm", Subject: lang.Say("限值 min_days", "limit min_days"), Limit: "min_days",
				Before: lang.Same("60"), After: lang.Same("60"), Overlay: "yunzhou", By: "市数据局信息化主管岗", On: "2026-10-08",
				Reason: lang.Say("够用", "it is enough"), Source: lang.Say("云数〔2026〕18号", "Yunzhou Data Bureau (2026) No. 18")},
		},
		Waivers: []examine.Waiver{{
			Check: "backups.restore-test", Item: "service", Reason: "恢复环境迁移中", RequestedBy: "平台运维岗",
			ApprovedBy: "网络安全主管岗", ApprovedOn: "2026-10-01", Expires: "2026-12-31", State: "active",
			Location: finding.Location{Path: folder + "/waivers.yaml", Line: 2, Column: 3},
		}},
	}
}

func tradingCenter() results.Platform {
	id, folder := "public-resource-trading", "platforms/public-resource-trading"
	broken := func(name string, title lang.Text, severity finding.Severity) results.Check {
		return results.Check{
			Demand:  &results.Demand{ID: name, Title: title, Clauses: []string{"4.4.1"}, Severity: severity, Weight: 10, Basis: ownDefault()},
			Outcome: finding.Fail, Attainment: "0.0", CausedBy: []string{"4f1e2d3c4b5a69788796a5b4c3d2e1f0"},
			Items: []results.Item{{Outcome: finding.Fail}},
		}
	}
	return results.Platform{
		ID: id, Path: folder, Code: "ggzy", Kind: "public_resource_trading", KindTitle: lang.Say("公共资源交易", "public-resource trading"), Stage: "trial", StageTitle: lang.Say("试运行", "on trial"), MLPSLevel: 3, Sensitivity: "internal", Profile: rulebook.Essential,
		Name: lang.Say("云州市公共资源交易平台", "Yunzhou public-resource trading platform"),
		Reasons: []lang.Text{
			lang.Say("有未整改的一票否决项 backups.offsite-copy", "open blocker backups.offsite-copy"),
			lang.Say("有未整改的一票否决项 encryption.transit", "open blocker encryption.transit"),
			lang.Say("必须符合的条款 4.4.2 不符合", "required clause 4.4.2 is not met"),
		},
		Grade: results.Grade{
			ID: "fail", Title: lang.Say("不合格", "fail"),
			Vetoes: []string{"backups.offsite-copy", "schema.additional_properties"}, Open: 2,
		},
		Waiting:  []results.Waiting{{Cause: "4f1e2d3c4b5a69788796a5b4c3d2e1f0", Checks: []string{"encryption.transit", "encryption.keys"}}},
		Score:    results.Score{Raw: "82.3", Adjusted: "82.3", Verified: "40.5", PointsApplicable: "100.0"},
		Chapters: chapters("100.0", "92.3", "99.6", "57.1", "100.0"),
		Clauses: []results.Clause{
			clause("1.3.1", "met"), clause("4.4.1", "not_met"), clause("4.4.2", "not_met"), clause("5.1.1", "met"), clause("5.2.1", "pending"),
		},
		Checks: []results.Check{
			{
				Demand: &results.Demand{ID: "backups.offsite-copy", Title: lang.Say("备份有异地副本", "Backups have an off-site copy"), Clauses: []string{"4.4.2"},
					Severity: finding.Blocker, Weight: 10, Basis: rulebook.Basis{Kind: "standard", Source: lang.Same("GB/T 22239-2019 8.1.4.9 b"), Confidence: "secondary"}},
				Outcome: finding.Fail, Attainment: "0.0",
				Items: []results.Item{{Item: "bids", Outcome: finding.Fail}},
			},
			broken("encryption.transit", lang.Say("重要数据传输加密", "Important data is encrypted in transit"), finding.Blocker),
			broken("encryption.keys", lang.Say("密钥有专人管理", "Keys have a keeper"), finding.Major),
		},
		Findings: []finding.Finding{{
			Check: "backups.offsite-copy", Clauses: []string{"4.4.2"}, Severity: finding.Blocker, Item: "bids",
			Message: lang.Say("备份集 \"bids\" 没有异地副本", "backup set \"bids\" has no off-site copy"),
			Remedy:  lang.Say("在另一处机房保留一份 \"bids\" 的副本", "keep a copy of \"bids\" at another site"),
			Source:  lang.Same("GB/T 22239-2019 8.1.4.9 b"), Fingerprint: "3f1e2d3c4b5a69788796a5b4c3d2e1f0",
			Location: finding.Location{Path: folder + "/backups.yaml", Line: 18, Column: 7, EndLine: 18, EndColumn: 13, Pointer: "/sets/0/copies"},
			Excerpt:  "      copies: [{ site: dc-east, medium: disk }]",
		}, {
			Check: "schema.additional_properties", Severity: finding.Blocker,
			Message:     lang.Say("不认识的字段 \"chanels\"，是不是 \"channels\"？", "unknown key \"chanels\"; did you mean \"channels\"?"),
			Fingerprint: "4f1e2d3c4b5a69788796a5b4c3d2e1f0", Waiting: []string{"encryption.transit", "encryption.keys"},
			Location: finding.Location{Path: folder + "/encryption.yaml", Line: 5, Column: 1, EndLine: 5, EndColumn: 8, Pointer: "/chanels"},
			Excerpt:  "chanels:",
		}, {
			Check: "evidence.missing", Severity: finding.Major,
			Message:     lang.Say("证据文件 \"evidence/training-202606.md\" 不存在", "evidence file \"evidence/training-202606.md\" does not exist"),
			Fingerprint: "5f1e2d3c4b5a69788796a5b4c3d2e1f0",
			Location:    finding.Location{Path: folder + "/training.yaml", Pointer: "/sessions/0/evidence"},
		}},
	}
}

func ownDefault() rulebook.Basis {
	return rulebook.Basis{Kind: "default", Source: lang.Same("hegui default, no national figure"), Confidence: "unverified"}
}

// noPlatforms are results of a run that judged nothing.
func noPlatforms() *results.Results {
	return &results.Results{
		SchemaVersion: results.SchemaVersion,
		Tool:          results.Tool{Name: "hegui", Version: "1.0.0"},
		Rulebook:      results.Rulebook{Digest: "sha256:3f786850e387550fdab836ed7e6dc881", Regulation: "municipal-platforms"},
		AsOf:          "2026-12-01", Audience: "internal",
		Errors: []lang.Text{lang.Say("platforms 下没有 platform.yaml", "no platform.yaml below platforms")},
	}
}

// stated are results whose every list is stated, as results promise.
func stated(r *results.Results) *results.Results {
	state(reflect.ValueOf(r).Elem())
	return r
}

func state(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				state(v.Field(i))
			}
		}
	case reflect.Pointer:
		if !v.IsNil() {
			state(v.Elem())
		}
	case reflect.Slice:
		if v.IsNil() {
			v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		}
		for i := range v.Len() {
			state(v.Index(i))
		}
	}
}
