package results

import (
	"net/url"
	"strconv"
	"strings"
)

// Link is the address at which a browser opens a file as it was judged; line is
// 1 for a file as a whole. It is empty where the policy states no template, and
// where what was judged is in no commit: what the link led to would be another
// text.
func (r *Results) Link(path string, line int) string {
	if r.Rulebook.RepositoryURL == "" || path == "" || r.Revision == nil || r.Revision.Commit == "" || r.Revision.Dirty || r.Revision.Unreadable {
		return ""
	}
	escaped := (&url.URL{Path: path}).EscapedPath()
	return strings.NewReplacer("{commit}", r.Revision.Commit, "{path}", escaped, "{line}", strconv.Itoa(max(line, 1))).Replace(r.Rulebook.RepositoryURL)
}
