package scoring

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/compact"
	"github.com/dangol/dangol/shared/lake/part"
)

// subject is that of present scores.
const subject = "scores"

// partRows is how many scores stand in a part at most, and writers how many parts are written at once.
const (
	partRows = 250_000
	writers  = 2
)

// Parts writes the scores, in the order of the customers' ids, as parts of the lake that no manifest names yet: they are shown by Show within a day, or removed.
func Parts(ctx context.Context, objects blob.Blob, tenant string, scores *score.List, at time.Time) ([]lake.Part, error) {
	if scores.Len() == 0 {
		return []lake.Part{}, nil
	}
	dir, err := os.MkdirTemp("", "scores")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	each := int(part.Even(int64(scores.Len()), partRows))
	parts := make([][]lake.Part, (scores.Len()+each-1)/each)
	work, ctx := errgroup.WithContext(ctx)
	work.SetLimit(writers)
	for n := range parts {
		work.Go(func() (err error) {
			to := &part.Series{Objects: objects, Tenant: tenant, Subject: subject, Dir: filepath.Join(dir, strconv.Itoa(n)), Most: partRows, At: at}
			parts[n], err = onePart(ctx, to, scores, n*each, min((n+1)*each, scores.Len()))
			return err
		})
	}
	if err := work.Wait(); err != nil {
		return nil, fmt.Errorf("write the scores of %s: %w", tenant, err)
	}
	var all []lake.Part
	for _, p := range parts {
		all = append(all, p...)
	}
	return all, nil
}

// onePart writes the scores from a place on, up to end.
func onePart(ctx context.Context, to *part.Series, scores *score.List, from, end int) (_ []lake.Part, err error) {
	if err := os.Mkdir(to.Dir, 0o700); err != nil {
		return nil, err
	}
	if to.Columns, err = part.ColumnsOf(subject, nil, nil); err != nil {
		return nil, err
	}
	for i, s := range scores.From(from) {
		if i == end {
			break
		}
		row := lake.ScoreRow(scores.ID(i), s, to.At)
		if err := to.Add(ctx, &row); err != nil {
			to.Discard()
			return nil, err
		}
	}
	err = to.End(ctx)
	return to.Parts, err
}

// Show makes parts the present scores of a lake. Those before stay readable for whoever holds the manifest before, and in the ends of months that are over.
func Show(ctx context.Context, objects blob.Blob, tenant string, parts []lake.Part, now time.Time) error {
	return lake.ReplaceSubject(ctx, objects, tenant, subject, parts, now, func(ctx context.Context, was *lake.Manifest) error {
		return compact.KeepMonth(ctx, objects, tenant, was, now)
	})
}
