package compact

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/lake"
)

// choose takes the deltas that were written first, up to so many bytes and at least one. It never parts deltas of one second, which is what object stores
// tell times by: where a record moved from place to place, an earlier delta must not be folded after a later one.
func choose(deltas []lake.Delta, most int64) (chosen []lake.Delta, more bool) {
	deltas = slices.Clone(deltas)
	slices.SortFunc(deltas, func(a, b lake.Delta) int { return cmp.Or(a.Written.Compare(b.Written), strings.Compare(a.Key, b.Key)) })
	var bytes int64
	for i, d := range deltas {
		if i > 0 && bytes+d.Bytes > most && d.Written.Truncate(time.Second).After(deltas[i-1].Written) {
			return deltas[:i], true
		}
		bytes += d.Bytes
	}
	return deltas, false
}

// changes are the rows that deltas bring, by subject and month, in their order, each place once.
type changes map[string]map[string][]lake.Row

func collect(ctx context.Context, b blob.Blob, deltas []lake.Delta) (changes, error) {
	latest := map[string]map[lake.Place]lake.Row{}
	for _, d := range deltas {
		err := lake.EachRow(ctx, b, d.Key, func(r lake.Row) error {
			if latest[r.Subject] == nil {
				latest[r.Subject] = map[lake.Place]lake.Row{}
			}
			at := lake.PlaceOf(&r)
			if was, has := latest[r.Subject][at]; !has || beats(&r, &was) {
				latest[r.Subject][at] = r
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return sorted(latest), nil
}

// beats says whether a row takes the place of another that stands at the same one: the higher version, and of one version what is gone.
func beats(r, was *lake.Row) bool {
	return r.Version > was.Version || r.Version == was.Version && r.Gone && !was.Gone
}

func sorted(latest map[string]map[lake.Place]lake.Row) changes {
	out := changes{}
	for subject, rows := range latest {
		places := slices.SortedFunc(maps.Keys(rows), func(a, b lake.Place) int { return strings.Compare(a.Sort, b.Sort) })
		months := map[string][]lake.Row{}
		for _, at := range places {
			months[at.Month] = append(months[at.Month], rows[at])
		}
		out[subject] = months
	}
	return out
}

func (c changes) count() (n int) {
	for _, months := range c {
		for _, rows := range months {
			n += len(rows)
		}
	}
	return n
}
