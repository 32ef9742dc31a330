package rules

import (
	"strings"

	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

// What the lake says of a customer to whom a marketing mail is to go, beside the reasons of message.MaySend that it knows for certain: NoConsent and InvalidAddress.
const (
	Reached  = "reached"
	Doubtful = "doubtful" // something came back from them or their address: the table knows whether it is suppressed
)

// Reach sorts the living customers who meet a rule by whether a marketing mail would go to them now.
type Reach struct {
	Rule segment.Rule
	Name bool // whether those reached are named, as the doubtful are
}

// buckets are how many texts of names each kind has: a text of all would be as long as a database can make, and an answer of few rows is kept by the runner.
const buckets = "128"

// Statement answers with rows of a kind (Reached, Doubtful, or a reason of message.MaySend), how many they are, and the ids of those who are named, in one text
// that Names takes apart; nil for the others. Rows of one kind are to be added up. No rows: nobody.
//
// Suppressed addresses are in no lake, since only the table may say so. But each came of a message that bounced, was complained about or unsubscribed from, and
// the lake has those: whoever got one, or has the address that it went to, is doubtful. What this misses are addresses whose message stayed at another stage
// (movetenant -late): they are counted as reached, and not written to.
func (r Reach) Statement(w World) (sqltext.Statement, error) {
	c := newCompiler(w)
	condition := c.rule(r.Rule)
	agreed := customer("consents." + consent.Slot(consent.Email, consent.Marketing))
	kind := "CASE WHEN " + agreed + " IS DISTINCT FROM '" + string(consent.Granted) + "' THEN '" + message.NoConsent + "'" +
		` WHEN c.id IN (SELECT "customerId" FROM troubled) OR c.email IN (SELECT address FROM troubled) THEN '` + Doubtful + "'" +
		" WHEN coalesce(c.email, '') = '' THEN '" + message.InvalidAddress + "' ELSE '" + Reached + "' END"
	named := "kind = '" + Doubtful + "'"
	if r.Name {
		named = "kind IN ('" + Doubtful + "', '" + Reached + "')"
	}
	c.with = append(c.with, "troubled AS MATERIALIZED ("+c.troubled()+")",
		"found AS (SELECT c.id, "+kind+" AS kind FROM "+c.from()+" WHERE "+living+" AND "+condition+")",
		"sorted AS (SELECT kind, CASE WHEN "+named+" THEN id END AS name, CASE WHEN "+named+" THEN hash(id) % "+buckets+" END AS bucket FROM found)")
	return sqltext.Statement{SQL: "WITH " + strings.Join(c.with, ", ") + " SELECT kind, count(*), string_agg(name, chr(10)) FROM sorted GROUP BY kind, bucket", Args: c.Values.List()}, c.err
}

// Names takes the text of names of an answer apart.
func Names(text string) []string { return strings.Split(text, between) }

// troubled selects whom messages were for, and where they went, of which something came back.
func (c *compiler) troubled() string {
	return `SELECT "customerId", address FROM ` + c.rows("messages") +
		` WHERE channel = '` + message.Email + `' AND ("bouncedAt" IS NOT NULL OR "complainedAt" IS NOT NULL OR "unsubscribedAt" IS NOT NULL` +
		` OR (state = '` + string(message.Failed) + `' AND reason = '` + message.Bounced + `'))`
}
