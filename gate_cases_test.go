package hegui_test

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"hegui/internal/compare"
	"hegui/internal/document"
	"hegui/internal/rulebook"
)

// Changes of this repository's platforms that a gate has to tell apart: each cheat has
// its honest twin. start is what stands at the baseline besides, edit and remove are
// the change.
func TestGateTellsApart(t *testing.T) {
	r := openRepo(t)
	const (
		filing   = "{ id: gov-core-2026, system: gov-core, kind: refiling, mlps_level: 3, template: edition_2025, date: 2026-11-27, valid_until: 2030-11-03, authority: 云州市公安局网络安全保卫支队, evidence: evidence/platform-filing-202511.md }"
		incident = "{ id: november, discovered: 2026-11-20T09:00:00+08:00, level: larger, state: ongoing, reported: 2026-11-20T09:30:00+08:00, evidence: evidence/platform-order-202603.md }"
	)
	plain := map[string]string{"/architecture/data_stores/0/important": "false", "/architecture/data_stores/0/personal_info": "false", "/encryption/stores/0/method": "none"}
	late := map[string]string{"/contingency/incidents/-": strings.Replace(incident, "T09:30", "T15:30", 1)}
	failed := map[string]string{"/backups/sets/0/restore_tests/-": "{ id: failed, date: 2026-11-25, scope: full, ok: false, duration: PT3H, evidence: evidence/backups-restore-202609.md }"}
	failedOnly := "[{ id: bad, date: 2026-11-20, scope: full, ok: false, duration: PT3H, evidence: evidence/backups-restore-202605.md }]"
	open := map[string]string{"/hardening/open_vulnerabilities/critical": "{ count: 3, oldest_found: 2026-09-25 }"}
	// A platform so young that it owes no yearly training yet, and the one that it held failed.
	young := map[string]string{"/platform/go_live": "2026-11-15", "/platform/systems/0/go_live": "2026-11-15", "/platform/systems/1/go_live": "2026-11-15", "/platform/systems/2/go_live": "2026-11-15",
		"/training/sessions": "[{ id: poor, date: 2026-11-28, audience: all, topics: [awareness], hours: 2, headcount: 165, attended: 3, passed: 1, evidence: evidence/training-staff-202605.md }]"}
	with := func(facts map[string]string, pointer, value string) map[string]string {
		all := maps.Clone(facts)
		all[pointer] = value
		return all
	}
	unrevised := map[string]string{"/contingency/plans/0/reviews/1/outcome": "to_be_revised"}
	overall := map[string]string{"/contingency/plans/0/name": "overall", "/contingency/drills/0/plans/0": "overall", "/contingency/drills/1/plans/0": "overall", "/contingency/trainings/0/plans/0": "overall"}
	elsewhere := map[string]string{}
	for _, place := range []string{"/architecture/data_stores/0/name", "/backups/sets/0/stores/0", "/data/catalogue/stores/0", "/encryption/stores/0/store", "/hardening/scans/2/covers/0", "/data/retention/0/stores/0", "/data/authorisations/0/stores/0", "/data/authorisations/3/stores/0", "/data/collection_reviews/0/stores/0"} {
		elsewhere[place] = "case-db"
	}
	plan := func(name string) string {
		return "{ name: " + name + ", title: 云州市政务服务平台应急预案" + name + ", issued: 2026-11-08, approval: { by: 政务服务中心主要负责人岗, date: 2026-11-05, evidence: { ref: 云政服发〔2024〕31号, held_by: 综合管理岗 } }, scenarios: [power], reviews: [], evidence: { ref: 云政服发〔2024〕31号, held_by: 综合管理岗 } }"
	}
	next := func(evidence string) string {
		var tasks []string
		for _, target := range []string{"hardware", "software", "network", "facility"} {
			tasks = append(tasks, "{ name: "+target+", title: 年度检修, target: "+target+", post: 系统管理岗, due: 2027-04-30 }")
		}
		return "{ name: plan-2027, issued: 2026-11-20, until: 2027-12-31, tasks: [" + strings.Join(tasks, ", ") + "], evidence: evidence/" + evidence + ".md }"
	}
	unset := func(pointers ...string) map[string]string {
		all := map[string]string{}
		for _, p := range pointers {
			all[p] = "false"
		}
		return all
	}
	retired := map[string]string{"/platform/stage": "retired", "/platform/retirement": "{ date: 2026-11-30, evidence: evidence/platform-filing-202511.md }"}
	broken := map[string]string{"/operations/faults/open": "[{ id: pump, found: 2026-11-01T09:00:00+08:00, severity: general, evidence: evidence/operations-faults-2026q3.md }]"}
	lapsed := map[string]string{"/hardening/exceptions/0/expires": "2026-11-30"}
	untested := map[string]string{"/hardening/security_tests/0/date": "2024-01-02"}
	filed := []string{"/platform/filings/3", "/platform/filings/0"}
	assessed := func(id, date, evidence string) string {
		return "[{ id: " + id + ", date: " + date + ", agency: 云州网络安全测评中心, agency_licensed: true, conclusion: conforms, high_risks: 0, high_risks_closed: 0, major_risks: 0, major_risks_closed: 0, evidence: evidence/" + evidence + ".md }]"
	}
	nonconforming := strings.Replace(assessed("assessment-2026", "2026-08-14", "platform-assessment-202608"), "conclusion: conforms", "conclusion: does_not_conform, rectification: { date: 2026-08-20, due: 2026-10-31, evidence: evidence/platform-order-202603.md }", 1)
	for _, c := range []struct {
		name          string
		platform      string // government services where nothing is said
		start, edit   map[string]string
		lacks, remove []string // what the baseline does not state, and what the change takes away
		want          []string
	}{
		// A date that nothing but the platform's word stands behind.
		{name: "a system without filing goes live later", lacks: filed, edit: map[string]string{"/platform/systems/0/go_live": "2026-11-20"},
			want: []string{"gone platform.systems-filed", "new hardening.launches-listed shown", "record systems[gov-core]/go_live=2026-11-20 blocks"}},
		{name: "a system that is not graded goes live later", lacks: []string{"/platform/systems/0/grading"}, edit: map[string]string{"/platform/systems/0/go_live": "2027-01-10"},
			want: []string{"gone fact.missing", "record systems[gov-core]/go_live=2027-01-10 blocks"}},
		{name: "a system that is not graded is graded", lacks: []string{"/platform/systems/0/grading"}, edit: map[string]string{"/platform/systems/0/grading": "{ date: 2026-11-28, reviewed_by: 云州市政务服务数据管理局, evidence: evidence/review-202611.md }"},
			want: []string{"gone fact.missing"}},
		{name: "the year of a grading was a slip", start: map[string]string{"/platform/systems/0/grading/date": "2028-08-28"}, edit: map[string]string{"/platform/systems/0/grading/date": "2023-08-28"},
			want: []string{"gone fact.future", "record platform/systems[gov-core]/grading shown"}},
		{name: "a grading lies ahead, and so does its system", start: map[string]string{"/platform/systems/0/grading/date": "2028-08-28"}, edit: map[string]string{"/platform/systems/0/grading/date": "2028-08-29", "/platform/systems/0/go_live": "2027-01-10"},
			want: []string{"record platform/systems[gov-core]/grading shown", "record systems[gov-core]/go_live=2027-01-10 blocks"}},
		{name: "a channel of unknown version is another kind of channel", lacks: []string{"/encryption/channels/0/min_version"}, edit: map[string]string{"/encryption/channels/0/protocol": "ipsec"},
			want: []string{"gone fact.missing", "sight encryption/channels[citizen-web]/protocol=ipsec shown"}},
		{name: "a launch is now, and what is owed is left out", edit: map[string]string{"/platform/go_live": "2026-11-20"}, remove: []string{"/training/outreach"},
			want: []string{"gone contingency.drill-coverage", "item training/outreach[week-2026-counter] shown", "item training/outreach[week-2026-sms] shown", "item training/outreach[week-2026-website] shown",
				"new platform.launch-stated blocks", "switch go_live=2026-11-20 blocks"}},
		{name: "what is not owed yet is left out, and it had failed", start: young, edit: map[string]string{"/training/sessions": "[]"},
			want: []string{"adverse training/sessions[poor] blocks", "gone training.exam-passed", "gone training.staff-yearly"}},
		{name: "what is not owed yet is left out by its list, and it had failed", start: young, remove: []string{"/training/sessions"},
			want: []string{"adverse training/sessions[poor] blocks", "gone training.exam-passed", "gone training.staff-yearly"}},
		{name: "what is not owed yet had failed, and is done anew", start: young, edit: map[string]string{"/training/sessions/-": "{ id: again, date: 2026-11-30, audience: all, topics: [awareness], hours: 2, headcount: 165, attended: 163, passed: 163, evidence: evidence/review-202611.md }"},
			want: []string{"gone training.exam-passed", "gone training.staff-yearly"}},
		{name: "a system without filing is filed", lacks: filed, edit: map[string]string{"/platform/filings/-": strings.Replace(filing, "platform-filing-202511", "review-202611", 1)},
			want: []string{"gone platform.systems-filed", "new platform.filed-in-time reported"}},
		{name: "a system without filing is filed, by what others rest on", lacks: filed, edit: map[string]string{"/platform/filings/-": filing},
			want: []string{"gone platform.systems-filed", "new platform.filed-in-time reported", "record platform/filings[gov-core-2026] blocks"}},
		{name: "a system without filing is another that goes live later", lacks: filed, edit: map[string]string{"/platform/systems/0/code": "gov-core2", "/platform/systems/0/go_live": "2026-11-20"},
			want: []string{"gone platform.systems-filed", "item platform/systems[gov-core] shown", "new hardening.launches-listed shown", "record systems[gov-core2]/go_live=2026-11-20 blocks"}},
		{name: "two dates, of which each would do", lacks: filed, edit: map[string]string{"/platform/systems/0/go_live": "2026-11-20", "/platform/systems/0/grading/date": "2026-11-20"},
			want: []string{"gone platform.systems-filed", "new hardening.launches-listed shown", "record platform/systems[gov-core]/grading shown", "record systems[gov-core]/go_live=2026-11-20 platform/systems[gov-core]/grading blocks"}},
		{name: "an assessment is a new one by its name", start: map[string]string{"/platform/systems/0/assessments": assessed("old", "2023-08-14", "platform-assessment-202608")}, edit: map[string]string{"/platform/systems/0/assessments": assessed("new", "2026-08-14", "platform-assessment-202608")},
			want: []string{"gone platform.assessed-in-period", "item platform/systems[gov-core]/assessments[old] shown", "record platform/systems[gov-core]/assessments[new] blocks"}},
		{name: "an assessment is a new one", start: map[string]string{"/platform/systems/0/assessments": assessed("old", "2023-08-14", "platform-assessment-202608")}, edit: map[string]string{"/platform/systems/0/assessments": assessed("new", "2026-08-14", "review-202611")},
			want: []string{"gone platform.assessed-in-period", "item records shown"}},
		{name: "tickets leave on the day of something else", edit: map[string]string{"/support/waiting": "[]", "/support/surveys/0/date": "2026-11-29"},
			want: []string{"adverse support/waiting[t-2026-31807] blocks", "adverse support/waiting[t-2026-31844] blocks", "new support.improvements-done shown", "record support/surveys[survey-2026] shown"}},
		{name: "tickets leave with a newer count", edit: map[string]string{"/support/waiting": "[]", "/support/consultations/-": "{ id: november, date: 2026-12-01, total: 40, first_reply_days: 1, close_days: 2, solved: 40, evidence: evidence/review-202611.md }"},
			want: []string{"item support/waiting[t-2026-31807] shown", "item support/waiting[t-2026-31844] shown"}},
		{name: "tickets are answered", edit: map[string]string{"/support/waiting/0/answered": "2026-11-30", "/support/waiting/1/answered": "2026-12-01"}},
		{name: "tickets that were answered leave", start: map[string]string{"/support/waiting/0/answered": "2026-11-30"}, edit: map[string]string{"/support/waiting": "[]"},
			want: []string{"adverse support/waiting[t-2026-31844] blocks", "item support/waiting[t-2026-31807] shown"}},
		{name: "tickets that will be answered leave", start: map[string]string{"/support/waiting/0/answered": "2026-12-30"}, edit: map[string]string{"/support/waiting": "[]"},
			want: []string{"adverse support/waiting[t-2026-31807] blocks", "adverse support/waiting[t-2026-31844] blocks"}},
		{name: "a fault is repaired", start: broken, edit: map[string]string{"/operations/faults/open/0/repaired": "2026-11-30T10:00:00+08:00"},
			want: []string{"gone operations.faults-overdue"}},
		{name: "a fault is gone", start: broken, edit: map[string]string{"/operations/faults/open": "[]"},
			want: []string{"adverse operations/faults/open[pump] blocks", "gone operations.faults-overdue"}},
		{name: "a fault is gone, and its period is accounted for", start: broken, edit: map[string]string{"/operations/faults/open": "[]", "/operations/faults/reports/-": "{ id: november, date: 2026-11-30, response: PT11M, repair: PT6H, in_time: 99, evidence: evidence/review-202611.md }"},
			want: []string{"gone operations.faults-overdue", "item operations/faults/open[pump] shown"}},
		{name: "a report is closed, and its period is not counted again", edit: map[string]string{"/supervision/cases/1/unclosed/0/closed": "2026-11-30"}},
		{name: "what may stay for a time is fixed", start: lapsed, edit: map[string]string{"/hardening/exceptions/0/count": "0", "/hardening/exceptions/0/evidence": "evidence/review-202611.md", "/hardening/scans/0/records/2/remaining": "1", "/hardening/scans/0/records/2/evidence": "[evidence/hardening-scan-202611.md, evidence/hardening-scan-202610.md]"},
			want: []string{"evidence replaced shown", "gone hardening.exceptions-approved", "record hardening/exceptions[exception-2026-03] shown"}},
		{name: "what may stay for a time is fixed, they say", start: lapsed, edit: map[string]string{"/hardening/exceptions/0/count": "0"},
			want: []string{"adverse hardening/exceptions[exception-2026-03] blocks", "gone hardening.exceptions-approved", "new hardening.counts-agree blocks"}},
		{name: "a service is no longer offered, and what was counted of it stays on record", remove: []string{"/services/items/4", "/services/time_limits/4", "/support/ratings/items/4"},
			want: []string{"gone services.items-reviewed", "item services/items[fund-withdrawal] shown"}},
		{name: "a log is no longer kept, and was once read back", remove: []string{"/network/audit/sources/4"},
			want: []string{"item network/audit/sources[bastion-log] shown"}},
		{name: "an order has its term", edit: map[string]string{"/platform/orders/-": "{ id: order-2026-02, date: 2026-11-20, authority: 云州市公安局, matter: 日志留存, due: 2026-12-20, evidence: evidence/review-202611.md }"}},
		{name: "a grading is of another day", lacks: filed, edit: map[string]string{"/platform/systems/0/grading/date": "2026-11-20"},
			want: []string{"gone platform.systems-filed", "record platform/systems[gov-core]/grading blocks"}},
		{name: "a grading is of another day, by what others rest on", lacks: filed, edit: map[string]string{"/platform/systems/0/grading/date": "2026-11-20", "/platform/systems/0/grading/evidence": "evidence/platform-filing-202511.md"},
			want: []string{"gone platform.systems-filed", "record platform/systems[gov-core]/grading blocks"}},
		{name: "a system is graded anew", lacks: filed, edit: map[string]string{"/platform/systems/0/grading/date": "2026-11-20", "/platform/systems/0/grading/evidence": "evidence/review-202611.md"},
			want: []string{"gone platform.systems-filed"}},
		{name: "components are replaced later", start: map[string]string{"/architecture/components/1/end_of_life": "{ count: 1, replace_by: 2026-11-30 }"}, edit: map[string]string{"/architecture/components/1/end_of_life/replace_by": "2028-11-30"},
			want: []string{"gone architecture.supported-components", "record architecture/components[workflow]/end_of_life/replace_by=2028-11-30 shown"}},
		{name: "a certificate is renewed", start: map[string]string{"/encryption/certificates/0/expires": "2026-11-30"}, edit: map[string]string{"/encryption/certificates/0/expires": "2027-11-30"},
			want: []string{"gone encryption.certificates-valid", "record encryption/certificates[portal-sm2]/expires=2027-11-30 shown"}},
		// What the platform is.
		{name: "the operator has another name", start: map[string]string{"/assessment/operator_appraisals/0/by": "云州市政务服务中心"}, edit: map[string]string{"/platform/operator": "云州市政务服务运营中心"},
			want: []string{"gone assessment.operator-yearly", "sight operator=云州市政务服务运营中心 shown"}},
		{name: "the operator has another name, and nothing is found by it", edit: map[string]string{"/platform/operator": "云州市政务服务运营中心"}, want: []string{"record operator=云州市政务服务运营中心 shown"}},
		{name: "somebody else has appraised the operator", start: map[string]string{"/assessment/operator_appraisals/0/by": "云州市政务服务中心"}, edit: map[string]string{"/assessment/operator_appraisals/0/by": "云州市政务服务数据管理局"},
			want: []string{"gone assessment.operator-yearly", "record assessment/operator_appraisals[operator-2026] shown"}},
		{name: "the primary site is the other one", start: map[string]string{"/backups/sets/0/copies/1/site": "dc-east"}, edit: map[string]string{"/platform/primary_site": "dc-west"},
			want: []string{"gone backups.offsite-copy", "new architecture.primary-site-known shown", "new backups.local-copy blocks", "new backups.offsite-distance shown", "new backups.offsite-realtime blocks", "sight primary_site=dc-west blocks"}},
		{name: "a copy goes elsewhere", start: map[string]string{"/backups/sets/0/copies/1/site": "dc-east"}, edit: map[string]string{"/backups/sets/0/copies/1/site": "dc-west"},
			want: []string{"gone backups.offsite-copy"}},
		{name: "a yearly test is a new one, of an old report", start: untested, edit: map[string]string{"/hardening/security_tests/-": "{ id: again, date: 2026-11-20, evidence: evidence/platform-order-202603.md }"},
			want: []string{"gone hardening.yearly-security-test", "new fact.missing reported", "record hardening/security_tests[again] blocks"}},
		{name: "a yearly test is a new one", start: untested, edit: map[string]string{"/hardening/security_tests/-": "{ id: again, date: 2026-11-20, evidence: evidence/review-202611.md }"},
			want: []string{"gone hardening.yearly-security-test", "new fact.missing reported"}},
		{name: "a yearly test was done again, by the same report that another post keeps", platform: "platforms/public-resource-trading", start: untested, edit: map[string]string{"/hardening/security_tests/0/date": "2026-11-20", "/hardening/security_tests/0/evidence": "{ ref: \"云测检 [2026] 58 号\", held_by: 平台档案管理岗 }"},
			want: []string{"gone hardening.security-test-covers", "gone hardening.yearly-security-test", "record hardening/security_tests[security-test-2026] blocks"}},
		{name: "a yearly test was done again, by another report", platform: "platforms/public-resource-trading", start: untested, edit: map[string]string{"/hardening/security_tests/0/date": "2026-11-20", "/hardening/security_tests/0/evidence": "{ ref: 云测检〔2026〕91号, held_by: 安全管理岗 }"},
			want: []string{"gone hardening.security-test-covers", "gone hardening.yearly-security-test"}},
		{name: "a simulation is a new one by its name and day", edit: map[string]string{"/training/simulations/0/id": "again", "/training/simulations/0/date": "2026-11-18", "/training/simulations/0/failed": "10"},
			want: []string{"gone training.simulation-retrained", "item training/simulations[phishing-2026-09] shown"}},
		{name: "a simulation is a new one", edit: map[string]string{"/training/simulations/0": "{ id: again, date: 2026-11-18, targeted: 165, failed: 10, retrained: 10, evidence: evidence/review-202611.md }"},
			want: []string{"gone training.simulation-retrained", "item records shown"}},
		{name: "a test has covered another component as well", start: map[string]string{"/hardening/security_tests/0/components": "[identity]"}, edit: map[string]string{"/hardening/security_tests/0/components/-": "portal"},
			want: []string{"gone hardening.security-test-covers", "record hardening/security_tests[security-test-2026] shown"}},
		{name: "a test has covered another component as well, as a new report shows", start: map[string]string{"/hardening/security_tests/0/components": "[identity]"}, edit: map[string]string{"/hardening/security_tests/0/components/-": "portal", "/hardening/security_tests/0/evidence": "[{ path: evidence/hardening-security-test-202605.md, sha256: 1820392bc0f4af5ba565803f9293acbb73b6f7a99b3334e7f41024b2b3871743 }, evidence/review-202611.md]"},
			want: []string{"gone hardening.security-test-covers"}},
		{name: "fewer people", edit: map[string]string{"/platform/personal_info_subjects": "1100000"}, want: []string{"record personal_info_subjects=1100000 shown"}},
		{name: "so few people that a laxer interval holds", edit: map[string]string{"/platform/personal_info_subjects": "900000"}, want: []string{"switch personal_info_subjects=900000 blocks"}},
		{name: "more people", edit: map[string]string{"/platform/personal_info_subjects": "3300000"}},
		{name: "so many people that a stricter interval holds", edit: map[string]string{"/platform/personal_info_subjects": "12000000"}},
		// The truth.
		{name: "an incident is over", start: map[string]string{"/contingency/incidents/-": incident}, edit: map[string]string{"/contingency/incidents/1/state": "resolved", "/contingency/incidents/1/resolved": "2026-11-28"}},
		{name: "an incident was never so grave", start: map[string]string{"/contingency/incidents/-": incident}, edit: map[string]string{"/contingency/incidents/1/level": "general"},
			want: []string{"adverse contingency/incidents[november] blocks"}},
		{name: "an incident was never so grave, as new evidence shows", start: map[string]string{"/contingency/incidents/-": incident}, edit: map[string]string{"/contingency/incidents/1/level": "general", "/contingency/incidents/1/evidence": "[evidence/platform-order-202603.md, evidence/review-202611.md]"},
			want: []string{"record contingency/incidents[november] shown"}},
		{name: "an incident was never so grave, as what others rest on shows", start: map[string]string{"/contingency/incidents/-": incident}, edit: map[string]string{"/contingency/incidents/1/level": "general", "/contingency/incidents/1/evidence": "evidence/platform-filing-202511.md"},
			want: []string{"adverse contingency/incidents[november] blocks", "evidence replaced shown"}},
		{name: "an incident is over and never was so grave", start: map[string]string{"/contingency/incidents/-": incident}, edit: map[string]string{"/contingency/incidents/1/state": "resolved", "/contingency/incidents/1/resolved": "2026-11-28", "/contingency/incidents/1/level": "general"},
			want: []string{"adverse contingency/incidents[november] blocks"}},
		{name: "a level is raised for one of several systems", edit: map[string]string{"/platform/mlps_level": "4", "/platform/systems/0/mlps_level": "4"},
			want: []string{"new architecture.cloud-level stricter", "new operations.self-assessment stricter", "new platform.level-as-filed stricter", "sight mlps_level=4 shown"}},
		{name: "a level is raised, so that another system's veto goes", start: map[string]string{"/platform/systems/1/assessments/0/date": "2024-08-14"}, edit: map[string]string{"/platform/mlps_level": "4", "/platform/systems/0/mlps_level": "4"},
			want: []string{"gone platform.assessed-in-period", "new architecture.cloud-level stricter", "new operations.self-assessment stricter", "new platform.level-as-filed stricter", "new platform.lower-systems-assessed stricter", "sight mlps_level=4 blocks"}},
		// Facts by which checks choose what they look at.
		{name: "no store is important, and two sets are gone", edit: unset("/architecture/data_stores/0/important", "/architecture/data_stores/1/important", "/architecture/data_stores/2/important"), remove: []string{"/backups/sets/0", "/backups/sets/1"},
			want: []string{"gone backups.restore-full", "item backups/sets[logs] shown", "item backups/sets[service] shown", "new architecture.importance-stated blocks", "new architecture.important-data-placed blocks", "new backups.important-stores blocks", "score", "sight architecture/data_stores[document-store]/important=false shown", "sight architecture/data_stores[service-db]/important=false shown"}},
		{name: "no channel is important", edit: unset("/encryption/channels/0/important", "/encryption/channels/1/important"),
			want: []string{"new encryption.channel-importance-stated blocks", "sight encryption/channels[citizen-web]/important=false blocks", "sight encryption/channels[provincial-exchange]/important=false blocks"}},
		{name: "no store holds personal data", edit: unset("/architecture/data_stores/0/personal_info", "/architecture/data_stores/1/personal_info"),
			want: []string{"sight architecture/data_stores[document-store]/personal_info=false shown", "sight architecture/data_stores[service-db]/personal_info=false shown"}},
		{name: "nothing is open to the internet", edit: map[string]string{"/architecture/components/0/exposure": "internal"},
			want: []string{"new architecture.exposure-stated blocks", "new platform.internet-stated blocks", "sight architecture/components[portal]/exposure=internal shown"}},
		{name: "nothing is critical", edit: unset("/architecture/components/0/critical", "/architecture/components/1/critical"),
			want: []string{"sight architecture/components[portal]/critical=false shown", "sight architecture/components[workflow]/critical=false shown"}},
		{name: "no interface is external", edit: unset("/architecture/interfaces/0/external", "/architecture/interfaces/1/external"),
			want: []string{"new architecture.peers-stated blocks", "sight architecture/interfaces[citizen-web]/external=false shown", "sight architecture/interfaces[provincial-exchange]/external=false shown"}},
		{name: "nobody is let in without login", edit: map[string]string{"/accounts/without_login": "[]"},
			want: []string{"item accounts/without_login[exchange] shown", "new accounts.coverage blocks"}},
		// What a platform only declares.
		{name: "the keys are with a post of another spelling", start: map[string]string{"/encryption/keys/custodian": "系统管理岗"}, edit: map[string]string{"/encryption/keys/custodian": "系统管理岗位"},
			want: []string{"gone encryption.key-custody", "record encryption/keys/custodian=系统管理岗位 shown"}},
		{name: "the post with the keys has another title", start: map[string]string{"/encryption/keys/custodian": "系统管理岗"}, edit: map[string]string{"/organization/posts/1/title": "系统运行岗"},
			want: []string{"gone encryption.key-custody", "record organization/posts[system-admin]/title=系统运行岗 shown"}},
		{name: "the logs are with a post of another spelling", start: map[string]string{"/network/audit/custodian": "系统管理岗"}, edit: map[string]string{"/network/audit/custodian": "系统管理岗位"},
			want: []string{"gone network.log-custodian", "record network/audit/custodian=系统管理岗位 shown"}},
		{name: "a standby is of another spelling", start: map[string]string{"/contingency/team/1/standby_post": "平台运维主管岗"}, edit: map[string]string{"/contingency/team/1/standby_post": "平台运维主管岗位"},
			want: []string{"gone contingency.team", "record contingency/team[平台运维主管岗]/standby_post=平台运维主管岗位 shown"}},
		{name: "nobody logs in to what no account covers", start: map[string]string{"/accounts/without_login": "[]"}, edit: map[string]string{"/accounts/without_login": "[exchange]"},
			want: []string{"gone accounts.coverage", "record accounts/without_login[exchange]=exchange shown"}},
		{name: "a post calls for fewer people", start: map[string]string{"/organization/posts/1/filled": "1"}, edit: map[string]string{"/organization/posts/1/needed": "1"},
			want: []string{"gone organization.post-filled", "record organization/posts[system-admin]/needed=1 shown"}},
		{name: "a post has the people that it calls for", start: map[string]string{"/organization/posts/1/filled": "1"}, edit: map[string]string{"/organization/posts/1/filled": "2"},
			want: []string{"gone organization.post-filled"}},
		{name: "an indicator aims lower", start: map[string]string{"/assessment/indicators/0/target": "100"}, edit: map[string]string{"/assessment/indicators/0/target": "0"},
			want: []string{"gone assessment.figures", "record assessment/indicators[availability]/target=0 shown"}},
		{name: "an indicator is the better the lower it is", start: map[string]string{"/assessment/indicators/0/target": "100"}, edit: map[string]string{"/assessment/indicators/0/direction": "lower"},
			want: []string{"gone assessment.figures", "record assessment/indicators[availability]/direction=lower shown"}},
		{name: "fewer parts are out of support", start: map[string]string{"/architecture/components/3/end_of_life/count": "2"}, edit: map[string]string{"/architecture/components/3/end_of_life/count": "1"},
			want: []string{"gone hardening.legacy-protected", "record architecture/components[exchange]/end_of_life/count=1 shown"}},
		{name: "a failing veto looks away", start: map[string]string{"/encryption/stores/0/method": "none"}, edit: unset("/architecture/data_stores/0/important", "/architecture/data_stores/0/personal_info"),
			want: []string{"gone encryption.at-rest", "gone encryption.personal-info-stores", "sight architecture/data_stores[service-db]/important=false blocks", "sight architecture/data_stores[service-db]/personal_info=false blocks"}},
		{name: "the sites are abroad", edit: unset("/architecture/sites/0/in_mainland"),
			want: []string{"new architecture.sites-in-mainland blocks", "score"}},
		{name: "another kind of platform", edit: map[string]string{"/platform/kind": "city_operation"},
			want: []string{"new architecture.city-operation-standard blocks", "new fact.missing blocks", "new fact.missing shown", "new platform.kind-stated blocks", "switch kind=city_operation blocks"}},
		{name: "a store has a name that is none", edit: map[string]string{"/architecture/data_stores/0/name": "业务库"},
			want: []string{"item architecture/data_stores[service-db] shown", "new schema.pattern blocks", "score"}},
		{name: "no cloud", edit: map[string]string{"/platform/cloud": "none"},
			want: []string{"new platform.cloud-stated blocks", "switch cloud=none blocks"}},
		{name: "one system is of a lower level", edit: map[string]string{"/platform/systems/0/mlps_level": "2"},
			want: []string{"new platform.level-as-filed stricter", "sight systems[gov-core]/mlps_level=2 blocks"}},
		{name: "it goes live later", edit: map[string]string{"/platform/go_live": "2027-06-30"},
			want: []string{"gone contingency.drill-coverage", "new platform.launch-stated blocks", "new platform.stage-stated blocks", "switch go_live=2027-06-30 blocks"}},
		// The last thing that a failing veto looks at.
		{name: "the only project failed its acceptance and is gone", start: map[string]string{"/construction/projects/0/acceptance/conclusion": "failed"}, lacks: []string{"/construction/projects/1"}, remove: []string{"/construction/projects/0"},
			want: []string{"gone construction.accepted", "item construction/projects[phase-1] blocks", "new construction.in-use blocks", "new fact.missing blocks", "score"}},
		{name: "one of two projects failed its acceptance and is gone", start: map[string]string{"/construction/projects/1/acceptance/conclusion": "failed"}, remove: []string{"/construction/projects/1"},
			want: []string{"gone construction.accepted", "gone construction.source-code", "item construction/projects[search-prefill] shown"}},
		{name: "the only project failed its acceptance and another is planned", start: map[string]string{"/construction/projects/0/acceptance/conclusion": "failed"}, lacks: []string{"/construction/projects/1"}, edit: map[string]string{"/construction/projects/0/stage": "retired"},
			want: []string{"gone construction.accepted", "new construction.in-use blocks", "sight construction/projects[phase-1]/stage=retired blocks"}},
		{name: "what failed its acceptance was built by the province", start: map[string]string{"/construction/projects/0/acceptance/conclusion": "failed"}, lacks: []string{"/construction/projects/1"},
			edit: map[string]string{"/platform/provider": "云岭省政务服务管理局", "/construction/projects": "[]", "/construction/provision": strings.TrimPrefix(provided, "/construction/provision ")},
			want: []string{"gone construction.accepted", "item construction/projects[phase-1] blocks", "item construction/projects[smart-guidance] shown", "switch provider=云岭省政务服务管理局 blocks"}},
		{name: "what complies was built by the province", edit: map[string]string{"/platform/provider": "云岭省政务服务管理局", "/construction/projects": "[]", "/construction/provision": strings.TrimPrefix(provided, "/construction/provision ")},
			want: []string{"gone construction.source-code", "item construction/projects[phase-1] shown", "item construction/projects[search-prefill] shown", "item construction/projects[smart-guidance] shown", "switch provider=云岭省政务服务管理局 blocks"}},
		// What went wrong, told otherwise.
		{name: "an incident was reported in time", start: late, edit: map[string]string{"/contingency/incidents/1/reported": "2026-11-20T09:30:00+08:00"},
			want: []string{"adverse contingency/incidents[november] blocks", "gone contingency.incident-reported"}},
		{name: "an incident was found later", start: late, edit: map[string]string{"/contingency/incidents/1/discovered": "2026-11-20T15:00:00+08:00"},
			want: []string{"adverse contingency/incidents[november] blocks", "gone contingency.incident-reported"}},
		{name: "an incident was long ago", start: late, edit: map[string]string{"/contingency/incidents/1/discovered": "2023-11-20T09:00:00+08:00", "/contingency/incidents/1/reported": "2023-11-20T15:30:00+08:00"},
			want: []string{"adverse contingency/incidents[november] blocks", "gone contingency.incident-reported", "new contingency.incident-ended shown"}},
		{name: "an incident goes by another name and is less grave", start: late, edit: map[string]string{"/contingency/incidents/1/id": "other", "/contingency/incidents/1/level": "general"},
			want: []string{"adverse contingency/incidents[november] blocks", "gone contingency.incident-reported"}},
		{name: "an incident is made good by what was there before", start: late, edit: map[string]string{"/contingency/incidents/1/rectified": "{ date: 2026-11-28, evidence: evidence/contingency-incident-202603.md }"},
			want: []string{"gone contingency.incident-reported", "record contingency/incidents[november]/rectified blocks"}},
		{name: "an incident is made good", start: late, edit: map[string]string{"/contingency/incidents/1/rectified": "{ date: 2026-11-28, evidence: evidence/review-202611.md }"},
			want: []string{"gone contingency.incident-reported"}},
		{name: "no incident ever", edit: map[string]string{"/contingency/incidents": "[]"},
			want: []string{"adverse contingency/incidents[incident-2026-03] blocks"}},
		{name: "incidents are no longer spoken of", remove: []string{"/contingency/incidents"},
			want: []string{"adverse contingency/incidents[incident-2026-03] blocks", "new fact.missing blocks", "score"}},
		{name: "an order was never given", edit: map[string]string{"/platform/orders": "[]"},
			want: []string{"adverse platform/orders[order-2026-01] blocks"}},
		{name: "an order is given, and its term lies ahead", edit: map[string]string{"/platform/orders/-": "{ id: november, date: 2026-11-20, authority: 云州市互联网信息办公室, matter: 页脚备案号失效, due: 2026-12-20, evidence: evidence/review-202611.md }"}},
		{name: "an order was followed earlier", edit: map[string]string{"/platform/orders/0/rectified": "2026-03-12"},
			want: []string{"adverse platform/orders[order-2026-01] blocks"}},
		{name: "fewer are open, on the day of the old count", start: open, edit: map[string]string{"/hardening/open_vulnerabilities/critical": "{ count: 0 }"},
			want: []string{"adverse hardening/open_vulnerabilities blocks", "gone hardening.critical-fixed"}},
		{name: "fewer are open, and others were found later", start: open, edit: map[string]string{"/hardening/open_vulnerabilities/critical": "{ count: 0 }", "/hardening/open_vulnerabilities/medium/oldest_found": "2026-10-28"},
			want: []string{"adverse hardening/open_vulnerabilities blocks", "gone hardening.critical-fixed"}},
		{name: "what is open was found later", start: open, edit: map[string]string{"/hardening/open_vulnerabilities/critical/oldest_found": "2026-11-29"},
			want: []string{"adverse hardening/open_vulnerabilities blocks", "gone hardening.critical-fixed"}},
		{name: "fewer are open on a later day", start: open, edit: map[string]string{"/hardening/open_vulnerabilities/critical": "{ count: 0 }", "/hardening/open_vulnerabilities/counted": "2026-11-30", "/hardening/open_vulnerabilities/evidence": "evidence/review-202611.md"},
			want: []string{"gone hardening.critical-fixed"}},
		{name: "fewer are open on a later day, by the same register", start: open, edit: map[string]string{"/hardening/open_vulnerabilities/critical": "{ count: 0 }", "/hardening/open_vulnerabilities/counted": "2026-11-30"},
			want: []string{"adverse hardening/open_vulnerabilities blocks", "gone hardening.critical-fixed"}},
		{name: "fewer are open, as a new register shows that names no later day", start: open, edit: map[string]string{"/hardening/open_vulnerabilities/critical": "{ count: 0 }", "/hardening/open_vulnerabilities/evidence": "evidence/review-202611.md"},
			want: []string{"evidence replaced shown", "gone hardening.critical-fixed", "record hardening/open_vulnerabilities shown"}},
		{name: "fewer are open, and the day of counting is said for the first time", start: open, lacks: []string{"/hardening/open_vulnerabilities/counted"}, edit: map[string]string{"/hardening/open_vulnerabilities/critical": "{ count: 0 }", "/hardening/open_vulnerabilities/counted": "2026-11-30", "/hardening/open_vulnerabilities/evidence": "evidence/review-202611.md"},
			want: []string{"gone fact.missing", "gone hardening.critical-fixed"}},
		{name: "fewer are open, and the day of counting is said for the first time, of the old list", start: open, lacks: []string{"/hardening/open_vulnerabilities/counted"}, edit: map[string]string{"/hardening/open_vulnerabilities/critical": "{ count: 0 }", "/hardening/open_vulnerabilities/counted": "2026-11-30"},
			want: []string{"adverse hardening/open_vulnerabilities blocks", "gone fact.missing", "gone hardening.critical-fixed"}},
		{name: "a known count grows, as was counted since", start: map[string]string{"/hardening/open_vulnerabilities/critical": "{ count: 3, oldest_found: 2026-09-25 }"}, edit: map[string]string{"/hardening/open_vulnerabilities/critical/count": "5", "/hardening/open_vulnerabilities/counted": "2026-11-30", "/hardening/open_vulnerabilities/evidence": "evidence/review-202611.md"}},
		{name: "a known count grows without end", start: map[string]string{"/hardening/open_vulnerabilities/medium/count": "14"}, edit: map[string]string{"/hardening/open_vulnerabilities/medium/count": "5000"},
			want: []string{"record hardening/open_vulnerabilities shown", "worse hardening.medium-fixed"}},
		{name: "a restore will succeed", start: failed, edit: map[string]string{"/backups/sets/0/restore_tests/-": "{ id: again, date: 2026-12-25, scope: full, ok: true, duration: PT3H, evidence: evidence/review-202611.md }"},
			want: []string{"new fact.future blocks", "score"}},
		{name: "a failed restore was of samples", start: failed, edit: map[string]string{"/backups/sets/0/restore_tests/2/scope": "sample"},
			want: []string{"adverse backups/sets[service]/restore_tests[failed] blocks", "gone backups.restore-full"}},
		{name: "a restore succeeded, by what was there before", start: failed, edit: map[string]string{"/backups/sets/0/restore_tests/-": "{ id: again, date: 2026-11-28, scope: full, ok: true, duration: PT3H, evidence: evidence/backups-restore-202609.md }"},
			want: []string{"gone backups.restore-full", "gone backups.restore-samples", "record backups/sets[service]/restore_tests[again] shown"}},
		{name: "a restore succeeded", start: failed, edit: map[string]string{"/backups/sets/0/restore_tests/-": "{ id: again, date: 2026-11-28, scope: full, ok: true, duration: PT3H, evidence: evidence/review-202611.md }"},
			want: []string{"gone backups.restore-full", "gone backups.restore-samples"}},
		// What is on record is told more truly, as new evidence shows: that costs no more than to leave it as it was.
		{name: "a restore was no success after all", edit: map[string]string{"/backups/sets/0/restore_tests/1/ok": "false", "/backups/sets/0/restore_tests/1/evidence": "evidence/review-202611.md"},
			want: []string{"evidence replaced shown", "new backups.restore-full reported", "new backups.restore-samples reported"}},
		{name: "a restore was no success after all, by the same report", edit: map[string]string{"/backups/sets/0/restore_tests/1/ok": "false"},
			want: []string{"new backups.restore-full shown", "new backups.restore-samples blocks", "record backups/sets[service]/restore_tests[restore-2026-09] shown"}},
		{name: "a restore was no success after all, and there is a copy less", edit: map[string]string{"/backups/sets/0/restore_tests/1/ok": "false", "/backups/sets/0/restore_tests/1/evidence": "evidence/review-202611.md"}, remove: []string{"/backups/sets/0/copies/1"},
			want: []string{"evidence replaced shown", "item backups/sets[service]/copies[remote] shown", "new backups.offsite-copy blocks", "new backups.restore-full reported", "new backups.restore-samples reported", "new backups.two-media shown", "score", "sight backups/sets[service]/copies[remote]/site= shown"}},
		{name: "a restore was no success after all, says who leaves the outcome out", remove: []string{"/backups/sets/0/restore_tests/1/ok"},
			want: []string{"new fact.missing blocks", "record backups/sets[service]/restore_tests[restore-2026-09] shown"}},
		{name: "a restore was no success after all, and another was", start: failed, edit: map[string]string{"/backups/sets/0/restore_tests/2/ok": "true", "/backups/sets/1/restore_tests/0/ok": "false", "/backups/sets/1/restore_tests/0/evidence": "evidence/review-202611.md"},
			want: []string{"adverse backups/sets[service]/restore_tests[failed] blocks", "evidence replaced shown", "gone backups.restore-full", "gone backups.restore-samples", "new backups.restore-full reported", "new backups.restore-samples reported"}},
		{name: "an order was not carried out after all", edit: map[string]string{"/platform/orders/0/evidence": "evidence/review-202611.md"}, remove: []string{"/platform/orders/0/rectified"},
			want: []string{"evidence replaced shown", "new platform.orders-on-time reported", "new platform.orders-rectified reported"}},
		{name: "more is open than was counted, on the same day", edit: open, want: []string{"new hardening.critical-fixed blocks", "record hardening/open_vulnerabilities shown"}},
		{name: "more is open than was known, on the same day", start: open, edit: map[string]string{"/hardening/open_vulnerabilities/critical/count": "5"},
			want: []string{"record hardening/open_vulnerabilities shown", "worse hardening.critical-fixed blocks"}},
		// Others of the same name, day or page.
		{name: "tickets of one day, and one of them is gone", start: map[string]string{"/support/waiting/0/received": "2026-11-23", "/support/waiting/1/received": "2026-11-23"}, remove: []string{"/support/waiting/0"},
			want: []string{"adverse support/waiting[t-2026-31807] blocks"}},
		{name: "an incident was entered twice", start: map[string]string{"/contingency/incidents": "[" + incident + ", " + strings.Replace(incident, "november", "again", 1) + "]"}, remove: []string{"/contingency/incidents/1"},
			want: []string{"item contingency/incidents[again] shown"}},
		{name: "an incident has another number", start: late, edit: map[string]string{"/contingency/incidents/1/id": "november-20"}, want: []string{"item contingency/incidents[november] shown"}},
		{name: "an incident has another number, and was less grave", start: late, edit: map[string]string{"/contingency/incidents/1/id": "november-20", "/contingency/incidents/1/level": "general"},
			want: []string{"adverse contingency/incidents[november] blocks", "gone contingency.incident-reported"}},
		{name: "an assessment has another number, as that of another system has", start: map[string]string{"/platform/systems/0/assessments": nonconforming}, edit: map[string]string{"/platform/systems/0/assessments/0/id": "gov-core"},
			want: []string{"item platform/systems[gov-core]/assessments[assessment-2026] shown"}},
		{name: "a store is replaced by another", start: map[string]string{"/encryption/stores/0/method": "none"}, edit: with(with(with(elsewhere, "/architecture/data_stores/0/kind", "document"), "/architecture/data_stores/0/content", "办件"), "/architecture/data_stores/0/site", "dc-west"),
			want: []string{"item architecture/data_stores[service-db] shown"}},
		{name: "a store is replaced by another that holds nothing important", start: map[string]string{"/encryption/stores/0/method": "none"}, edit: with(with(with(with(elsewhere, "/architecture/data_stores/0/kind", "document"), "/architecture/data_stores/0/site", "dc-west"), "/architecture/data_stores/0/important", "false"), "/architecture/data_stores/0/personal_info", "false"),
			want: []string{"gone encryption.at-rest", "gone encryption.personal-info-stores", "item architecture/data_stores[service-db] shown", "sight architecture/data_stores[case-db]/important=false blocks", "sight architecture/data_stores[case-db]/personal_info=false blocks"}},
		{name: "the first plans are of one resolution", lacks: []string{"/contingency/plans/2", "/contingency/plans/1"}, start: map[string]string{"/contingency/plans/0/issued": "2027-01-08"}, edit: map[string]string{"/contingency/plans": "[" + plan("a") + ", " + plan("b") + "]"},
			want: []string{"gone contingency.drill-coverage", "gone fact.future", "item contingency/plans[general] shown", "new contingency.drill-coverage shown", "new contingency.drill-interval blocks", "new contingency.plan-training shown", "record contingency/plans[a] contingency/plans[b] shown"}},
		{name: "a plan has another name", start: unrevised, edit: overall, want: []string{"item contingency/plans[general] shown"}},
		{name: "a plan has another name, and its review another outcome", start: unrevised, edit: with(overall, "/contingency/plans/0/reviews/1/outcome", "revised"),
			want: []string{"adverse contingency/plans[overall]/reviews[review-2026-10] blocks", "gone contingency.plan-reviewed", "item contingency/plans[general] shown"}},
		{name: "a failed restore succeeded, as another place of the same page shows", start: map[string]string{"/backups/sets/0/restore_tests/-": strings.Replace(failed["/backups/sets/0/restore_tests/-"], "evidence/backups-restore-202609.md", "'https://www.yunzhou.gov.cn/backup/58'", 1)},
			edit: map[string]string{"/backups/sets/0/restore_tests/2/ok": "true", "/backups/sets/0/restore_tests/2/evidence": "https://WWW.yunzhou.gov.cn/backup/58/#two"},
			want: []string{"adverse backups/sets[service]/restore_tests[failed] blocks", "gone backups.restore-full", "gone backups.restore-samples"}},
		{name: "a failed restore succeeded, as another page shows", start: map[string]string{"/backups/sets/0/restore_tests/-": strings.Replace(failed["/backups/sets/0/restore_tests/-"], "evidence/backups-restore-202609.md", "'https://www.yunzhou.gov.cn/backup/58'", 1)},
			edit: map[string]string{"/backups/sets/0/restore_tests/2/ok": "true", "/backups/sets/0/restore_tests/2/evidence": "https://www.yunzhou.gov.cn/backup/59"},
			want: []string{"gone backups.restore-full", "gone backups.restore-samples", "record backups/sets[service]/restore_tests[failed] shown"}},
		{name: "the plan of a new year, on the paper of the old one", start: map[string]string{"/operations/plans/0/until": "2026-11-30"}, edit: map[string]string{"/operations/plans/-": next("operations-maintenance-2026")},
			want: []string{"gone operations.plan-current", "gone operations.plan-detailed", "record operations/plans[plan-2027] shown"}},
		{name: "the plan of a new year", start: map[string]string{"/operations/plans/0/until": "2026-11-30"}, edit: map[string]string{"/operations/plans/-": next("review-202611")},
			want: []string{"gone operations.plan-current", "gone operations.plan-detailed"}},
		// What contradicts the header gives way to it.
		{name: "what is open to the internet is not, says the header too", start: unset("/platform/internet_facing"), edit: map[string]string{"/architecture/components/0/exposure": "extranet"},
			want: []string{"gone platform.internet-stated", "sight architecture/components[portal]/exposure=extranet shown"}},
		{name: "what faces the internet has a part that does", start: map[string]string{"/architecture/components/0/exposure": "internal"}, edit: map[string]string{"/architecture/components/0/exposure": "internet"},
			want: []string{"gone architecture.exposure-stated", "gone platform.internet-stated"}},
		{name: "the cloud of a platform without one has no level", start: map[string]string{"/platform/cloud": "none"}, edit: map[string]string{"/architecture/sites/0/cloud_level": "0"},
			want: []string{"gone platform.cloud-stated", "sight architecture/sites[dc-east]/cloud_level=0 shown"}},
		// A platform comes in by its stage.
		{name: "a planned platform is launched", start: map[string]string{"/platform/stage": "planning"}, edit: map[string]string{"/platform/stage": "operating"},
			want: []string{"gone platform.stage-stated", "new findings stricter"}},
		{name: "a planned platform is launched, and a veto fails", start: map[string]string{"/platform/stage": "planning", "/encryption/stores/0/method": "none"}, edit: map[string]string{"/platform/stage": "operating"},
			want: []string{"gone platform.stage-stated", "new findings stricter", "score"}},
		// Two edits, of which the second hides what the first does.
		{name: "a failed restore succeeded, on a later day", start: failed, edit: map[string]string{"/backups/sets/0/restore_tests/2/ok": "true", "/backups/sets/0/restore_tests/2/date": "2026-11-26"},
			want: []string{"adverse backups/sets[service]/restore_tests[failed] blocks", "gone backups.restore-full", "gone backups.restore-samples"}},
		{name: "a failed restore succeeded, on a later day, as a new report shows", start: failed, edit: map[string]string{"/backups/sets/0/restore_tests/2/ok": "true", "/backups/sets/0/restore_tests/2/date": "2026-11-26", "/backups/sets/0/restore_tests/2/evidence": "evidence/review-202611.md"},
			want: []string{"gone backups.restore-full", "gone backups.restore-samples"}},
		{name: "a failed restore is gone, and an older one is of a later day", start: failed, edit: map[string]string{"/backups/sets/0/restore_tests/1/date": "2026-11-26"}, remove: []string{"/backups/sets/0/restore_tests/2"},
			want: []string{"adverse backups/sets[service]/restore_tests[failed] blocks", "gone backups.restore-full", "gone backups.restore-samples", "record backups/sets[service]/restore_tests[restore-2026-09] shown"}},
		{name: "a failed restore is gone, and a later one succeeded", start: failed, edit: map[string]string{"/backups/sets/0/restore_tests/2": "{ id: again, date: 2026-11-28, scope: full, ok: true, duration: PT3H, evidence: evidence/review-202611.md }"},
			want: []string{"gone backups.restore-full", "gone backups.restore-samples", "item records shown"}},
		{name: "a failed restore is gone, and a later one succeeded, by what was there before", start: failed, edit: map[string]string{"/backups/sets/0/restore_tests/2": "{ id: again, date: 2026-11-28, scope: full, ok: true, duration: PT3H, evidence: evidence/backups-restore-202609.md }"},
			want: []string{"adverse backups/sets[service]/restore_tests[failed] blocks", "gone backups.restore-full", "gone backups.restore-samples"}},
		{name: "the year of a grading was a slip, as what others rest on shows", start: map[string]string{"/platform/systems/0/grading/date": "2028-08-28"}, edit: map[string]string{"/platform/systems/0/grading/date": "2023-08-28", "/platform/systems/0/grading/evidence": "[evidence/platform-grading-202305.md, evidence/platform-filing-202511.md]"},
			want: []string{"gone fact.future", "record platform/systems[gov-core]/grading shown"}},
		{name: "the year of a grading was a slip, as new evidence shows", start: map[string]string{"/platform/systems/0/grading/date": "2028-08-28"}, edit: map[string]string{"/platform/systems/0/grading/date": "2023-08-28", "/platform/systems/0/grading/evidence": "[evidence/platform-grading-202305.md, evidence/review-202611.md]"},
			want: []string{"gone fact.future"}},
		{name: "an incident was never so grave, as what nobody has shows", start: map[string]string{"/contingency/incidents/-": strings.Replace(incident, "platform-order-202603", "gone", 1)}, edit: map[string]string{"/contingency/incidents/1/level": "general", "/contingency/incidents/1/evidence": "evidence/none.md"},
			want: []string{"adverse contingency/incidents[november] blocks", "evidence replaced shown"}},
		{name: "a failed restore succeeded, and so did one of another set", start: map[string]string{"/platform/availability_level": "2", "/backups/sets/0/restore_tests": failedOnly, "/backups/sets/1/restore_tests": failedOnly, "/backups/sets/2/restore_tests": failedOnly},
			edit: map[string]string{"/backups/sets/0/restore_tests/0/ok": "true", "/backups/sets/2/restore_tests/-": "{ id: again, date: 2026-11-28, scope: full, ok: true, duration: PT3H, evidence: evidence/review-202611.md }"},
			want: []string{"adverse backups/sets[service]/restore_tests[bad] blocks", "gone backups.restore-test"}},
		{name: "an assessment is another system's, which has one of its name", start: map[string]string{"/platform/systems/0/assessments": nonconforming}, edit: map[string]string{"/platform/systems/1/assessments/-": strings.Trim(nonconforming, "[]"), "/platform/systems/0/assessments": "[]"},
			want: []string{"adverse platform/systems[gov-core]/assessments[assessment-2026] blocks", "gone platform.assessment-conclusion", "gone platform.nonconformity-planned", "new platform.assessed-in-period blocks", "new platform.assessment-conclusion reported", "new platform.nonconformity-planned reported", "new schema.x_key blocks"}},
		{name: "a report is no longer open, by a count of another name", edit: map[string]string{"/supervision/cases/1/id": "other", "/supervision/cases/1/unclosed": "[]"},
			want: []string{"adverse supervision/cases[other]/unclosed[report-2026-035] blocks", "item supervision/cases[cases-2026-10] shown", "new supervision.cases-add-up shown", "record supervision/cases[other] shown"}},
		{name: "a report is no longer open, by the same count of a later day", edit: map[string]string{"/supervision/cases/1/until": "2026-11-27", "/supervision/cases/1/unclosed": "[]"},
			want: []string{"adverse supervision/cases[cases-2026-10]/unclosed[report-2026-035] blocks", "new supervision.cases-add-up shown", "record supervision/cases[cases-2026-10] shown"}},
		{name: "a report is no longer open, by a later count", edit: map[string]string{"/supervision/cases/1/until": "2026-11-30", "/supervision/cases/1/unclosed": "[]", "/supervision/cases/1/evidence": "evidence/review-202611.md"},
			want: []string{"item supervision/cases[cases-2026-10]/unclosed[report-2026-035] shown", "new supervision.cases-add-up shown"}},
		{name: "reports of a later time are counted, by an old count's evidence", start: map[string]string{"/supervision/cases/0/until": "2026-03-31"}, lacks: []string{"/supervision/cases/1"}, edit: map[string]string{"/supervision/cases/-": "{ id: cases-2026-10, from: 2026-07-01, until: 2026-10-31, received: 14, answered: 14, slowest_answer: P4D, substantiated: 3, remedied: 3, closed: 14, slowest_close: P19D, unreachable: 2, replied: 12, unclosed: [], evidence: evidence/supervision-cases-202606.md }"},
			want: []string{"gone supervision.cases-counted", "record supervision/cases[cases-2026-10] shown"}},
		{name: "reports of a later time are counted", start: map[string]string{"/supervision/cases/0/until": "2026-03-31"}, lacks: []string{"/supervision/cases/1"}, edit: map[string]string{"/supervision/cases/-": "{ id: cases-2026-10, from: 2026-07-01, until: 2026-10-31, received: 14, answered: 14, slowest_answer: P4D, substantiated: 3, remedied: 3, closed: 14, slowest_close: P19D, unreachable: 2, replied: 12, unclosed: [], evidence: evidence/review-202611.md }"},
			want: []string{"gone supervision.cases-counted"}},
		{name: "high risks are closed, by the same report", start: map[string]string{"/platform/systems/0/assessments/1/high_risks_closed": "0"}, edit: map[string]string{"/platform/systems/0/assessments/1/high_risks_closed": "1"},
			want: []string{"gone platform.high-risks-closed", "record platform/systems[gov-core]/assessments[assessment-2026] shown"}},
		{name: "nobody processes data for others", edit: map[string]string{"/data/processors": "[]"},
			want: []string{"item data/processors[cloud] shown", "item data/processors[hotline-vendor] shown", "item data/processors[platform-vendor] shown", "new data.processors-listed blocks"}},
		{name: "every backup succeeded", edit: map[string]string{"/backups/sets/0/records/0/success_rate": "100"},
			want: []string{"record backups/sets[service]/records[run-2026-10] shown"}},
		{name: "every backup succeeded, by the same file that is pinned now", edit: map[string]string{"/backups/sets/0/records/0/success_rate": "100", "/backups/sets/0/records/0/evidence": "{ path: evidence/backups-run-202610.md, sha256: 3b9198df98b281767050461be04aea4ee7e0d97424102d9214516eb9ed025af8 }"},
			want: []string{"record backups/sets[service]/records[run-2026-10] shown"}},
		{name: "a store is important", start: plain, edit: map[string]string{"/architecture/data_stores/0/important": "true"},
			want: []string{"item added shown", "new encryption.at-rest stricter"}},
		{name: "a component is open to the internet", start: map[string]string{"/architecture/components/1/exposure": "internal"}, edit: map[string]string{"/architecture/components/1/exposure": "internet"},
			want: []string{"new hardening.security-test-covers stricter", "new network.ddos stricter", "new network.outward-zone stricter", "new network.waf stricter"}},
		{name: "a store is important, and less is done for it", start: map[string]string{"/architecture/data_stores/0/important": "false", "/architecture/data_stores/0/personal_info": "false"}, edit: map[string]string{"/architecture/data_stores/0/important": "true", "/encryption/stores/0/method": "none"},
			want: []string{"item added shown", "new encryption.at-rest blocks", "score", "sight encryption/stores[service-db]/method=none shown"}},
		{name: "a restore was no success after all", edit: map[string]string{"/backups/sets/0/restore_tests/1/ok": "false", "/backups/sets/0/restore_tests/1/evidence": "evidence/review-202611.md"},
			want: []string{"evidence replaced shown", "new backups.restore-full reported", "new backups.restore-samples reported"}},
		{name: "a restore fails, and older ones are no longer listed", edit: map[string]string{"/backups/sets/0/restore_tests": "[{id: november, date: 2026-11-25, scope: full, ok: false, duration: PT3H, evidence: evidence/review-202611.md}]"},
			want: []string{"item records shown", "new backups.restore-full reported", "new backups.restore-samples reported"}},
		{name: "older restores are no longer listed", remove: []string{"/backups/sets/0/restore_tests/1"},
			want: []string{"item backups/sets[service]/restore_tests[restore-2026-09] shown", "new backups.restore-full shown", "new backups.restore-samples blocks"}},
		{name: "a platform is retired, and nothing is left open", edit: map[string]string{"/platform/stage": "retired", "/platform/retirement": "{ date: 2026-11-30, evidence: evidence/review-202611.md }"},
			want: []string{"gone architecture.resources-not-idle", "gone backups.restore-full", "gone construction.source-code", "gone contingency.drill-coverage", "gone data.retention-coverage", "gone encryption.national-channels", "gone hardening.medium-fixed", "gone network.stray-connections", "gone operations.inspections-unbroken", "gone organization.post-filled", "gone services.items-reviewed", "gone supervision.issue-term", "gone training.simulation-retrained",
				"switch stage=retired blocks"}},
		{name: "a platform is retired, and where its data went is open", edit: map[string]string{"/platform/stage": "retired"},
			want: []string{"gone architecture.resources-not-idle", "gone backups.restore-full", "gone construction.source-code", "gone contingency.drill-coverage", "gone data.retention-coverage", "gone encryption.national-channels", "gone hardening.medium-fixed", "gone network.stray-connections", "gone operations.inspections-unbroken", "gone organization.post-filled", "gone services.items-reviewed", "gone supervision.issue-term", "gone training.simulation-retrained",
				"new fact.missing blocks", "score", "switch stage=retired blocks"}},
		{name: "a platform in use again, and less is encrypted", start: retired, edit: map[string]string{"/platform/stage": "operating", "/encryption/stores/0/method": "none"}, remove: []string{"/platform/retirement"},
			want: []string{"new encryption.at-rest blocks", "new encryption.personal-info-stores shown", "new findings stricter", "score", "sight encryption/stores[service-db]/method=none shown"}},
		{name: "a platform in use again, and holds no personal data", start: retired, edit: map[string]string{"/platform/stage": "operating", "/architecture/data_stores/0/personal_info": "false"}, remove: []string{"/platform/retirement"},
			want: []string{"new findings stricter", "sight architecture/data_stores[service-db]/personal_info=false shown"}},
		{name: "what went wrong is forgotten while a platform is retired", start: retired, edit: map[string]string{"/contingency/incidents": "[]"},
			want: []string{"adverse contingency/incidents[incident-2026-03] blocks"}},
		{name: "a store is retired, with all that named it", remove: []string{"/architecture/data_stores/3", "/backups/sets/2", "/encryption/stores/3", "/data/catalogue/stores/3", "/data/authorisations/2", "/data/collection_reviews/0/stores/3", "/hardening/scans/2/covers/3"},
			want: []string{"gone backups.restore-full", "gone data.retention-coverage", "item architecture/data_stores[log-store] shown", "item backups/sets[logs] shown", "item data/authorisations[auth-2026-03] shown"}},
		{name: "a platform in use again", platform: "platforms/city-operations", start: map[string]string{"/platform/stage": "retired", "/platform/retirement": "{ planned: 2026-10-01 }"}, edit: map[string]string{"/platform/stage": "operating"},
			want: []string{"new findings stricter"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := r.platforms[slices.IndexFunc(r.platforms, func(d described) bool { return d.path == cmp.Or(c.platform, "platforms/government-services") })]
			d.files[path.Join(d.path, "evidence/review-202611.md")] = &fstest.MapFile{Data: []byte("复核记录\n")}
			before := patched(t, example(t, c.start, c.lacks), d.topics)
			after := patched(t, example(t, c.edit, c.remove), before)
			p := r.gate(t, r.tree(d, before), r.tree(d, after))
			if p == nil {
				t.Fatal("no change")
			}
			if got := toldOf(p); !slices.Equal(got, c.want) {
				t.Errorf("\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(c.want, "\n\t"))
			}
		})
	}
}

// A veto does not pass among many records that are dated otherwise as well.
func TestVetoAmongManyRecords(t *testing.T) {
	r := openRepo(t)
	d := r.described(t, "government-services")
	before := patched(t, example(t, map[string]string{"/hardening/security_tests/0/date": "2024-01-02"}, nil), d.topics)
	edit := map[string]string{"/hardening/security_tests/0/date": "2026-11-20"}
	reviews := len(d.topics["architecture"].ListAt("capacity_reviews"))
	for i := range 80 {
		before = patched(t, example(t, map[string]string{"/architecture/capacity_reviews/-": fmt.Sprintf("{ id: r%d, date: 2024-01-15, resources: [{ name: compute, peak_use: 50, average_use: 40 }], evidence: evidence/architecture-capacity-202603.md }", i)}, nil), before)
		edit[fmt.Sprintf("/architecture/capacity_reviews/%d/date", reviews+i)] = "2024-02-01"
	}
	p := r.gate(t, r.tree(d, before), r.tree(d, patched(t, example(t, edit, nil), before)))
	if p == nil || len(p.Blocks) == 0 {
		t.Errorf("it passes: %q", toldOf(p))
	}
}

// Whatever the header says yes to stops a change that says no, by name.
func TestEverySwitchOfTheHeaderBlocks(t *testing.T) {
	r := openRepo(t)
	for _, d := range r.platforms {
		for _, f := range d.topics[rulebook.HeaderTopic].Fields() {
			if kind := r.book.Schemas.Find(rulebook.HeaderTopic).Root.Field(f.Key); f.Value.Kind != document.Bool || !f.Value.Bool || !kind.Type.Switch {
				continue
			}
			p := r.gate(t, r.tree(d, d.topics), r.tree(d, patched(t, example(t, map[string]string{"/platform/" + f.Key: "false"}, nil), d.topics)))
			if want := "switch " + f.Key + "=false blocks"; !slices.Contains(toldOf(p), want) {
				t.Errorf("%s: %q, want %q", d.path, toldOf(p), want)
			}
		}
	}
}

// toldOf is what a gate says of a platform that may stop a change, and what has become
// of it.
func toldOf(p *compare.Platform) (said []string) {
	for _, f := range slices.Concat(p.Fixed, p.Withdrawn) {
		said = append(said, "gone "+f.Check)
	}
	for _, f := range p.New {
		state := " shown"
		if f.Stricter && len(p.New) > 10 {
			said = append(said, "new findings stricter")
			continue
		}
		switch {
		case f.Blocking:
			state = " blocks"
		case f.Reported:
			state = " reported"
		case f.Stricter:
			state = " stricter"
		}
		said = append(said, "new "+f.Check+state)
	}
	for _, c := range p.Scope {
		state := " shown"
		if c.Blocking {
			state = " blocks"
		}
		said = append(said, c.Kind+" "+c.Subject+state)
	}
	for _, w := range p.Worse {
		state := ""
		if w.Blocking {
			state = " blocks"
		}
		said = append(said, "worse "+w.Check+state)
	}
	for _, b := range p.Blocks {
		if reason := b.Full.EN; strings.Contains(reason, "raw score") || strings.Contains(reason, "compliant") || strings.Contains(reason, "does not comply") {
			said = append(said, "score")
		}
	}
	slices.Sort(said)
	return slices.Compact(said)
}
