package results

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"

	"hegui/internal/audit"
	"hegui/internal/lang"
	"hegui/internal/picture"
)

// Shard is one of the parts that a run is split into, from 1 to Of.
type Shard struct {
	Index int `json:"index"`
	Of    int `json:"of"`
}

// maxShards bounds the parts of one run.
const maxShards = 10_000

// ParseShard reads a shard as I/N, such as 2/8.
func ParseShard(text string) (s Shard, ok bool) {
	index, of, _ := strings.Cut(text, "/")
	var first, second error
	s.Index, first = strconv.Atoi(index)
	s.Of, second = strconv.Atoi(of)
	return s, first == nil && second == nil && s.String() == text && s.Index >= 1 && s.Index <= s.Of && s.Of <= maxShards
}

func (s Shard) String() string { return strconv.Itoa(s.Index) + "/" + strconv.Itoa(s.Of) }

// Has reports whether a platform is judged by the shard: the first eight bytes of its
// id's SHA-256, modulo Of, are Index - 1. The same id is in the same shard on every
// machine, whatever other platforms there are, and ids that are numbered spread evenly.
func (s Shard) Has(id string) bool {
	sum := sha256.Sum256([]byte(id))
	return binary.BigEndian.Uint64(sum[:])%uint64(s.Of) == uint64(s.Index-1)
}

// Part is the first line of a part of a run: what its platforms were judged by, which
// all parts of the run have in common, and which part it is.
type Part struct {
	Shard Shard `json:"shard"`
	Whole
}

// Whole is what all parts of a run have in common.
type Whole struct {
	SchemaVersion string    `json:"schema_version"`
	Tool          Tool      `json:"tool"`
	Rulebook      Rulebook  `json:"rulebook"`
	AsOf          string    `json:"as_of"`
	Audience      string    `json:"audience"`
	Revision      *Revision `json:"revision"`
	// Platforms counts those of the whole run, IDs is the SHA-256 of their ids, a line
	// each in their order.
	Platforms int    `json:"platforms"`
	IDs       string `json:"ids"`
	// Only are the paths that the run was restricted to, none for all.
	Only []string `json:"only,omitempty"`
	// Facts is set when the part keeps what pages and workbooks show.
	Facts bool `json:"facts"`
	// Until is the last day that the run looks ahead to, empty for none.
	Until string `json:"until,omitempty"`
}

// Part is the first line of a part of the run, whose platforms have these ids.
func (r *Results) Part(s Shard, ids []string) *Part {
	return &Part{Shard: s, Whole: Whole{SchemaVersion: r.SchemaVersion, Tool: r.Tool, Rulebook: r.Rulebook, AsOf: r.AsOf, Audience: r.Audience, Revision: r.Revision,
		Platforms: len(ids), IDs: digestOf(ids)}}
}

// results are those of the whole run as long as no platform of it has been read.
func (w *Whole) results() *Results {
	return &Results{SchemaVersion: SchemaVersion, Tool: w.Tool, Rulebook: w.Rulebook, AsOf: w.AsOf, Audience: w.Audience, Revision: w.Revision,
		Platforms: []Platform{}, Errors: []lang.Text{}, seen: Audience(w.Audience)}
}

func digestOf(ids []string) string {
	h := sha256.New()
	for _, id := range ids {
		_, _ = io.WriteString(h, id+"\n")
	}
	return "sha256:" + hex.EncodeToString(h.Sum(nil))
}

// PartEnd is what the last line of a part says besides the totals.
type PartEnd struct {
	// IDs are the platforms of the part in their order, Failed the ids of those that
	// could not be judged, one for each of the errors; "" where one is of no platform.
	IDs    []string `json:"ids"`
	Failed []string `json:"failed"`
	// SHA256 is that of all lines before.
	SHA256 string `json:"sha256"`
}

// PartEnd is the end of a part of which these are the results, with the platforms
// that it has and the digest of its lines.
func (r *Results) PartEnd(ids []string, digest string) *PartEnd {
	return &PartEnd{IDs: list(ids), Failed: list(r.failed), SHA256: digest}
}

// Kept is what reports read of a platform beyond what its line in a part says.
type Kept struct {
	Next     *Next            `json:"next,omitempty"`
	Picture  *picture.Picture `json:"picture,omitempty"`
	Findings []keptFinding    `json:"findings"`
	// Items are what is known of items, by the check's place and their own.
	Items map[int]map[int]keptItem `json:"items,omitempty"`
	// Sensitive are the places of the evidence that not everyone may see.
	Sensitive []int `json:"sensitive,omitempty"`
	// Computed are the digests of evidence that were computed, by its place.
	Computed map[int]string `json:"computed,omitempty"`
	Problems [][]int        `json:"problems,omitempty"`
	// Pinned is set for a platform with verdicts.
	Pinned bool `json:"pinned,omitempty"`
}

type keptFinding struct {
	Keys    []string `json:"keys"`
	Excerpt string   `json:"excerpt,omitempty"`
	Waiting []string `json:"waiting,omitempty"`
	Field   string   `json:"field,omitempty"`
}

type keptItem struct {
	Hidden   bool              `json:"hidden,omitempty"`
	Fact     string            `json:"fact,omitempty"`
	Declared []*audit.Declared `json:"declared,omitempty"`
	Evidence []string          `json:"evidence,omitempty"`
}

// Keep is what reports read of the platform beyond what its plain line says.
func (p *Platform) Keep() *Kept {
	k := &Kept{Pinned: p.pinned, Next: p.Next, Picture: p.Picture, Findings: make([]keptFinding, len(p.Findings)), Items: map[int]map[int]keptItem{}, Computed: map[int]string{}}
	for i := range p.Findings {
		f := &p.Findings[i]
		k.Findings[i] = keptFinding{Keys: f.Keys, Excerpt: f.Excerpt, Waiting: f.Waiting, Field: f.Field}
	}
	for i := range p.Checks {
		for j := range p.Checks[i].Items {
			k.item(i, j, &p.Checks[i].Items[j])
		}
	}
	for i := range p.Evidence {
		if p.Evidence[i].Sensitive {
			k.Sensitive = append(k.Sensitive, i)
		}
		if p.Evidence[i].Computed != "" {
			k.Computed[i] = p.Evidence[i].Computed
		}
	}
	for i := range p.Problems {
		k.Problems = append(k.Problems, p.Problems[i].At)
	}
	return k
}

func (k *Kept) item(check, place int, i *Item) {
	if !i.Hidden && i.Fact == "" && i.Declared == nil && i.Evidence == nil {
		return
	}
	if k.Items[check] == nil {
		k.Items[check] = map[int]keptItem{}
	}
	k.Items[check][place] = keptItem{i.Hidden, i.Fact, i.Declared, i.Evidence}
}

// fill puts back what was kept; it returns false for what was kept of another platform.
func (k *Kept) fill(p *Platform) bool {
	if len(k.Findings) != len(p.Findings) || len(k.Problems) != len(p.Problems) {
		return false
	}
	titles := make(map[string]lang.Text, len(p.Checks))
	for i := range p.Checks {
		titles[p.Checks[i].ID] = p.Checks[i].Title
	}
	p.Next, p.Picture, p.pinned = k.Next, k.Picture, k.Pinned
	for i, kept := range k.Findings {
		f := &p.Findings[i]
		f.Platform, f.Title = p.ID, titles[f.Check]
		f.Keys, f.Excerpt, f.Waiting, f.Field = kept.Keys, kept.Excerpt, kept.Waiting, kept.Field
	}
	for i, at := range k.Problems {
		if slices.ContainsFunc(at, func(j int) bool { return j < 0 || j >= len(p.Findings) }) {
			return false
		}
		p.Problems[i].At = at
	}
	for _, i := range k.Sensitive {
		if i < 0 || i >= len(p.Evidence) {
			return false
		}
		p.Evidence[i].Sensitive = true
	}
	for i, digest := range k.Computed {
		if i < 0 || i >= len(p.Evidence) {
			return false
		}
		p.Evidence[i].Computed = digest
	}
	return k.fillItems(p)
}

func (k *Kept) fillItems(p *Platform) bool {
	for check, items := range k.Items {
		if check < 0 || check >= len(p.Checks) {
			return false
		}
		for place, kept := range items {
			if place < 0 || place >= len(p.Checks[check].Items) || slices.Contains(kept.Declared, nil) {
				return false
			}
			i := &p.Checks[check].Items[place]
			i.Hidden, i.Fact, i.Declared, i.Evidence = kept.Hidden, kept.Fact, kept.Declared, kept.Evidence
		}
	}
	return true
}

// UnmarshalJSON reads a number as it stands.
func (n *Number) UnmarshalJSON(text []byte) error {
	if text[0] == '-' || text[0] >= '0' && text[0] <= '9' {
		*n = Number(text)
		return nil
	}
	var number *json.Number
	if err := json.Unmarshal(text, &number); err != nil {
		return err
	}
	if *n = ""; number != nil {
		*n = Number(*number)
	}
	return nil
}
