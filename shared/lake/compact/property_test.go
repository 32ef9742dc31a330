package compact

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/lake"
)

// seeds are those of the rounds: DANGOL_SEED alone, or a few, or many with DANGOL_LONG.
func seeds(t *testing.T) []uint64 {
	if text := os.Getenv("DANGOL_SEED"); text != "" {
		seed, err := strconv.ParseUint(text, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		return []uint64{seed}
	}
	rounds := 4
	if os.Getenv("DANGOL_LONG") != "" {
		rounds = 100
	}
	var all []uint64
	for range rounds {
		all = append(all, rand.Uint64())
	}
	return all
}

// cut parts records into batches of random sizes, as ticks bring them.
func cut(records []feed.Record, luck *rand.Rand) (batches [][]feed.Record) {
	for len(records) > 0 {
		n := min(len(records), 1+luck.IntN(25))
		batches, records = append(batches, records[:n]), records[n:]
	}
	return batches
}

func deliver(t testing.TB, b blob.Blob, batch []feed.Record) error {
	t.Helper()
	var rows []lake.Row
	for _, r := range batch {
		_, more, err := lake.Rows(r, noon)
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, more...)
	}
	_, err := lake.WriteDelta(t.Context(), b, tenant, rows)
	return err
}

// dies runs a turn, or a tidying, that comes to its end or does not. Two at once are as two one after the other whose calls mix: see the test of two writers.
func dies(t testing.TB, b blob.Blob, luck *rand.Rand, now time.Time) {
	t.Helper()
	c := &crashing{Blob: b, left: luck.IntN(60), luck: luck}
	o := options(t, now)
	o.Kept, o.Unnamed = time.Nanosecond, time.Nanosecond
	var err error
	if luck.IntN(3) > 0 {
		o.DeltaBytes = int64(1 + luck.IntN(4000))
		_, err = Turn(t.Context(), c, tenant, o)
	} else if _, err = Tidy(t.Context(), c, tenant, o); err == nil && c.left < 0 {
		t.Error("a tidying that died says that it did not")
	}
	if err != nil && !errors.Is(err, errCrash) {
		t.Error(err)
	}
}

// settle folds all that there is.
func settle(t testing.TB, b blob.Blob, now time.Time) {
	t.Helper()
	for {
		r, err := Turn(t.Context(), b, tenant, options(t, now))
		if err != nil {
			t.Fatal(err)
		}
		if r.Deltas == 0 {
			return
		}
	}
}

// TestALakeSaysWhatTheTableSays at every moment, up to what was delivered, however compactions die.
func TestALakeSaysWhatTheTableSays(t *testing.T) {
	for _, seed := range seeds(t) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			luck, b := rand.New(rand.NewPCG(seed, 1)), objects(t)
			records := lived(t, luck, 150)
			done := 0
			for _, batch := range cut(records, luck) {
				for deliver(t, &crashing{Blob: b, left: luck.IntN(4), luck: luck}, batch) != nil { // the feed gives it again
					dies(t, b, luck, time.Now())
				}
				done += len(batch)
				for range luck.IntN(3) {
					dies(t, b, luck, time.Now())
				}
				if luck.IntN(4) == 0 {
					differ(t, fmt.Sprintf("after %d of %d records", done, len(records)), inLake(t, b), inTable(t, records[:done]))
				}
			}
			settle(t, b, time.Now())
			differ(t, "at the end", inLake(t, b), inTable(t, records))
			if t.Failed() {
				t.Logf("again with DANGOL_SEED=%d", seed)
			}
		})
	}
}

// TestDeltasInAnyOrderAndAgainEndAsOne: whatever comes late, twice, or before what it follows.
func TestDeltasInAnyOrderAndAgainEndAsOne(t *testing.T) {
	for _, seed := range seeds(t) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			luck, b := rand.New(rand.NewPCG(seed, 2)), objects(t)
			records := lived(t, luck, 150)
			batches := cut(records, luck)
			batches = append(batches, cut(records, luck)...) // once more, parted elsewhere
			luck.Shuffle(len(batches), func(i, j int) { batches[i], batches[j] = batches[j], batches[i] })
			for _, batch := range batches {
				if err := deliver(t, b, batch); err != nil {
					t.Fatal(err)
				}
				dies(t, b, luck, time.Now())
			}
			settle(t, b, time.Now())
			differ(t, "at the end", inLake(t, b), inTable(t, records))
			if t.Failed() {
				t.Logf("again with DANGOL_SEED=%d", seed)
			}
		})
	}
}
