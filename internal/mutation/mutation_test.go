package mutation_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"hegui"
	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/mutation"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

// property is a schema's property with what every property must say.
func property(name, rest string) string {
	return fmt.Sprintf(`%q: {"title": "%[1]s名", "x-title-en": %[1]q, "description": "%[1]s的说明", "x-description-en": "about %[1]s", %[2]s}`, name, rest)
}

func object(properties ...string) string {
	var names []string
	for _, p := range properties {
		name, _, _ := strings.Cut(p, ":")
		names = append(names, name)
	}
	return `"type": "object", "additionalProperties": false, "required": [` + strings.Join(names, ", ") + `], "properties": {` + strings.Join(properties, ", ") + `}`
}

func list(key string, properties ...string) string {
	return `"type": "array", "minItems": 1, "x-key": "` + key + `", "items": {` + object(properties...) + `}`
}

const (
	slug = `"$ref": "common.schema.json#/$defs/slug"`
	day  = `"$ref": "common.schema.json#/$defs/date"`
	span = `"$ref": "common.schema.json#/$defs/period"`
)

// one is an enumeration of one value, which cannot be falsified.
func one(value string) string { return `"type": "string", "enum": ["` + value + `"]` }

const header = `{ name: { zh: 平台, en: Platform }, code: tiny, kind: office, stage: operating, mlps_level: 3, sensitivity: internal, hosted: true }`

const lamps = `
lamps:
  - { name: small, lit: true, oil: 50, cleaned: 2026-11-01, interval: P7D, neighbour: big, spare: true }
  - { name: big, lit: true, oil: 50, cleaned: 2026-11-01, interval: P7D, neighbour: small, spare: true }
rounds:
  - { lamp: small, by: keeper, done: true }
  - { lamp: big, by: keeper, done: true }
`

func check(id, extra string) string {
	return `
  - id: ` + id + `
    clauses: ["1.1"]
    severity: { default: minor }
    title: { zh: 检查, en: Check }
    rationale: { zh: 要查, en: It is to be checked }
    remedy: { zh: 改正, en: mend it }
    effort: small
    basis: { default: { kind: default, source: { zh: 默认, en: default }, confidence: unverified } }
    message: { zh: 不对, en: wrong }
    examples: [{ good: {} }, { bad: { set: { /x: 1 }, at: /x } }]
` + extra
}

func limit(name, value string) string {
	return "    limits: { " + name + ": { default: { value: " + value + ", basis: { kind: default, source: { zh: 默认, en: default }, confidence: unverified } } } }\n"
}

func lampChecks() map[string]string {
	each := "    each: [{ lamp: lamps.lamps }]\n"
	return map[string]string{
		"lamps.lit":       check("lamps.lit", each+"    assert: lamp.lit\n"),
		"lamps.oil":       check("lamps.oil", each+"    assert: lamp.oil >= limits.min_oil\n"+limit("min_oil", "10")),
		"lamps.cleaned":   check("lamps.cleaned", each+"    assert: recent(lamp.cleaned, limits.max_age)\n"+limit("max_age", "P1Y")),
		"lamps.interval":  check("lamps.interval", each+"    assert: lamp.interval <= limits.max_interval\n"+limit("max_interval", "P30D")),
		"lamps.neighbour": check("lamps.neighbour", each+"    assert: lamps.lamps.exists(l, l.name == lamp.neighbour)\n"),
		"lamps.done":      check("lamps.done", "    each: [{ round: lamps.rounds }]\n    assert: round.done\n"),
	}
}

// book is a rulebook in which every fact is read but whether a lamp is spare.
func book(t testing.TB, change func(files map[string]string, checks map[string]string)) *rulebook.Rulebook {
	t.Helper()
	checks := lampChecks()
	files := map[string]string{
		"schemas/platform.schema.json": `{"x-topic": {"order": 1}, ` + object(property("name", `"$ref": "common.schema.json#/$defs/bilingual"`), property("code", slug), property("kind", one("office")),
			property("stage", one("operating")), property("mlps_level", `"type": "integer", "minimum": 1, "maximum": 5`), property("sensitivity", one("internal")), property("hosted", `"type": "boolean"`)) + `}`,
		"schemas/lamps.schema.json": `{"x-topic": {"order": 2}, ` + object(
			property("lamps", list("name", property("name", slug), property("lit", `"type": "boolean"`), property("oil", `"type": "integer", "minimum": 0`), property("cleaned", day),
				property("interval", span), property("neighbour", slug), property("spare", `"type": "boolean"`))),
			property("rounds", list("lamp", property("lamp", slug), property("by", slug), property("done", `"type": "boolean"`)))) + `}`,
		"checks/regulation.yaml": "id: tiny\ntitle: { zh: 规定, en: Rules }\nnote: { zh: 测试, en: For tests }\nchapters: [{ id: \"1\", title: { zh: 一, en: One } }]\n" +
			"sections: [{ id: \"1.1\", title: { zh: 一, en: One } }]\nclauses: [{ id: \"1.1\", kind: duty, title: { zh: 一, en: One }, summary: { zh: 一, en: One } }]\n",
		"checks/policy.yaml": "points: { \"1.1\": 100 }\nweights: { blocker: 10, major: 5, minor: 2, advisory: 0 }\ngrades: [{ id: fail, min: 0, title: { zh: 不合格, en: fail } }]\n" +
			"open_blocker_grade: fail\nwaived_blocker_grade: fail\ncoverage: 60\nminimum: 60\nclause_floor: 60\nrequired_clauses: []\nwaiver: { max_term: P1Y }\nmarkings: [绝密★]\n" +
			"gate: { severity: major, max_drop: 2, scope_changes: { platform: block, topic: block, switch: block, item: warn } }\n",
		"checks/baseline/platform.yaml": header,
		"checks/baseline/lamps.yaml":    lamps,
		"checks/platform.yaml":          "as_of: 2026-12-01\nchecks:" + check("platform.hosted", "    assert: platform.hosted\n    at: platform.hosted\n"),
	}
	if change != nil {
		change(files, checks)
	}
	if files["checks/lamps.yaml"] == "" {
		content := "as_of: 2026-12-01\nchecks:"
		for _, id := range slices.Sorted(maps.Keys(checks)) {
			content += checks[id]
		}
		files["checks/lamps.yaml"] = content
	}
	tree := fstest.MapFS{}
	for name, content := range files {
		tree[name] = &fstest.MapFile{Data: []byte(content)}
	}
	for _, name := range []string{"check", "common", "overlay", "policy", "regulation", "sources", "survivors", "waivers"} {
		data, err := os.ReadFile(filepath.Join("..", "..", "schemas", name+".schema.json"))
		if err != nil {
			t.Fatal(err)
		}
		tree["schemas/"+name+".schema.json"] = &fstest.MapFile{Data: data}
	}
	loaded, err := rulebook.Load(source.FromFS(tree))
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}

func run(t testing.TB, b *rulebook.Rulebook, jobs int) *mutation.Result {
	t.Helper()
	r, err := mutation.Run(context.Background(), b, jobs)
	if err != nil {
		t.Fatal(err)
	}
	if r.Total == 0 || r.Killed+len(r.Surviving)+len(r.Reviewed) != r.Total {
		t.Fatalf("%d mutants: %d killed, %d surviving, %d reviewed", r.Total, r.Killed, len(r.Surviving), len(r.Reviewed))
	}
	return r
}

func texts(mutants []mutation.Mutant) string {
	var out []string
	for _, m := range mutants {
		out = append(out, m.Text())
	}
	return strings.Join(out, "; ")
}

const spare = "lamps.lamps.0.spare falsify (lamps.lamps.spare); lamps.lamps.1.spare falsify (lamps.lamps.spare)"

// A fact that nothing reads is the only one that can be lied about.
func TestUnreadFactSurvives(t *testing.T) {
	r := run(t, book(t, nil), 1)
	if got := texts(r.Surviving); got != spare {
		t.Errorf("surviving: %s", got)
	}
	first := r.Surviving[0]
	if want := (mutation.Mutant{Topic: "lamps", Place: "lamps.lamps.spare", Pointer: "/lamps/0/spare", Operator: "falsify"}); first != want {
		t.Errorf("%+v, want %+v", first, want)
	}
	if len(r.Reviewed)+len(r.Stale)+len(r.Idle) > 0 {
		t.Errorf("reviewed %v, stale %v, idle %v", r.Reviewed, r.Stale, r.Idle)
	}
}

// Without a check, or with one that asks for less, the lies it told of live.
func TestBluntedChecksLetMutantsLive(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(checks map[string]string)
		want   string
		idle   string
	}{
		{"no check", func(checks map[string]string) { delete(checks, "lamps.lit") }, "lamps.lamps.0.lit falsify (lamps.lamps.lit)", ""},
		{"a check of another fact", func(checks map[string]string) {
			checks["lamps.lit"] = strings.Replace(checks["lamps.lit"], "assert: lamp.lit", "assert: lamp.lit || lamp.oil >= 0", 1)
		}, "lamps.lamps.0.lit falsify (lamps.lamps.lit)", "lamps.lit"},
		{"always true", func(checks map[string]string) {
			checks["lamps.done"] = strings.Replace(checks["lamps.done"], "assert: round.done", "assert: 'true'", 1)
		}, "lamps.rounds.0.done falsify (lamps.rounds.done)", "lamps.done"},
		{"a limit that nothing reaches", func(checks map[string]string) {
			checks["lamps.oil"] = strings.Replace(checks["lamps.oil"], "value: 10", "value: 0", 1)
		}, "lamps.lamps.0.oil exceed (lamps.lamps.oil)", "lamps.oil"},
		{"a period that nothing reaches", func(checks map[string]string) {
			checks["lamps.interval"] = strings.Replace(checks["lamps.interval"], "value: P30D", "value: P200Y", 1)
		}, "lamps.lamps.0.interval exceed (lamps.lamps.interval)", "lamps.interval"},
		{"an operand dropped", func(checks map[string]string) {
			checks["lamps.neighbour"] = strings.Replace(checks["lamps.neighbour"], "l.name == lamp.neighbour", "l.name != ''", 1)
		}, "lamps.lamps.0.neighbour dangle (lamps.lamps.neighbour)", "lamps.neighbour"},
		{"no look at the date", func(checks map[string]string) { delete(checks, "lamps.cleaned") }, "lamps.lamps.0.cleaned age (lamps.lamps.cleaned)", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := run(t, book(t, func(_, checks map[string]string) { c.change(checks) }), 2)
			if got := texts(r.Surviving); !strings.Contains(got, c.want) || !strings.Contains(got, "spare falsify") {
				t.Errorf("surviving: %s; want %s", got, c.want)
			}
			if len(r.Surviving) != 4 {
				t.Errorf("%d survive: %s", len(r.Surviving), texts(r.Surviving))
			}
			if got := strings.Join(r.Idle, " "); got != c.idle {
				t.Errorf("idle: %s, want %s", got, c.idle)
			}
		})
	}
}

// A fact that takes an item out of a check's sight is noticed, though the check
// still passes on the others: the gate shows it as a change of scope.
func TestLostItemIsNoticed(t *testing.T) {
	r := run(t, book(t, func(_, checks map[string]string) {
		checks["lamps.lit"] = strings.Replace(checks["lamps.lit"], "lamp: lamps.lamps", `lamp: "lamps.lamps.filter(l, l.spare)"`, 1)
	}), 1)
	if len(r.Surviving) > 0 {
		t.Errorf("surviving: %s", texts(r.Surviving))
	}
}

// A good example is a world of every check that has it: what one of them looks
// at there is noticed, whichever comes first.
func TestSharedGoodExample(t *testing.T) {
	const elsewhere = "good: { set: { /platform/hosted: false } }"
	b := book(t, func(files, checks map[string]string) {
		files["checks/platform.yaml"] = strings.Replace(files["checks/platform.yaml"], "good: {}", elsewhere, 1)
		checks["lamps.lit"] = strings.Replace(checks["lamps.lit"], "good: {}", elsewhere, 1) + "    when: '!platform.hosted'\n"
	})
	if got := texts(run(t, b, 1).Surviving); got != spare {
		t.Errorf("surviving: %s", got)
	}
}

// What somebody has reviewed may live; what is reviewed and no longer lives, or
// never did, is stale.
func TestReviewedSurvivors(t *testing.T) {
	reviewed := func(entries ...string) *rulebook.Rulebook {
		return book(t, func(files, _ map[string]string) {
			files["checks/survivors.yaml"] = "survivors:\n"
			for _, entry := range entries {
				place, operators, _ := strings.Cut(entry, " ")
				files["checks/survivors.yaml"] += fmt.Sprintf("  - { place: %s, operators: [%s], reason: { zh: 只供人看, en: For people only } }\n", place, operators)
			}
		})
	}
	for _, c := range []struct {
		entries                    []string
		surviving, reviewed, stale string
	}{
		{[]string{"lamps.lamps.spare falsify"}, "", spare, ""},
		{[]string{"lamps.lamps.spare falsify, remove"}, "", spare, "lamps.lamps.spare remove"},
		{[]string{"lamps.lamps.lit falsify"}, spare, "", "lamps.lamps.lit falsify"},
		{[]string{"lamps.lamps.gone falsify", "lamps.lamps.spare falsify"}, "", spare, "lamps.lamps.gone falsify"},
		{[]string{"lamps.lamps.spare exceed"}, spare, "", "lamps.lamps.spare exceed"},
	} {
		r := run(t, reviewed(c.entries...), 2)
		if got := texts(r.Surviving); got != c.surviving {
			t.Errorf("%v: surviving %s", c.entries, got)
		}
		if got := texts(r.Reviewed); got != c.reviewed {
			t.Errorf("%v: reviewed %s", c.entries, got)
		}
		if got := strings.Join(r.Stale, "; "); got != c.stale {
			t.Errorf("%v: stale %s, want %s", c.entries, got, c.stale)
		}
	}
}

// A record of the next day that found something worse is noticed where the
// newest decides, and nowhere else.
func TestOvertakenRecord(t *testing.T) {
	trials := func(assert string) *rulebook.Rulebook {
		return book(t, func(files, checks map[string]string) {
			files["schemas/lamps.schema.json"] = strings.Replace(files["schemas/lamps.schema.json"], `"required": [`, `"required": ["trials", `, 1)
			files["schemas/lamps.schema.json"] = strings.Replace(files["schemas/lamps.schema.json"], `"properties": {`, `"properties": {`+
				property("trials", list("id", property("id", slug), property("on", day), property("found", object(property("ok", `"type": "boolean", "x-outcome": true`)))))+", ", 1)
			files["checks/baseline/lamps.yaml"] += "trials: [{ id: a, on: 2026-10-01, found: { ok: true } }, { id: b, on: 2026-11-01, found: { ok: true } }]\n"
			checks["lamps.trials"] = check("lamps.trials", "    assert: "+assert+"\n    at: lamps.trials\n")
		})
	}
	const recent = `recent(r.on, period('P6M'))`
	for assert, want := range map[string]string{
		"lamps.trials.newest(r, r.on, true, " + recent + " && r.found.ok)":                        "; lamps.trials.0.found.ok falsify (lamps.trials.found.ok)",
		"lamps.trials.filter(r, r.found.ok).size() > 0":                                           "; lamps.trials overtake (lamps.trials.found.ok)",
		"lamps.trials.all(r, past(r.on) && r.found.ok) && lamps.trials.exists(r, " + recent + ")": "",
	} {
		if got := texts(run(t, trials(assert), 1).Surviving); !strings.Contains(got, want) || strings.Contains(got, "overtake") != strings.Contains(want, "overtake") {
			t.Errorf("%s: surviving %s, want %s", assert, got, want)
		}
	}
}

// A text of blanks and a switch turned off are lies as well.
func TestBlankAndBelittled(t *testing.T) {
	with := func(rest string) string {
		r := run(t, book(t, func(files, _ map[string]string) {
			files["schemas/lamps.schema.json"] = strings.Replace(strings.Replace(files["schemas/lamps.schema.json"], property("by", slug), property("by", rest), 1), `"about spare", `, `"about spare", "x-switch": true, `, 1)
		}), 1)
		return texts(r.Surviving)
	}
	loose, strict := with(`"type": "string", "minLength": 1`), with(`"type": "string", "minLength": 1, "format": "text"`)
	if !strings.Contains(loose, "lamps.rounds.0.by blank (lamps.rounds.by)") || strings.Contains(strict, "blank") {
		t.Errorf("surviving %s, and %s", loose, strict)
	}
	if !strings.Contains(strict, "lamps.lamps.0 belittle") {
		t.Errorf("surviving %s", strict)
	}
}

// A check that no lie can fail is told of.
func TestIdleChecks(t *testing.T) {
	r := run(t, book(t, func(_, checks map[string]string) {
		checks["lamps.any"] = check("lamps.any", "    assert: lamps.lamps.size() < 1000\n    at: lamps.lamps\n")
	}), 2)
	if got := strings.Join(r.Idle, " "); got != "lamps.any" || texts(r.Surviving) != spare {
		t.Errorf("idle %s, surviving %s", got, texts(r.Surviving))
	}
}

// The key of a list item is its name, no reference: giving it another would be
// another item. The same text elsewhere is a reference.
func TestKeysAreNoReferences(t *testing.T) {
	var pointers []string
	// Nothing looks at lamps and rounds but whether they are done and lit.
	r := run(t, book(t, func(_, checks map[string]string) {
		for _, id := range []string{"lamps.neighbour"} {
			delete(checks, id)
		}
	}), 2)
	for _, m := range r.Surviving {
		pointers = append(pointers, m.Pointer+" "+m.Operator)
	}
	want := []string{"/lamps/0/neighbour dangle", "/lamps/0/spare falsify", "/lamps/1/neighbour dangle", "/lamps/1/spare falsify"}
	if !slices.Equal(pointers, want) {
		t.Errorf("%v, want %v: keys must not be falsified, in whichever list, and references must", pointers, want)
	}
	// Nor in another topic, whose keys are other values.
	b := book(t, func(files, checks map[string]string) {
		files["schemas/walls.schema.json"] = `{"x-topic": {"order": 3}, ` + object(property("hooks", list("lamp", property("lamp", slug), property("firm", `"type": "boolean"`)))) + `}`
		files["checks/baseline/walls.yaml"] = "hooks: [{ lamp: small, firm: true }]"
		files["checks/walls.yaml"] = "as_of: 2026-12-01\nchecks:" +
			check("walls.firm", "    each: [{ hook: walls.hooks }]\n    assert: hook.firm && lamps.lamps.exists(l, l.name == hook.lamp)\n")
		delete(checks, "lamps.neighbour")
	})
	for _, m := range run(t, b, 2).Surviving {
		if m.Operator == "falsify" && (strings.HasSuffix(m.Pointer, "/name") || strings.HasSuffix(m.Pointer, "/lamp")) {
			t.Errorf("a key is falsified: %s", m.Text())
		}
	}
}

func TestJobsChangeNothing(t *testing.T) {
	b := book(t, func(_, checks map[string]string) { delete(checks, "lamps.lit"); delete(checks, "lamps.oil") })
	want := run(t, b, 1)
	for _, jobs := range []int{0, 2, 7} {
		if got := run(t, b, jobs); !reflect.DeepEqual(got, want) {
			t.Errorf("%d jobs: %+v, want %+v", jobs, got, want)
		}
	}
	data, err := json.Marshal(want)
	if err != nil || !strings.Contains(string(data), `"stale":[]`) || strings.Contains(string(data), "null") {
		t.Errorf("%s, %v", data, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := mutation.Run(ctx, b, 1); err == nil {
		t.Error("a run that is cancelled goes on")
	}
}

// The proof on the real rulebook: without a check, more lies go unnoticed. One
// topic and the header are kept, which is what makes this quick.
func TestRealChecksKillMutants(t *testing.T) {
	book, err := rulebook.Load(source.FromFS(hegui.Rulebook))
	if err != nil {
		t.Fatal(err)
	}
	topic, ids := smallest(t, book)
	t.Logf("%s with %d checks", topic, len(ids))
	kept := func(without string) *mutation.Result {
		return run(t, only(t, book, topic, func(c *rulebook.Check) bool { return c.ID != without }), 2)
	}
	before := kept("")
	missed := 0
	for tried, id := range ids {
		after := kept(id)
		if after.Total > before.Total { // leaving out what nobody asks for is no lie
			t.Errorf("without %s there are %d mutants, with it %d", id, after.Total, before.Total)
		}
		if len(after.Surviving) > len(before.Surviving) {
			t.Logf("without %s %d mutants survive, with it %d", id, len(after.Surviving), len(before.Surviving))
			missed++
		}
		if missed == 2 {
			return
		}
		if tried == 7 {
			break
		}
	}
	t.Errorf("only %d of the checks of %s are missed when they are deleted", missed, topic)
}

// smallest is the topic with the shortest schema of those that have at least
// four checks which read nothing but the topic itself and the header.
func smallest(t *testing.T, book *rulebook.Rulebook) (topic string, ids []string) {
	t.Helper()
	size := 0
	for _, s := range book.Schemas.Topics()[1:] {
		var own []string
		for _, c := range book.Checks {
			if c.Topic == s.Name && lone(c) {
				own = append(own, c.ID)
			}
		}
		data, err := hegui.Rulebook.ReadFile("schemas/" + s.Name + ".schema.json")
		if err != nil {
			t.Fatal(err)
		}
		if len(own) >= 4 && (size == 0 || len(data) < size) {
			topic, ids, size = s.Name, own, len(data)
		}
	}
	if topic == "" {
		t.Fatal("no topic has four checks of its own")
	}
	return topic, ids
}

// unlink drops the x-refs that lead to topics which are not kept.
func unlink(node any, topic string) {
	switch node := node.(type) {
	case []any:
		for _, item := range node {
			unlink(item, topic)
		}
	case map[string]any:
		if to, _, _ := strings.Cut(fmt.Sprint(node["x-ref"]), "."); to != topic && to != rulebook.HeaderTopic {
			delete(node, "x-ref")
		}
		for _, inner := range node {
			unlink(inner, topic)
		}
	}
}

func lone(c *rulebook.Check) bool {
	return !slices.ContainsFunc(c.Topics(), func(name string) bool { return name != c.Topic && name != rulebook.HeaderTopic })
}

// only is the real rulebook with one topic beside the header, of their checks
// those that read nothing else and that keep keeps.
func only(t *testing.T, book *rulebook.Rulebook, topic string, keep func(*rulebook.Check) bool) *rulebook.Rulebook {
	t.Helper()
	tree := fstest.MapFS{}
	read := func(name string) map[string]any {
		data, err := hegui.Rulebook.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return document.Parse(name, data, document.DefaultLimits()).Root.Any().(map[string]any)
	}
	write := func(name string, content map[string]any) {
		data, err := json.Marshal(content)
		if err != nil {
			t.Fatal(err)
		}
		tree[name] = &fstest.MapFile{Data: data}
	}
	entries, err := hegui.Rulebook.ReadDir("schemas")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		content := read("schemas/" + entry.Name())
		if name, _, _ := strings.Cut(entry.Name(), "."); name != topic && name != rulebook.HeaderTopic {
			delete(content, "x-topic")
		}
		unlink(content, topic)
		write("schemas/"+entry.Name(), content)
	}
	// The checks that would show most risks are in other topics.
	sources := read("checks/sources.yaml")
	for _, in := range sources["sources"].([]any) {
		delete(in.(map[string]any), "risks")
		for _, article := range in.(map[string]any)["articles"].([]any) {
			delete(article.(map[string]any), "unchecked")
		}
	}
	write("checks/sources.yaml", sources)
	policy := read("checks/policy.yaml")
	delete(policy, "overlays")
	for _, grade := range policy["grades"].([]any) {
		delete(grade.(map[string]any), "conditions") // they name checks of other topics
	}
	write("checks/policy.yaml", policy)
	homes := map[string]bool{}
	for _, name := range []string{rulebook.HeaderTopic, topic} {
		content := read("checks/" + name + ".yaml")
		write("checks/baseline/"+name+".yaml", read("checks/baseline/"+name+".yaml"))
		checks := slices.DeleteFunc(content["checks"].([]any), func(c any) bool {
			check := book.Check(c.(map[string]any)["id"].(string))
			gone := !lone(check) || !keep(check) || slices.Max(check.Severity.Values) == finding.Advisory
			homes[check.Clauses[0]] = homes[check.Clauses[0]] || !gone
			delete(c.(map[string]any), "risks")
			return gone
		})
		content["checks"] = checks
		write("checks/"+name+".yaml", content)
	}
	regulation := read("checks/regulation.yaml")
	for _, c := range regulation["clauses"].([]any) {
		clause := c.(map[string]any)
		delete(clause, "pending")
		if clause["informative"] == nil && !homes[clause["id"].(string)] {
			clause["pending"] = true
		}
	}
	write("checks/regulation.yaml", regulation)
	out, err := rulebook.Load(source.FromFS(tree))
	if err != nil {
		t.Fatal(err)
	}
	return out
}
