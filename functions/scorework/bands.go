package scorework

import (
	"context"
	"errors"
	"slices"
	"sort"
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

// bands are those of everybody at one time, by id.
type bands []scorebook.Bands

// of finds a customer's, false for none.
func (b bands) of(id string) (scorebook.Bands, bool) {
	i, found := slices.BinarySearchFunc(b, id, func(one scorebook.Bands, id string) int { return strings.Compare(one.CustomerID, id) })
	if !found {
		return scorebook.Bands{}, false
	}
	return b[i], true
}

// present are the bands as they stand, to find whose change: out of the book of the present picture, or of the table where there is none.
func present(ctx context.Context, r *hop.Run) (bands, error) {
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
	return list, err
}

// ofTable reads the bands of the scores in the table.
func ofTable(ctx context.Context, t *store.Tenant) (all bands, err error) {
	writing := sync.Mutex{}
	err = t.EachShard(ctx, func(ctx context.Context, shard int) error {
		return t.ScanScores(ctx, shard, func(customerID string, s *score.Score) {
			writing.Lock()
			defer writing.Unlock()
			all = append(all, scorebook.BandsOf(customerID, s))
		})
	})
	slices.SortFunc(all, func(a, b scorebook.Bands) int { return strings.Compare(a.CustomerID, b.CustomerID) })
	return all, err
}

// write stores the scores behind the cursor whose bands changed, a few transactions side by side. It returns true when it had to stop before the end.
func write(ctx context.Context, r *hop.Run, at cursor, now scored, before bands) (bool, error) {
	start := sort.Search(now.Len(), func(i int) bool { return now.ID(i) > at.After })
	for start < now.Len() {
		if r.Late() {
			return !r.Job.CancelAsked, r.SetCursor(at)
		}
		round, end := changed(now, before, start, at.Found.Present)
		if err := writeRound(ctx, r.T, now, round, before); err != nil {
			return false, err
		}
		start = end
		at.After, r.Job.Done = now.ID(end-1), int64(end)
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
func changed(now scored, before bands, from int, present bool) (round []int, end int) {
	for i, s := range now.From(from) {
		if len(round) == writers*store.ScoresPerTx {
			return round, i
		}
		id := now.ID(i)
		was, known := before.of(id)
		if present && (!known || was != scorebook.BandsOf(id, s)) {
			round = append(round, i)
		}
	}
	return round, now.Len()
}

func writeRound(ctx context.Context, t *store.Tenant, now scored, round []int, before bands) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var wg sync.WaitGroup
	for some := range slices.Chunk(round, store.ScoresPerTx) {
		wg.Go(func() {
			tx := t.Begin()
			for _, i := range some {
				id := now.ID(i)
				tx.PutScore(store.ScoredCustomer{CustomerID: id, Score: now.At(i)}, cells(before, id))
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
func cells(before bands, id string) *score.Score {
	b, known := before.of(id)
	if !known || !b.Bought {
		return nil
	}
	return &score.Score{RFM: &score.RFM{R: b.R, F: b.F, M: b.M}}
}
