package scorework

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/hop"
	"github.com/dangol/dangol/shared/lake/scorebook"
)

// picturesLooked is how far back the end of the month before is looked for: a picture a day for two months.
const picturesLooked = 62

// moves counts who went from which cell of the grid to which since the end of the month before, if its scores are kept and were coded as they are now.
func moves(ctx context.Context, r *hop.Run, s *score.Summary, now *score.List) error {
	day, err := monthBefore(ctx, r, s)
	if day == "" || err != nil {
		return err
	}
	book, err := r.T.ScoreBook(ctx, day)
	if book == nil || err != nil {
		return err
	}
	was, err := scorebook.ReadBands(ctx, r.Env.Objects(r.T.ID), book)
	if errors.Is(err, blob.ErrNotFound) {
		return nil // not kept
	}
	s.MovedSince, s.Moves = day, migration(was, now)
	return err
}

// monthBefore is the last day of the month before of which there is a picture, "" for none.
func monthBefore(ctx context.Context, r *hop.Run, s *score.Summary) (string, error) {
	days, err := r.T.Summaries(ctx, picturesLooked)
	if err != nil {
		return "", err
	}
	i := slices.IndexFunc(days, func(day string) bool { return day[:len("2006-01")] < s.AsOf[:len("2006-01")] })
	if i < 0 {
		return "", nil
	}
	was, err := r.T.Summary(ctx, days[i])
	if errs.Code(err) == "scores_not_built" || err == nil && cmp.Or(was.Coding, score.Independent) != s.Coding {
		return "", nil
	}
	return days[i], err
}

// migration goes through two days, each in the order of the ids, and notes on the scores of now where their customers were.
func migration(was []scorebook.Bands, now *score.List) (out []score.Move) {
	counts := map[score.Move]int{}
	for i, s := range now.From(0) {
		id := now.ID(i)
		for len(was) > 0 && was[0].CustomerID < id {
			counts[score.Move{FromR: was[0].R, FromF: was[0].F}]++
			was = was[1:]
		}
		m := score.Move{}
		if len(was) > 0 && was[0].CustomerID == id {
			m.FromR, m.FromF, was = was[0].R, was[0].F, was[1:]
		}
		if s.RFM != nil {
			m.ToR, m.ToF = s.RFM.R, s.RFM.F
			now.CameFrom(i, m.FromR, m.FromF)
		}
		counts[m]++
	}
	for _, b := range was {
		counts[score.Move{FromR: b.R, FromF: b.F}]++
	}
	delete(counts, score.Move{})
	for m, n := range counts {
		m.Customers = n
		out = append(out, m)
	}
	slices.SortFunc(out, func(a, b score.Move) int {
		return cmp.Or(b.FromR-a.FromR, b.FromF-a.FromF, b.ToR-a.ToR, b.ToF-a.ToF)
	})
	return out
}
