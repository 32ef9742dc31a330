package embedded_test

import (
	"errors"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/table/embedded"
	"github.com/dangol/dangol/shared/table/tabletest"
)

var _ tabletest.Faults = (*embedded.Faults)(nil)

func TestADelayedIndexShowsTheStateOfSomeTimeAgo(t *testing.T) {
	now := clock.NewManual(time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC))
	d := newDisk(t, embedded.Options{Clock: now})
	if err := d.Faults.DelayIndexes(time.Second); err != nil {
		t.Fatal(err)
	}
	list := func(sk string) {
		it := table.Item{Key: table.Key{PK: "p", SK: sk}}
		it.Index[0] = table.Key{PK: "list", SK: sk}
		if err := d.Write(t.Context(), table.Op{Table: table.CRM, Item: it}); err != nil {
			t.Fatal(err)
		}
	}
	list("a") // at 0 ms
	now.Advance(600 * time.Millisecond)
	list("b") // at 600 ms
	for _, c := range []struct {
		wait time.Duration
		want int
	}{
		{0, 0},                      // 600 ms
		{399 * time.Millisecond, 0}, // 999 ms
		{time.Millisecond, 1},       // 1,000 ms
		{599 * time.Millisecond, 1}, // 1,599 ms
		{time.Millisecond, 2},       // 1,600 ms
		{time.Hour, 2},
	} {
		now.Advance(c.wait)
		p, err := d.Query(t.Context(), table.Query{Table: table.CRM, Index: 1, PK: "list"})
		if err != nil || len(p.Items) != c.want {
			t.Errorf("at %s: got %d entries, %v, want %d", now.Now().Format("15:04:05.000"), len(p.Items), err, c.want)
		}
	}
}

func TestAShareOfTheCallsIsThrottled(t *testing.T) {
	d := newDisk(t, embedded.Options{})
	d.Faults.Throttle(0.25, rand.New(rand.NewPCG(1, 2)).Float64)
	throttled := 0
	for range 1000 {
		if _, err := d.Get(t.Context(), table.CRM, table.Key{PK: "p", SK: "s"}); errors.Is(err, table.ErrThrottled) {
			throttled++
		}
	}
	if throttled < 200 || throttled > 300 {
		t.Errorf("%d of 1,000 calls were throttled, want about 250", throttled)
	}
}

// bill gathers what the meter reports.
type bill struct {
	mu    sync.Mutex
	lines []line
}

type line struct {
	op          string
	table       table.Name
	read, write float64
}

func (b *bill) note(op string, t table.Name, read, write float64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.lines = append(b.lines, line{op, t, read, write})
}

func TestEveryCallIsMetered(t *testing.T) {
	var b bill
	d := newDisk(t, embedded.Options{Meter: b.note})
	k := table.Key{PK: "p", SK: "s"}
	it := table.Item{Key: k, Head: make([]byte, 100), Body: make([]byte, 4900)}
	it.Index[0] = table.Key{PK: "list", SK: "a"}
	large := table.Op{Table: table.CRM, If: table.IfAbsent, Item: it}
	counter := table.Op{Table: table.Ops, Kind: table.OpAdd, Item: table.Item{Key: k, Counters: map[string]int64{"n": 1}}}
	for _, c := range []struct {
		name string
		call func() error
		want []line
	}{
		{"a put with an index entry", func() error { return d.Write(t.Context(), large) }, []line{{"write", table.CRM, 0, 5 + 1}}},
		{"a failed condition", func() error { return ignoreCondition(d.Write(t.Context(), large)) }, []line{{"write", table.CRM, 0, 5}}},
		{"a transaction over two tables", func() error {
			large.If = table.Always
			return d.Write(t.Context(), large, counter)
		}, []line{{"write", table.CRM, 0, 10 + 1}, {"write", table.Ops, 0, 2}}},
		{"a get", func() error { _, err := d.Get(t.Context(), table.CRM, k); return err }, []line{{"get", table.CRM, 2, 0}}},
		{"a batch get with an absent item", func() error {
			_, err := d.BatchGet(t.Context(), table.CRM, []table.Key{k, {PK: "p", SK: "none"}})
			return err
		}, []line{{"batchget", table.CRM, 3, 0}}},
		{"a query", func() error {
			_, err := d.Query(t.Context(), table.Query{Table: table.CRM, PK: "p"})
			return err
		}, []line{{"query", table.CRM, 2, 0}}},
		{"a query of an index", func() error {
			_, err := d.Query(t.Context(), table.Query{Table: table.CRM, Index: 1, PK: "list"})
			return err
		}, []line{{"query", table.CRM, 0.5, 0}}},
	} {
		b.lines = nil
		if err := c.call(); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if len(b.lines) != len(c.want) {
			t.Errorf("%s: got %v, want %v", c.name, b.lines, c.want)
			continue
		}
		for i := range c.want {
			if b.lines[i] != c.want[i] {
				t.Errorf("%s: got %v, want %v", c.name, b.lines, c.want)
			}
		}
	}
}

func ignoreCondition(err error) error {
	var c *table.ConditionError
	if errors.As(err, &c) {
		return nil
	}
	return err
}

func TestAnotherFormatIsRefused(t *testing.T) {
	d := newDisk(t, embedded.Options{})
	write(t, d, "1")
	if err := d.store.SetLazily([]byte("tv"), []byte("2")); err != nil {
		t.Fatal(err)
	}
	write(t, d, "2")
	if _, err := embedded.New(d.store, embedded.Options{}); err == nil {
		t.Error("an engine opened a store of another format")
	}
}
