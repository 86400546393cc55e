package page

import (
	"path"
	"strconv"
	"strings"

	"hegui/internal/audit"
	"hegui/internal/finding"
)

// source is evidence with all places that cite it.
type source struct {
	*audit.Evidence
	Anchor string
	// Link opens the file as it was judged, empty where nothing says how.
	Link   string
	Places []spot
	// Came is how the records came to be that cite it, empty where nobody asked.
	Came []came

	places []finding.Location
}

// layEvidence puts what is cited several times together.
func (c *card) layEvidence() {
	type key struct{ name, sum string }
	known := map[key]int{}
	for i := range c.Evidence {
		e := &c.Evidence[i]
		k := key{e.Name(), e.SHA256}
		at, is := known[k]
		if !is {
			at, known[k] = len(c.Sources), len(c.Sources)
			c.Sources = append(c.Sources, source{Evidence: e, Anchor: c.Anchor("e" + strconv.Itoa(at+1)), Link: c.Run.Link(e.Path, 1)})
			if _, is := c.sources[e.Name()]; !is {
				c.sources[e.Name()] = at
			}
		}
		c.Sources[at].places = append(c.Sources[at].places, e.Location)
	}
	for i := range c.Sources {
		c.Sources[i].Places, c.Sources[i].Came = c.together(c.Sources[i].places), c.cameOf(&c.Sources[i])
	}
}

// cite is evidence by its name: of a file the last part, without what all files share.
func (c *card) cite(name string) cited {
	at, known := c.sources[name]
	if !known {
		return cited{Name: name}
	}
	e := &c.Sources[at]
	if e.Path != "" {
		name = strings.TrimSuffix(path.Base(name), path.Ext(name))
	}
	return cited{name, e.Anchor}
}
