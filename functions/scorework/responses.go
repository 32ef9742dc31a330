package scorework

import (
	"context"
	"time"

	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/lifecycle"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/store"
)

// answersLate is how long after its launch a campaign is still opened: what comes later is hardly the campaign's doing.
const answersLate = 60 * 24 * time.Hour

// responses reads when each customer opened or clicked a message: of the campaigns that were launched not too long ago for the answers to count, in the chunks that
// have any.
func responses(ctx context.Context, t *store.Tenant, rules lifecycle.Rules) (map[string][]time.Time, error) {
	of := map[string][]time.Time{}
	since := t.Now().AddDate(0, -1, -rules.RespondentDays).Add(-answersLate)
	for p := (store.Page{Limit: 100}); ; {
		campaigns, next, err := t.Campaigns(ctx, p)
		if err != nil {
			return nil, err
		}
		for _, c := range campaigns {
			if err := answers(ctx, t, c, since, of); err != nil {
				return nil, err
			}
		}
		if p.After = next; next == "" {
			return of, nil
		}
	}
}

func answers(ctx context.Context, t *store.Tenant, c *campaign.Campaign, since time.Time, of map[string][]time.Time) error {
	if c.LaunchedAt == nil || c.LaunchedAt.Before(since) {
		return nil
	}
	tallies, err := t.Tallies(ctx, c.ID)
	if err != nil {
		return err
	}
	for chunk, tally := range tallies {
		if tally.Responded(message.Opened)+tally.Responded(message.Clicked) == 0 {
			continue
		}
		err := t.EachMessage(ctx, c.ID, chunk, func(m *message.Message) (bool, error) {
			for _, at := range []*time.Time{m.OpenedAt, m.ClickedAt} {
				if at != nil {
					of[m.CustomerID] = append(of[m.CustomerID], *at)
				}
			}
			return true, nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
