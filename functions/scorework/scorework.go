// Package scorework is the worker that rebuilds the value scores of a whole tenant: nightly in its zone, and on demand. It reads the tenant's lake and writes the
// scores into it; the table gets only those whose bands changed.
package scorework

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/dangol/dangol/shared/crm/forecast"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/crm/workspace"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/hop"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/scoring"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/store"
)

// Worker works the queue scores.
type Worker struct{ hops queue.Handler }

// New returns the worker over the ports of e.
func New(e *env.Env) *Worker {
	return &Worker{hops: hop.Handler(e, "scorework", map[job.Kind]hop.Step{job.ScoreRebuild: rescore})}
}

// Handle works a batch of the queue and returns the ids of the messages that failed.
func (w *Worker) Handle(ctx context.Context, batch []queue.Message) ([]string, error) {
	return w.hops(ctx, batch)
}

// cursor is where the next hop goes on. The first hop fixes the day, so that a rebuild over midnight is of one day, and values everybody; those behind it write what
// it found, behind the customer After.
type cursor struct {
	AsOf  time.Time `json:"asOf"`
	After string    `json:"after"`
	Found *found    `json:"found,omitempty"`
	asked score.RebuildParams
}

// found is what the first hop made: all scores as a book and as parts of the lake that nobody reads yet.
type found struct {
	Summary score.Summary    `json:"summary"`
	Card    score.Card       `json:"card"`
	Book    *store.ScoreBook `json:"book"`
	Parts   []lake.Part      `json:"parts"`
	At      time.Time        `json:"at"` // when the scores were written
	Present bool             `json:"present"`
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

// rescore values everybody as the lake has them, writes the bands that changed into the table in the order of the customers' ids, and then shows it all.
func rescore(ctx context.Context, r *hop.Run) (bool, error) {
	at, err := begin(r)
	if err != nil {
		return false, err
	}
	before, err := present(ctx, r)
	if err != nil {
		return false, err
	}
	var now scored
	if at.Found == nil {
		now, err = value(ctx, r, &at, before)
	} else {
		now, err = again(ctx, r, at.Found.Book)
	}
	if err != nil {
		return false, err
	}
	r.Job.Total = int64(now.Len())
	if more, err := write(ctx, r, at, now, before); more || err != nil {
		return more, err
	}
	if r.Job.CancelAsked {
		return false, nil // the picture, and the lake's scores, stay those of the last whole rebuild
	}
	return false, show(ctx, r, at.Found, told(now, before, at.Found))
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

// show makes what was found the scores of the lake and the picture. A rebuild of a day before that of the present scores leaves those as they are.
func show(ctx context.Context, r *hop.Run, f *found, moved []lake.Row) error {
	was, err := latest(ctx, r)
	if err != nil {
		return err
	}
	if f.Present {
		if err := scoring.Show(ctx, r.Env.Objects(r.T.ID), r.T.ID, f.Parts, r.T.Now()); err != nil {
			return err
		}
	}
	tx := r.T.Begin()
	tx.PutSummary(f.Summary, f.Book, f.Present)
	tx.PutScoreCard(f.Card)
	if err := tx.Commit(ctx); err != nil {
		return err
	}
	if f.Present {
		if err := errors.Join(tell(ctx, r, moved), drop(ctx, r, was, f.Book)); err != nil {
			return err
		}
	}
	return r.SetResult(map[string]any{"asOf": f.Summary.AsOf, "customers": f.Summary.Customers, "buyers": f.Summary.Buyers, "present": f.Present})
}

// latest is the book of the present picture, nil where there is none.
func latest(ctx context.Context, r *hop.Run) (*store.ScoreBook, error) {
	b, err := r.T.ScoreBook(ctx, "")
	if errs.Code(err) == "scores_not_built" {
		return nil, nil //nolint:nilnil // no book is no error: the first rebuild
	}
	return b, err
}

// drop removes the book of the picture before, unless it is kept as the end of its month.
func drop(ctx context.Context, r *hop.Run, was, is *store.ScoreBook) error {
	if was == nil || was.Key == is.Key || was.AsOf[:len("2006-01")] != is.AsOf[:len("2006-01")] {
		return nil
	}
	if err := r.Env.Objects(r.T.ID).Delete(ctx, was.Key); err != nil {
		return fmt.Errorf("remove the scores of %s: %w", was.AsOf, err)
	}
	return nil
}
