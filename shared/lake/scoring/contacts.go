package scoring

import (
	"context"
	"fmt"

	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/lake/ask"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

// contacts gives every customer what was delivered to them and answered, by channel; see score.Contacts.
func contacts(ctx context.Context, s ask.State, q Question, facts []score.Input) error {
	return s.Rows(ctx, contactsOf(q), func(row []any) error {
		n, ok := index(row[0], len(facts))
		if !ok {
			return fmt.Errorf("contacts of customer %v of %d", row[0], len(facts))
		}
		channel, _ := row[1].(string)
		facts[n].Contacts = append(facts[n].Contacts, score.Contacts{Channel: consent.Channel(channel), Delivered: int(whole(row[2])), Responses: int(whole(row[3]))})
		return nil
	})
}

// contactsOf asks for the customer's number, the channel, how many messages were delivered, and how many of those were answered by then.
func contactsOf(q Question) sqltext.Statement {
	var v sqltext.Values
	from, until := moment(&v, q.Until.AddDate(0, 0, -score.ResponseDays)), moment(&v, q.Until)
	sql := `WITH sent AS MATERIALIZED (SELECT "customerId", channel, count(*) AS k,
			count(*) FILTER ("openedAt" < ` + until + ` OR "clickedAt" < ` + until + ` OR "boughtAt" < ` + until + `) AS answered
			FROM messages WHERE "deliveredAt" >= ` + from + ` AND "deliveredAt" < ` + until + ` AND channel IS NOT NULL GROUP BY ALL),
		who AS MATERIALIZED (` + numbered + `)
		SELECT n, channel, k, answered FROM sent JOIN who ON who.id = "customerId" ORDER BY n, channel`
	return sqltext.Statement{SQL: sql, Args: v.List()}
}
