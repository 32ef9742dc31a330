// Package rules asks the lake what a segment's rule means: it writes the rule as SQL that is true for exactly the customers for whom segment.Match is. The
// meaning is segment's (of missing values, texts, days, money); here stands only how it is said to a database, and a test compares both over thousands
// of rules.
//
// A condition is true, or it is false or NULL: "all" and "any" treat the two alike, and where "not" would not, the condition is closed with IS NOT TRUE.
package rules

import (
	"strings"
	"time"

	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

// World is what a rule needs to know beside itself.
type World struct {
	segment.Env
	// Custom returns DuckDB's type of the column of a custom field, "custom.size"; false where no customer ever had one.
	Custom func(column string) (kind string, ok bool)
	// Companies says that customers belong to companies: then a search looks at the names of those too, which takes half as long again.
	Companies bool
	// Segment returns the rule of a segment; false where there is none, which has no members.
	Segment func(id string) (segment.Rule, bool)
	// Frozen returns the members of a segment that has them for good; false for the others, which have a rule. It may be nil.
	Frozen func(id string) (members []string, ok bool)
	// AsOf, unless it is zero, hides what came later: orders, events, messages and the responses to them, and customers who were not yet there. Profiles and scores
	// are those of today. Now stands for the same moment then.
	AsOf time.Time
}

// compiler writes one statement.
type compiler struct {
	World
	sqltext.Values
	scores bool              // a score is asked for
	only   string            // the placeholder of the ids that alone are asked about, one behind the other; "" asks about everybody
	narrow map[string]string // by subject, the rows of it that are asked about
	with   []string          // the members of segments that are asked for, in the order in which they build on one another
	names  map[string]string // by segment, the name of its members in with
	path   []string          // the segments that are being written
	err    error
}

// condition writes a rule about the customer c, and their score s.
func (c *compiler) rule(r segment.Rule) string {
	switch n := r.Node.(type) {
	case segment.All:
		return joined(n, c.rule, " AND ", "true")
	case segment.Any:
		return joined(n, c.rule, " OR ", "false")
	case segment.Not:
		return isNot(c.rule(n.Rule))
	case segment.Field:
		return c.field(n)
	case segment.Tally:
		return c.tally(n)
	case segment.Response:
		return c.response(n)
	case segment.Segment:
		return c.segment(n.ID)
	default:
		return c.broken()
	}
}

// contacted is the kind of response that asks whether the message was sent at all.
const contacted = "accepted"

func (c *compiler) response(n segment.Response) string {
	of := "WHERE \"campaignId\" = " + c.Bind(n.CampaignID)
	if n.Kind == contacted {
		return `c.id IN (SELECT "customerId" FROM ` + c.rows("messages") + " " + of + ` AND "acceptedAt" IS NOT NULL)`
	}
	return `c.id IN (SELECT "customerId" FROM ` + c.rows("responses") + " " + of + " AND kind = " + c.Bind(n.Kind) + ")"
}

// broken notes that the rule is none that Parse lets through.
func (c *compiler) broken() string {
	c.fail(errs.New(errs.Invalid, "rule_malformed"))
	return "false"
}

func (c *compiler) fail(err error) {
	if c.err == nil {
		c.err = err
	}
}

// isNot turns a condition round, NULL being false.
func isNot(condition string) string { return "(" + condition + ") IS NOT TRUE" }

func joined[T any](list []T, each func(T) string, by, none string) string {
	if len(list) == 0 {
		return none
	}
	out := make([]string, len(list))
	for i, e := range list {
		out[i] = each(e)
	}
	return "(" + strings.Join(out, by) + ")"
}
