package scorework

import (
	"context"
	"iter"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/dangol/dangol/shared/audience"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/crm/valuation"
	"github.com/dangol/dangol/shared/crm/workspace"
	"github.com/dangol/dangol/shared/hop"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/rebuild"
	"github.com/dangol/dangol/shared/lake/scorebook"
	"github.com/dangol/dangol/shared/lake/scoring"
	"github.com/dangol/dangol/shared/store"
)

// scored are the scores of all customers, by id. From goes through them from a place on; each holds until the next is taken.
type scored interface {
	Len() int
	ID(i int) string
	At(i int) score.Score
	From(i int) iter.Seq2[int, *score.Score]
}

// value reads the facts, values everybody and keeps what it found: a book, parts of the lake, the months of the lifecycle.
func value(ctx context.Context, r *hop.Run, at *cursor, before bands) (scored, error) {
	ws, err := r.T.Workspace(ctx)
	if err != nil {
		return nil, err
	}
	customers, err := facts(ctx, r, ws, at.AsOf)
	if err != nil {
		return nil, err
	}
	months := cycle{Run: r, ws: ws, inputs: customers}
	lastMonth, err := months.close(ctx, *at)
	if err != nil {
		return nil, err
	}
	v, err := valuation.Of(plan(ws, *at), rulesOf(ws), customers)
	if err != nil {
		return nil, err
	}
	lastMonth.mark(v.Scores, before)
	if err := months.keep(ctx, at.AsOf, v.Scores, lastMonth); err != nil {
		return nil, err
	}
	forget(customers)
	if err := moves(ctx, r, &v.Summary, v.Scores); err != nil {
		return nil, err
	}
	at.Found = &found{Summary: v.Summary, Card: v.Card, At: r.T.Now().Truncate(time.Millisecond)}
	if at.Found.Present, err = isPresent(ctx, r, at); err != nil {
		return nil, err
	}
	return v.Scores, keepScores(ctx, r, at.Found, v.Scores)
}

// forget lets go of the orders, a quarter of what a rebuild holds, once everything is counted.
func forget(customers []score.Input) {
	for i := range customers {
		customers[i].Orders = nil
	}
}

func rulesOf(ws *workspace.Workspace) valuation.Rules {
	return valuation.Rules{RFM: ws.RFM, Costs: ws.Costs, Lifecycle: ws.Lifecycle}
}

// isPresent says whether a rebuild is to be shown as the present: always, but for one of a day before that of the present scores that did not ask for it.
func isPresent(ctx context.Context, r *hop.Run, at *cursor) (bool, error) {
	was, err := latest(ctx, r)
	return was == nil || at.asked.Replace || was.AsOf <= at.Found.Summary.AsOf, err
}

// keepScores writes the book, and the parts that show will put into the lake.
func keepScores(ctx context.Context, r *hop.Run, f *found, scores *score.List) error {
	objects := r.Env.Objects(r.T.ID)
	work, ctx := errgroup.WithContext(ctx)
	work.Go(func() (err error) {
		f.Book, err = scorebook.Write(ctx, objects, r.T.ScoreBookKey(f.Summary.AsOf, r.Job.ID), scores)
		return err
	})
	if f.Present {
		work.Go(func() (err error) {
			f.Parts, err = scoring.Parts(ctx, objects, r.T.ID, scores, f.At)
			return err
		})
	}
	if err := work.Wait(); err != nil {
		return err
	}
	f.Book.AsOf = f.Summary.AsOf
	return nil
}

// again reads what the first hop found.
func again(ctx context.Context, r *hop.Run, b *store.ScoreBook) (now booked, err error) {
	err = scorebook.Each(ctx, r.Env.Objects(r.T.ID), b, func(s *store.ScoredCustomer) error {
		now = append(now, *s)
		return nil
	})
	return now, err
}

// booked are scores out of a book.
type booked []store.ScoredCustomer

func (b booked) Len() int             { return len(b) }
func (b booked) ID(i int) string      { return b[i].CustomerID }
func (b booked) At(i int) score.Score { return b[i].Score }

func (b booked) From(i int) iter.Seq2[int, *score.Score] {
	return func(yield func(int, *score.Score) bool) {
		for ; i < len(b) && yield(i, &b[i].Score); i++ {
		}
	}
}

// facts reads the lake, once it has what the table had when the rebuild was asked for.
func facts(ctx context.Context, r *hop.Run, ws *workspace.Workspace, asOf time.Time) ([]score.Input, error) {
	if err := ready(ctx, r); err != nil {
		return nil, err
	}
	l, err := r.Env.Lake(r.T.ID)
	if err != nil {
		return nil, err
	}
	year, month, day := asOf.In(ws.Zone()).Date()
	return scoring.Facts(ctx, l, scoring.Question{
		Until: time.Date(year, month, day+1, 0, 0, 0, 0, ws.Zone()), Rules: ws.Lifecycle, Wallet: scoring.Wallet{Key: ws.WalletField, Currency: ws.Currency},
		Answered: asOf.AddDate(0, -1, -ws.Lifecycle.RespondentDays), // the end of the month before is stated too
	})
}

// ready waits until the lake has what the table had when the rebuild was asked for, and writes the first parts of a lake that has none: the table may have records from
// before there were lakes.
func ready(ctx context.Context, r *hop.Run) error {
	objects := r.Env.Objects(r.T.ID)
	m, _, err := lake.Read(ctx, objects, r.T.ID)
	if err != nil {
		return err
	}
	if m.Version == 0 {
		_, err := rebuild.Lake(ctx, r.T, objects, rebuild.Options{Now: r.Env.Clock.Now})
		return err
	}
	return audience.Await(ctx, r.Env, r.T, r.T.Now())
}
