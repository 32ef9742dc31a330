package embedded_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/kv"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/table/embedded"
)

const (
	loaded       = 1_000_000 // items that reads are measured on, in partitions of perPartition
	perPartition = 100
	listed       = 300_000 // items in one partition of the index
)

var document = []byte(`{"name":"Kim Minji","stage":"regular","grade":"gold","region":"Seoul","email":"minji.kim@example.com","phone":"+821012345678","owner":"usr_01JD"}`)

func openBench(b *testing.B, dir string) *embedded.Engine {
	b.Helper()
	s, err := kv.Open(dir, kv.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := s.Close(); err != nil {
			b.Error(err)
		}
	})
	e, err := embedded.New(s, embedded.Options{})
	if err != nil {
		b.Fatal(err)
	}
	return e
}

// BenchmarkWrite measures durable transactions of four items (a record in two indexes, its unique value, a timeline entry, a counter) with the
// feed, at different numbers of writers.
func BenchmarkWrite(b *testing.B) {
	for _, writers := range []int{1, 8, 64} {
		b.Run(fmt.Sprintf("writers=%d", writers), func(b *testing.B) {
			e := openBench(b, b.TempDir())
			perform(b, writers, func(n int64) error { return e.Write(context.Background(), customer(n)...) })
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "tx/s")
		})
	}
}

// BenchmarkPut measures durable single conditional puts.
func BenchmarkPut(b *testing.B) {
	for _, writers := range []int{1, 8, 64} {
		b.Run(fmt.Sprintf("writers=%d", writers), func(b *testing.B) {
			e := openBench(b, b.TempDir())
			perform(b, writers, func(n int64) error { return e.Write(context.Background(), customer(n)[1]) })
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "puts/s")
		})
	}
}

func perform(b *testing.B, writers int, do func(n int64) error) {
	var next atomic.Int64
	var done sync.WaitGroup
	b.ResetTimer()
	for range writers {
		done.Go(func() {
			for n := next.Add(1); n <= int64(b.N); n = next.Add(1) {
				if err := do(n); err != nil {
					b.Error(err)
				}
			}
		})
	}
	done.Wait()
}

func customer(n int64) []table.Op {
	id := fmt.Sprintf("cus_%016x", uint64(n)*0x9E3779B97F4A7C15)
	pk := "t#01JD0000000000000000000000#cus#" + id
	record := table.Item{Key: table.Key{PK: pk, SK: "cus"}, Head: document, Body: document, Event: document}
	record.Index[0] = table.Key{PK: "t#01JD0000000000000000000000#cus#0", SK: id}
	record.Index[1] = table.Key{PK: "t#01JD0000000000000000000000#own#0", SK: "usr#" + id}
	return []table.Op{
		{Table: table.CRM, If: table.IfAbsent, Item: record},
		{Table: table.CRM, If: table.IfAbsent, Item: table.Item{Key: table.Key{PK: "t#01JD0000000000000000000000#uq#" + id, SK: "uq"}, Body: []byte(id)}},
		{Table: table.CRM, Item: table.Item{Key: table.Key{PK: pk, SK: "tl#2026"}, Head: document}},
		{Table: table.Ops, Kind: table.OpAdd, Item: table.Item{Key: table.Key{PK: "t#01JD0000000000000000000000#use", SK: "2026-11"}, Counters: map[string]int64{"customers": 1}}},
	}
}

// BenchmarkRead measures reads with a million items and, of them, 300,000 in one index partition.
func BenchmarkRead(b *testing.B) {
	dir := b.TempDir()
	e := openBench(b, dir)
	load(b, e)
	ctx := context.Background()
	b.Run("get", func(b *testing.B) {
		for range b.N {
			if it, err := e.Get(ctx, table.CRM, loadedKey(rand.IntN(loaded))); it == nil || err != nil {
				b.Fatal(it, err)
			}
		}
	})
	b.Run("query20", func(b *testing.B) {
		for range b.N {
			k := loadedKey(rand.IntN(loaded - 20))
			p, err := e.Query(ctx, table.Query{Table: table.CRM, PK: k.PK, Limit: 20})
			if err != nil || len(p.Items) != 20 {
				b.Fatal(len(p.Items), err)
			}
		}
	})
	b.Run("index20", func(b *testing.B) {
		for range b.N {
			from := fmt.Sprintf("%08d", rand.IntN(listed-20))
			p, err := e.Query(ctx, table.Query{Table: table.CRM, Index: 1, PK: "t#1#list", From: from, Limit: 20})
			if err != nil || len(p.Items) != 20 {
				b.Fatal(len(p.Items), err)
			}
		}
	})
	b.Run("scan300k", func(b *testing.B) {
		b.ReportAllocs()
		for range b.N {
			if n := scan(b, e); n != listed {
				b.Fatalf("got %d entries, want %d", n, listed)
			}
		}
		b.ReportMetric(float64(listed*b.N)/b.Elapsed().Seconds(), "entries/s")
	})
}

func loadedKey(n int) table.Key {
	return table.Key{PK: fmt.Sprintf("t#1#cus#%08d", n/perPartition), SK: fmt.Sprintf("%08d", n)}
}

func load(b *testing.B, e *embedded.Engine) {
	perTx := 50
	var next atomic.Int64
	var done sync.WaitGroup
	for range 8 {
		done.Go(func() {
			for n := next.Add(1) - 1; n < int64(loaded/perTx); n = next.Add(1) - 1 {
				ops := make([]table.Op, perTx)
				for i := range ops {
					ops[i].Table, ops[i].Item = table.CRM, loadedItem(int(n)*perTx+i)
				}
				if err := e.Write(context.Background(), ops...); err != nil {
					b.Error(err)
				}
			}
		})
	}
	done.Wait()
}

func loadedItem(n int) table.Item {
	it := table.Item{Key: loadedKey(n), Head: document, Body: document}
	if n < listed {
		it.Index[0] = table.Key{PK: "t#1#list", SK: fmt.Sprintf("%08d", n)}
	}
	return it
}

func scan(b *testing.B, e *embedded.Engine) (n int) {
	q := table.Query{Table: table.CRM, Index: 1, PK: "t#1#list"}
	for {
		p, err := e.Query(context.Background(), q)
		if err != nil {
			b.Fatal(err)
		}
		n += len(p.Items)
		if q.After = p.Next; p.Next == nil {
			return n
		}
	}
}

// BenchmarkFeed measures how fast a consumer that does nothing goes through the feed of four-item transactions.
func BenchmarkFeed(b *testing.B) {
	e := openBench(b, b.TempDir())
	perform(b, 8, func(n int64) error { return e.Write(context.Background(), customer(n)...) })
	b.ResetTimer()
	ctx, cancel := context.WithCancel(context.Background())
	left := 4 * b.N
	err := e.Run(ctx, "bench", func(_ context.Context, batch []feed.Record) (int, error) {
		if left -= len(batch); left <= 0 {
			cancel()
		}
		return len(batch), nil
	})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(4*b.N)/b.Elapsed().Seconds(), "records/s")
}
