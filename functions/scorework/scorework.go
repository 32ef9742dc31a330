// Package scorework is the worker that rebuilds the value scores of a whole tenant: nightly in its zone, and on demand.
package scorework

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/forecast"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/crm/lifecycle"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/crm/workspace"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/hop"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/store"
)

// Worker works the queue scores.
type Worker struct{ hops queue.Handler }

// New returns the worker over the ports of e.
func New(e *env.Env) *Worker {
	return &Worker{hops: hop.Handler(e, "scorework", map[job.Kind]hop.Step{job.ScoreRebuild: rebuild})}
}

// Handle works a batch of the queue and returns the ids of the messages that failed.
func (w *Worker) Handle(ctx context.Context, batch []queue.Message) ([]string, error) {
	return w.hops(ctx, batch)
}

// cursor is where the next hop goes on writing: behind the customer After. The day is fixed by the first hop, so that a rebuild over midnight is of one day.
type cursor struct {
	AsOf  time.Time `json:"asOf"`
	After string    `json:"after"`
	asked score.RebuildParams
}

// plan is what the rebuild asked to forecast, and the workspace's settings where it asked for nothing.
func plan(ws *workspace.Workspace, at cursor) forecast.Plan {
	p := forecast.Plan{AsOf: at.AsOf, Zone: ws.Zone(), Currency: ws.Currency, Model: ws.ScoreModel, ChosenBy: "settings", Terms: score.Terms{
		HorizonDays: cmp.Or(at.asked.HorizonDays, score.DefaultHorizonDays), LifetimeYears: score.LifetimeYears,
		DiscountPercent: ws.DiscountPercent, MarginPercent: ws.MarginPercent,
	}}
	if at.asked.Model != "" {
		p.Model, p.ChosenBy = at.asked.Model, "rebuild"
	}
	return p
}

// writers is how many transactions of scores are under way at once.
const writers = 8

// rebuild computes every score from the orders as they are and writes them in the order of the customers' ids.
func rebuild(ctx context.Context, r *hop.Run) (bool, error) {
	at, err := begin(r)
	if err != nil {
		return false, err
	}
	ws, err := r.T.Workspace(ctx)
	if err != nil {
		return false, err
	}
	inputs, err := load(ctx, r.T, ws.Lifecycle)
	if err != nil {
		return false, err
	}
	cycle := cycle{Run: r, ws: ws, inputs: inputs}
	lastMonth, err := cycle.close(ctx, at)
	if err != nil {
		return false, err
	}
	scores, summary := score.Compute(at.AsOf, ws.Zone(), ws.Currency, inputs)
	card, err := plan(ws, at).Add(inputs, scores)
	if err != nil {
		return false, err
	}
	before, err := present(ctx, r.T)
	if err != nil {
		return false, err
	}
	place(ws, at.AsOf, inputs, scores)
	lastMonth.mark(inputs, scores, before)
	r.Job.Total = int64(len(inputs))
	if more, err := write(ctx, r, at, inputs, scores, before); more || err != nil {
		return more, err
	}
	if r.Job.CancelAsked {
		return false, nil // the picture stays that of the last whole rebuild
	}
	if err := cycle.keep(ctx, at.AsOf, scores, lastMonth); err != nil {
		return false, err
	}
	tx := r.T.Begin()
	tx.PutSummary(summary)
	tx.PutScoreCard(card)
	if err := tx.Commit(ctx); err != nil {
		return false, err
	}
	if err := shown(ctx, r); err != nil {
		return false, err
	}
	return false, r.SetResult(map[string]any{"asOf": summary.AsOf, "customers": summary.Customers, "buyers": summary.Buyers})
}

// begin reads the cursor; at the first hop it is the day that was asked for, or today.
func begin(r *hop.Run) (at cursor, err error) {
	var p score.RebuildParams
	if err := r.Params(&p); err != nil {
		return at, err
	}
	at.asked, at.AsOf = p, r.T.Now()
	if p.AsOf != nil {
		at.AsOf = *p.AsOf
	}
	return at, r.Cursor(&at)
}

// load reads every customer not archived with all of their orders and responses, by id.
func load(ctx context.Context, t *store.Tenant, rules lifecycle.Rules) ([]score.Input, error) {
	responded, err := responses(ctx, t, rules)
	if err != nil {
		return nil, err
	}
	var parts [store.Shards][]score.Input
	err = t.EachShard(ctx, func(ctx context.Context, shard int) error {
		orders, err := t.ScanOrders(ctx, shard)
		if err != nil {
			return err
		}
		return t.ScanCustomers(ctx, shard, func(c *customer.Customer) error {
			person := lifecycle.PersonOf(c, rules)
			person.Responded = responded[c.ID]
			parts[shard] = append(parts[shard], score.Input{CustomerID: c.ID, Orders: order.SalesOf(orders[c.ID]), Person: person})
			return nil
		})
	})
	all := slices.Concat(parts[:]...)
	slices.SortFunc(all, func(a, b score.Input) int { return strings.Compare(a.CustomerID, b.CustomerID) })
	return all, err
}

// present reads the bands and stages as they stand, to find whose change. The rest of the scores would be half of the memory.
func present(ctx context.Context, t *store.Tenant) (map[string]*score.Score, error) {
	var parts [store.Shards]map[string]*score.Score
	err := t.EachShard(ctx, func(ctx context.Context, shard int) error {
		parts[shard] = map[string]*score.Score{}
		return t.ScanScores(ctx, shard, func(customerID string, s *score.Score) {
			parts[shard][customerID] = &score.Score{RFM: s.RFM, Standing: s.Standing}
		})
	})
	all := parts[0]
	for _, p := range parts[1:] {
		maps.Copy(all, p)
	}
	return all, err
}

// write stores the scores behind the cursor, a few transactions side by side. It returns true when it had to stop before the end.
func write(ctx context.Context, r *hop.Run, at cursor, inputs []score.Input, scores []score.Score, before map[string]*score.Score) (bool, error) {
	start, found := slices.BinarySearchFunc(inputs, at.After, func(in score.Input, after string) int { return strings.Compare(in.CustomerID, after) })
	if found {
		start++
	}
	const round = writers * store.ScoresPerTx
	for ; start < len(inputs); start += round {
		if r.Late() {
			return !r.Job.CancelAsked, nil
		}
		end := min(start+round, len(inputs))
		if err := writeRound(ctx, r.T, inputs[start:end], scores[start:end], before); err != nil {
			return false, err
		}
		at.After, r.Job.Done = inputs[end-1].CustomerID, int64(end)
		if err := r.SetCursor(at); err != nil {
			return false, err
		}
		if err := r.Checkpoint(ctx); err != nil {
			return false, err
		}
	}
	return false, nil
}

func writeRound(ctx context.Context, t *store.Tenant, inputs []score.Input, scores []score.Score, before map[string]*score.Score) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var wg sync.WaitGroup
	for start := 0; start < len(inputs); start += store.ScoresPerTx {
		wg.Go(func() {
			tx := t.Begin()
			for i := start; i < min(start+store.ScoresPerTx, len(inputs)); i++ {
				tx.PutScore(store.ScoredCustomer{CustomerID: inputs[i].CustomerID, Score: scores[i]}, before[inputs[i].CustomerID])
			}
			if err := tx.Commit(ctx); err != nil {
				stop(err)
			}
		})
	}
	wg.Wait()
	return context.Cause(ctx)
}
