package rules

import (
	"slices"
	"strconv"

	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/errs"
)

// segment asks for the members of another segment, written once however often they are asked for.
func (c *compiler) segment(id string) string {
	if name, written := c.names[id]; written {
		return "c.id IN (SELECT id FROM " + name + ")"
	}
	if slices.Contains(c.path, id) || len(c.path) > segment.MaxChain {
		c.fail(errs.Newf(errs.Invalid, "rule_segment_cycle", "segment", id))
		return "false"
	}
	if c.Frozen != nil {
		if members, frozen := c.Frozen(id); frozen && len(members) == 0 {
			return "false"
		} else if frozen {
			return "c.id IN (" + c.listed(members) + ")"
		}
	}
	rule, exists := segment.Rule{}, false
	if c.Segment != nil {
		rule, exists = c.Segment(id)
	}
	if !exists {
		return "false"
	}
	c.path = append(c.path, id)
	members := c.members(rule)
	c.path = c.path[:len(c.path)-1]
	name := "members" + strconv.Itoa(len(c.with)+1)
	c.with, c.names[id] = append(c.with, name+" AS ("+members+")"), name
	return "c.id IN (SELECT id FROM " + name + ")"
}

// members selects the ids of the customers who meet a rule.
func (c *compiler) members(r segment.Rule) string {
	outer := c.scores
	c.scores = false
	condition := c.rule(r)
	query := "SELECT c.id FROM " + c.from() + " WHERE " + condition
	c.scores = outer
	return query
}

// from joins the scores if a condition asks for them.
func (c *compiler) from() string {
	if c.scores {
		return c.rows("customers") + ` c LEFT JOIN ` + c.rows("scores") + ` s ON s."customerId" = c.id`
	}
	return c.rows("customers") + " c"
}
