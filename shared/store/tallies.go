package store

import (
	"context"
	"strconv"

	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/table"
)

// Tallies reads the books of a campaign, chunk by chunk; a chunk without messages has none.
func (t *Tenant) Tallies(ctx context.Context, campaignID string) ([]message.Tally, error) {
	var out []message.Tally
	err := t.eachTally(ctx, campaignID, 0, 0, 0, func(chunk int, counters message.Tally) bool {
		for len(out) <= chunk {
			out = append(out, nil)
		}
		out[chunk] = counters
		return true
	})
	return out, err
}

// Tally reads the books of a whole campaign: one query, whatever the number of messages.
func (t *Tenant) Tally(ctx context.Context, campaignID string) (message.Tally, error) {
	sum := message.Tally{}
	err := t.eachTally(ctx, campaignID, 0, 0, 0, func(_ int, counters message.Tally) bool {
		sum.Add(counters)
		return true
	})
	return sum, err
}

// HasPending says whether any message of the campaign is still to be sent. It looks behind the given chunk first and stops at the first find, so
// that the workers of a large campaign can ask after each of their chunks.
func (t *Tenant) HasPending(ctx context.Context, campaignID string, chunk int) (bool, error) {
	found := false
	look := func(_ int, counters message.Tally) bool {
		found = counters.Pending() > 0
		return !found
	}
	const firstLook = 16 // tallies in a page: most questions end in it
	err := t.eachTally(ctx, campaignID, chunk, 0, firstLook, look)
	if err == nil && !found && chunk > 0 {
		err = t.eachTally(ctx, campaignID, 0, chunk, firstLook, look)
	}
	return found, err
}

// eachTally calls f for the tallies of chunks from <= chunk < to (0 is no bound), in pages of page (0 is as large as can be).
func (t *Tenant) eachTally(ctx context.Context, campaignID string, from, to, page int, f func(chunk int, counters message.Tally) bool) error {
	k := t.keys.tally(campaignID, from)
	q := table.Query{Table: table.Outreach, PK: k.PK, From: k.SK, Limit: page}
	if to > 0 {
		q.To = t.keys.tally(campaignID, to).SK
	}
	return t.each(ctx, q, func(it *table.Item) (bool, error) {
		chunk, err := strconv.Atoi(it.SK)
		if err != nil {
			return false, err
		}
		return f(chunk, it.Counters), nil
	})
}
