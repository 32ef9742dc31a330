package compact

import (
	"cmp"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/part"
)

// rewriter writes the parts of one subject anew.
type rewriter struct {
	ctx     context.Context
	objects blob.Blob
	tenant  string
	subject string
	dir     string
	now     time.Time
	most    int64 // rows of a part
	written int   // parts
}

// subjectParts returns the parts of the subject that hold the changes: those of months without changes as they are.
func (w *rewriter) subjectParts(parts []lake.Part, months map[string][]lake.Row) (out []lake.Part, err error) {
	of := map[string][]lake.Part{}
	for _, p := range parts {
		of[p.Month] = append(of[p.Month], p)
	}
	for month, rows := range months {
		if of[month], err = w.monthParts(month, of[month], rows); err != nil {
			return nil, err
		}
	}
	for _, parts := range of {
		out = append(out, parts...)
	}
	slices.SortFunc(out, func(a, b lake.Part) int {
		return cmp.Or(strings.Compare(a.Month, b.Month), strings.Compare(a.First, b.First))
	})
	return out, nil
}

// monthParts writes those parts of a month anew that have places of the changes. Each takes the changes up to the first place of the next one.
func (w *rewriter) monthParts(month string, parts []lake.Part, rows []lake.Row) (out []lake.Part, err error) {
	if len(parts) == 0 {
		return w.merged(month, nil, rows)
	}
	slices.SortFunc(parts, func(a, b lake.Part) int { return strings.Compare(a.First, b.First) })
	for i, p := range parts {
		n := len(rows)
		if i+1 < len(parts) {
			n, _ = slices.BinarySearchFunc(rows, parts[i+1].First, func(r lake.Row, first string) int { return strings.Compare(lake.PlaceOf(&r).Sort, first) })
		}
		next := []lake.Part{p}
		if n > 0 {
			if next, err = w.merged(month, &p, rows[:n]); err != nil {
				return nil, err
			}
		}
		out, rows = append(out, next...), rows[n:]
	}
	return out, nil
}

// merged writes the rows of a part (nil: none) and the changes as new parts.
func (w *rewriter) merged(month string, old *lake.Part, rows []lake.Row) (out []lake.Part, err error) {
	in, err := w.open(old)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, in.close()) }()
	columns, err := part.ColumnsOf(w.subject, in.columns(), rows)
	if err != nil {
		return nil, err
	}
	to := &part.Series{Objects: w.objects, Tenant: w.tenant, Subject: w.subject, Month: month, Columns: columns, Dir: w.dir, Most: w.sizeOf(old, rows), At: w.now}
	if err := merge(in, rows, func(r *lake.Row) error { return to.Add(w.ctx, r) }); err != nil {
		to.Discard()
		return nil, err
	}
	err = to.End(w.ctx)
	w.written += len(to.Parts)
	return to.Parts, err
}

// sizeOf is how many rows each of the new parts is to have. They are even: were they full but for the last, every row that comes between the others later
// would leave one more small part behind.
func (w *rewriter) sizeOf(old *lake.Part, rows []lake.Row) int64 {
	all := int64(len(rows))
	if old != nil {
		all += old.Rows
	}
	return part.Even(all, w.most)
}

// source gives rows in order; io.EOF behind the last.
type source interface{ Next() (lake.Row, error) }

// merge calls f for the rows of both in the order of their places; of two at one place, for the one that holds.
func merge(in source, rows []lake.Row, f func(*lake.Row) error) error {
	for {
		old, err := in.Next()
		if errors.Is(err, io.EOF) {
			return each(rows, f)
		}
		if err != nil {
			return err
		}
		at := lake.PlaceOf(&old).Sort
		n, same := slices.BinarySearchFunc(rows, at, func(r lake.Row, at string) int { return strings.Compare(lake.PlaceOf(&r).Sort, at) })
		if err := each(rows[:n], f); err != nil {
			return err
		}
		rows = rows[n:]
		if same {
			if beats(&rows[0], &old) {
				old = rows[0]
			}
			rows = rows[1:]
		}
		if err := f(&old); err != nil {
			return err
		}
	}
}

func each(rows []lake.Row, f func(*lake.Row) error) error {
	for i := range rows {
		if err := f(&rows[i]); err != nil {
			return err
		}
	}
	return nil
}
