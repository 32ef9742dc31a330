package scoring

import (
	"context"
	"fmt"

	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/lake/ask"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

// costs gives every customer what campaigns spent on them; see score.Cost.
func costs(ctx context.Context, s ask.State, q Question, facts []score.Input) error {
	codes := map[string]order.Code{}
	return s.Rows(ctx, costsOf(q), func(row []any) error {
		n, ok := index(row[0], len(facts))
		if !ok {
			return fmt.Errorf("a campaign cost of customer %v of %d", row[0], len(facts))
		}
		facts[n].CampaignCosts = append(facts[n].CampaignCosts, score.Cost{Units: whole(row[1]), Currency: codeOf(codes, row[2])})
		return nil
	})
}

// costsOf asks for the customer's number, what was spent on them in ten-thousandths, and the currency. The cost of a campaign is shared out evenly over the messages that
// were delivered by then, also those to customers who are archived now: their part is in nobody's cost.
func costsOf(q Question) sqltext.Statement {
	var v sqltext.Values
	sql := `WITH priced AS MATERIALIZED (SELECT id AS "campaign", "cost.amount" AS amount, "cost.currency" AS currency FROM campaigns WHERE "cost.amount" > 0),
		sent AS MATERIALIZED (SELECT "customerId", "campaignId", count(*) AS k FROM messages
			WHERE "campaignId" IN (SELECT campaign FROM priced) AND "deliveredAt" < ` + moment(&v, q.Until) + ` GROUP BY ALL),
		each AS (SELECT campaign, any_value(CAST(amount AS DOUBLE)) * 10000 / sum(k) AS units, any_value(currency) AS currency FROM sent JOIN priced ON campaign = "campaignId" GROUP BY campaign),
		who AS MATERIALIZED (` + numbered + `)
		SELECT n, CAST(round(sum(k * units)) AS BIGINT), currency FROM sent JOIN each ON campaign = "campaignId" JOIN who ON who.id = "customerId" GROUP BY ALL ORDER BY n, currency`
	return sqltext.Statement{SQL: sql, Args: v.List()}
}
