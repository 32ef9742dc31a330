package scorework

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/hop"
	"github.com/dangol/dangol/shared/lake/scorebook"
	"github.com/dangol/dangol/shared/store"
)

// writers is how many transactions of scores are under way at once.
const writers = 8

// present are the bands as they stand, to find whose change: out of the book of the present picture, or of the table where there is none.
func present(ctx context.Context, r *hop.Run) (map[string]scorebook.Bands, error) {
	b, err := latest(ctx, r)
	if err != nil {
		return nil, err
	}
	if b == nil {
		return ofTable(ctx, r.T)
	}
	list, err := scorebook.ReadBands(ctx, r.Env.Objects(r.T.ID), b)
	if errors.Is(err, blob.ErrNotFound) {
		return ofTable(ctx, r.T)
	}
	of := make(map[string]scorebook.Bands, len(list))
	for _, one := range list {
		of[one.CustomerID] = one
	}
	return of, err
}

// ofTable reads the bands of the scores in the table.
func ofTable(ctx context.Context, t *store.Tenant) (map[string]scorebook.Bands, error) {
	of, writing := map[string]scorebook.Bands{}, sync.Mutex{}
	err := t.EachShard(ctx, func(ctx context.Context, shard int) error {
		return t.ScanScores(ctx, shard, func(customerID string, s *score.Score) {
			writing.Lock()
			defer writing.Unlock()
			of[customerID] = scorebook.BandsOf(customerID, s)
		})
	})
	return of, err
}

// write stores the scores behind the cursor whose bands changed, a few transactions side by side. It returns true when it had to stop before the end.
func write(ctx context.Context, r *hop.Run, at cursor, now scored, before map[string]scorebook.Bands) (bool, error) {
	start, found := slices.BinarySearchFunc(now.customers, at.After, func(in score.Input, after string) int { return strings.Compare(in.CustomerID, after) })
	if found {
		start++
	}
	for start < len(now.customers) {
		if r.Late() {
			return !r.Job.CancelAsked, r.SetCursor(at)
		}
		round, end := changed(now, before, start, at.Found.Present)
		if err := writeRound(ctx, r.T, now, round, before); err != nil {
			return false, err
		}
		start = end
		at.After, r.Job.Done = now.customers[end-1].CustomerID, int64(end)
		if err := r.SetCursor(at); err != nil {
			return false, err
		}
		if err := r.Checkpoint(ctx); err != nil {
			return false, err
		}
	}
	return false, nil
}

// changed lists the next customers, from a place on, whose bands are not as they stand, as many as a round takes, and the place behind the last that it looked at. Nothing changes by a
// rebuild that is not the present.
func changed(now scored, before map[string]scorebook.Bands, from int, present bool) (round []int, end int) {
	for end = from; end < len(now.customers) && len(round) < writers*store.ScoresPerTx; end++ {
		id := now.customers[end].CustomerID
		was, known := before[id]
		if present && (!known || was != scorebook.BandsOf(id, &now.scores[end])) {
			round = append(round, end)
		}
	}
	return round, end
}

func writeRound(ctx context.Context, t *store.Tenant, now scored, round []int, before map[string]scorebook.Bands) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var wg sync.WaitGroup
	for some := range slices.Chunk(round, store.ScoresPerTx) {
		wg.Go(func() {
			tx := t.Begin()
			for _, i := range some {
				id := now.customers[i].CustomerID
				tx.PutScore(store.ScoredCustomer{CustomerID: id, Score: now.scores[i]}, cells(before, id))
			}
			if err := tx.Commit(ctx); err != nil {
				stop(err)
			}
		})
	}
	wg.Wait()
	return context.Cause(ctx)
}

// cells are R, F and M of a customer as they stand, nil for none.
func cells(before map[string]scorebook.Bands, id string) *score.Score {
	b, known := before[id]
	if !known || !b.Bought {
		return nil
	}
	return &score.Score{RFM: &score.RFM{R: b.R, F: b.F, M: b.M}}
}
