package hegui_test

import (
	"slices"
	"strings"
	"testing"
)

// Lawful platforms of which a check would ask what cannot exist there: none of it is
// found, and it is where another fact says that it does exist.
func TestNothingIsAskedThatCannotExist(t *testing.T) {
	r := openRepo(t)
	d := r.described(t, "government-services")
	const (
		storeKind = "/architecture/data_stores/%/kind"
		bought    = "/construction/projects/%/handover/source_code"
	)
	each := func(pointer, value string, indices ...string) map[string]string {
		set := map[string]string{}
		for _, i := range indices {
			set[strings.Replace(pointer, "%", i, 1)] = value
		}
		return set
	}
	with := func(sets ...map[string]string) map[string]string {
		all := map[string]string{}
		for _, set := range sets {
			for pointer, value := range set {
				all[pointer] = value
			}
		}
		return all
	}
	objects := with(each(storeKind, "object", "0", "1", "2"), each("/encryption/stores/%/method", "file", "0", "1", "2"),
		map[string]string{"/network/audit/sources/3": "{ name: object-log, kind: other, components: [workflow, identity], enabled: true, fields: [time, user, event, result], retention: P2Y, central: true }",
			"/network/audit/retrievals/0/sources": "[perimeter-log, host-log, access-log, object-log, bastion-log]"})
	databases := []string{"/hardening/baselines/1", "/hardening/scans/2", "/accounts/top_administrators/database"}
	product := with(each(bought, "{ delivered: no_custom_code, evidence: evidence/construction-handover-202307.md }", "0", "1"),
		each("/construction/projects/%/development", "{ started: 2023-02-20, test_data: masked }", "0"), each("/construction/projects/%/development", "{ started: 2025-11-17, test_data: masked }", "1"))
	few := map[string]string{"/training/staff/total": "40", "/training/staff/administrators": "40", "/training/staff/key_posts": "0", "/training/sessions/1/headcount": "40", "/training/sessions/1/attended": "40", "/training/sessions/1/passed": "40", "/contingency/drills/2/participants": "41",
		"/services/staff/trainings/0/headcount": "40", "/services/staff/trainings/0/trained": "40", "/services/staff/trainings/0/passed": "40"}
	for _, c := range []struct {
		name   string
		set    map[string]string
		remove []string
		want   []string // checks that fail and do not at the platform itself, facts that are missed
	}{
		{"no database", objects, databases, nil},
		{"no database, and one is left", with(objects, map[string]string{"/architecture/data_stores/2/kind": "relational"}), databases,
			[]string{"fact.missing", "hardening.baseline-kinds", "hardening.databases-scanned", "hardening.scans-cover-stores", "network.audit-kinds", "network.audit-stores"}},
		{"no database, says a platform that hardens its databases", objects, databases[1:], []string{"architecture.store-kinds-stated"}},
		{"a product was bought", product, nil, nil},
		{"all staff are administrators", few, []string{"/training/sessions/2"}, nil},
		{"some staff are not administrators", with(few, map[string]string{"/training/staff/total": "41"}), []string{"/training/sessions/2"},
			[]string{"training.exam-passed", "training.headcount-agrees", "training.key-posts"}},
		{"two sites at work", map[string]string{"/architecture/sites/1/role": "primary"}, nil, nil},
		{"two sites at work, side by side", map[string]string{"/architecture/sites/1/role": "primary", "/architecture/sites/1/distance_km": "8"}, nil, []string{"backups.offsite-distance"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var failed []string
			before := r.check(t, d, example(t, nil, nil)).told()
			for _, one := range r.check(t, d, example(t, c.set, c.remove)).told() {
				if _, check, _ := strings.Cut(one, " "); !slices.Contains(before, one) {
					failed = append(failed, check)
				}
			}
			slices.Sort(failed)
			if failed = slices.Compact(failed); !slices.Equal(failed, c.want) {
				t.Errorf("%q, want %q", failed, c.want)
			}
		})
	}
}
