package page

import (
	"html/template"

	"hegui/internal/lang"
	"hegui/internal/results"
)

// due is something of a platform that runs out on a day.
type due struct {
	Day   string
	Past  bool
	Link  string
	Title template.HTML // of the platform
	What  lang.Text
	Item  string
	Check string
	Post  string
	Note  string
}

// dues are the first of them in the order of their days, and how many more there are.
type dues struct {
	Rows []due
	More int
}

// Deadlines are the orders that stand, the longest overdue first.
func (f *fleet) Deadlines() dues {
	shown := f.Orders[:min(len(f.Orders), maxDue)]
	out := dues{More: len(f.Orders) - len(shown)}
	for _, o := range shown {
		out.Rows = append(out.Rows, due{Day: o.Deadline, Past: o.Overdue, Link: f.links[o.ID], Title: platformTitle(o.ID, o.Name), What: o.Title, Item: o.Item, Check: o.Check,
			Post: o.ResponsiblePost, Note: o.Recheck})
	}
	return out
}

// Expiring are the waivers that run out soon.
func (f *fleet) Expiring() dues {
	soon := f.Soon(f.Run.AsOf)
	shown := soon[:min(len(soon), maxDue)]
	out := dues{More: len(soon) - len(shown)}
	for _, w := range shown {
		out.Rows = append(out.Rows, due{Day: w.Expires, Link: f.links[w.ID], Title: platformTitle(w.ID, w.Name), What: w.Title, Item: w.Item, Check: w.Check, Post: w.ApprovedBy, Note: w.Reason})
	}
	return out
}

// Gone are the platforms that are examined no more.
func (f *fleet) Gone() []results.GonePlatform {
	if f.Run.Summary.Previous == nil {
		return nil
	}
	return f.Run.Summary.Previous.Gone
}
