package report

import "hegui/internal/jsontext"

// The part of OSCAL's assessment-results model that is written. Lists are
// optional there and may not be empty.

type oscalMetadata struct {
	Title        string      `json:"title"`
	LastModified string      `json:"last-modified"`
	Version      string      `json:"version"`
	OSCALVersion string      `json:"oscal-version"`
	Props        []oscalProp `json:"props,omitempty"`
	Remarks      string      `json:"remarks,omitempty"`
}

type oscalImport struct {
	Href    string `json:"href"`
	Remarks string `json:"remarks"`
}

type oscalProp struct {
	Name  string `json:"name"`
	NS    string `json:"ns"`
	Value string `json:"value"`
}

type oscalResult struct {
	UUID             string             `json:"uuid"`
	Title            string             `json:"title"`
	Description      string             `json:"description"`
	Start            string             `json:"start"`
	End              string             `json:"end"`
	Props            []oscalProp        `json:"props,omitempty"`
	LocalDefinitions oscalLocal         `json:"local-definitions"`
	ReviewedControls oscalReviewed      `json:"reviewed-controls"`
	Observations     []oscalObservation `json:"observations,omitempty"`
	Risks            []oscalRisk        `json:"risks,omitempty"`
	Findings         []oscalFinding     `json:"findings,omitempty"`
	Remarks          string             `json:"remarks,omitempty"`
}

// write writes a result as its tags say, piece by piece: encoded as a whole its text would
// be in memory twice.
func (r *oscalResult) write(w *jsontext.Writer) {
	w.Open('{')
	w.String("uuid", r.UUID)
	w.String("title", r.Title)
	w.String("description", r.Description)
	w.String("start", r.Start)
	w.String("end", r.End)
	pieces(w, "props", r.Props)
	w.Value("local-definitions", r.LocalDefinitions)
	w.Value("reviewed-controls", r.ReviewedControls)
	pieces(w, "observations", r.Observations)
	pieces(w, "risks", r.Risks)
	pieces(w, "findings", r.Findings)
	w.Given("remarks", r.Remarks)
	w.Close('}')
}

// pieces writes a list one by one, and nothing for an empty one.
func pieces[T any](w *jsontext.Writer, key string, all []T) {
	if len(all) == 0 {
		return
	}
	w.Key(key)
	w.Open('[')
	for i := range all {
		w.Element(&all[i])
	}
	w.Close(']')
}

type oscalLocal struct {
	Components []oscalComponent `json:"components"`
}

type oscalComponent struct {
	UUID        string      `json:"uuid"`
	Type        string      `json:"type"`
	Title       string      `json:"title"`
	Description string      `json:"description"`
	Props       []oscalProp `json:"props,omitempty"`
	Status      oscalState  `json:"status"`
}

type oscalState struct {
	State   string `json:"state"`
	Reason  string `json:"reason,omitempty"`
	Remarks string `json:"remarks,omitempty"`
}

type oscalReviewed struct {
	Description string           `json:"description"`
	Selections  []oscalSelection `json:"control-selections"`
}

type oscalSelection struct {
	Description string         `json:"description"`
	IncludeAll  *struct{}      `json:"include-all,omitempty"`
	Include     []oscalControl `json:"include-controls,omitempty"`
	Exclude     []oscalControl `json:"exclude-controls,omitempty"`
}

type oscalControl struct {
	ID string `json:"control-id"`
}

type oscalObservation struct {
	UUID        string          `json:"uuid"`
	Title       string          `json:"title"`
	Description string          `json:"description"`
	Props       []oscalProp     `json:"props,omitempty"`
	Links       []oscalLink     `json:"links,omitempty"`
	Methods     []string        `json:"methods"`
	Types       []string        `json:"types"`
	Origins     []oscalOrigin   `json:"origins"`
	Subjects    []oscalSubject  `json:"subjects"`
	Evidence    []oscalEvidence `json:"relevant-evidence,omitempty"`
	Collected   string          `json:"collected"`
}

type oscalOrigin struct {
	Actors []oscalActor `json:"actors"`
}

type oscalActor struct {
	Type string `json:"type"`
	UUID string `json:"actor-uuid"`
}

type oscalSubject struct {
	UUID string `json:"subject-uuid"`
	Type string `json:"type"`
}

type oscalEvidence struct {
	Href        string `json:"href,omitempty"`
	Description string `json:"description"`
}

type oscalRisk struct {
	UUID         string               `json:"uuid"`
	Title        string               `json:"title"`
	Description  string               `json:"description"`
	Statement    string               `json:"statement"`
	Props        []oscalProp          `json:"props,omitempty"`
	Status       string               `json:"status"`
	Deadline     string               `json:"deadline,omitempty"`
	Remediations []oscalRemediation   `json:"remediations,omitempty"`
	Related      []oscalRelatedObserv `json:"related-observations,omitempty"`
}

type oscalRemediation struct {
	UUID        string `json:"uuid"`
	Lifecycle   string `json:"lifecycle"`
	Title       string `json:"title"`
	Description string `json:"description"`
}

type oscalRelatedObserv struct {
	UUID string `json:"observation-uuid"`
}

type oscalRelatedRisk struct {
	UUID string `json:"risk-uuid"`
}

type oscalFinding struct {
	UUID         string               `json:"uuid"`
	Title        string               `json:"title"`
	Description  string               `json:"description"`
	Props        []oscalProp          `json:"props,omitempty"`
	Origins      []oscalOrigin        `json:"origins"`
	Target       oscalTarget          `json:"target"`
	Observations []oscalRelatedObserv `json:"related-observations,omitempty"`
	Risks        []oscalRelatedRisk   `json:"related-risks,omitempty"`
}

type oscalTarget struct {
	Type   string     `json:"type"`
	ID     string     `json:"target-id"`
	Title  string     `json:"title"`
	Status oscalState `json:"status"`
}

type oscalBack struct {
	Resources []oscalResource `json:"resources"`
}

type oscalLink struct {
	Href string `json:"href"`
	Rel  string `json:"rel"`
	Text string `json:"text"`
}

type oscalResource struct {
	UUID        string        `json:"uuid"`
	Title       string        `json:"title"`
	Description string        `json:"description"`
	Props       []oscalProp   `json:"props,omitempty"`
	Citation    oscalCitation `json:"citation"`
}

type oscalCitation struct {
	Text string `json:"text"`
}
