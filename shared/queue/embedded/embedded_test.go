package embedded_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/kv"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/queue/embedded"
	"github.com/dangol/dangol/shared/queue/queuetest"
)

// machine is a store that can be opened again.
type machine struct {
	tb    testing.TB
	dir   string
	clk   clock.Clock
	store *kv.Store
}

func newMachine(tb testing.TB, clk clock.Clock) *machine {
	m := &machine{tb: tb, dir: filepath.Join(tb.TempDir(), "kv"), clk: clk}
	tb.Cleanup(func() { _ = m.store.Close() })
	return m
}

func (m *machine) start() *embedded.Queue {
	m.tb.Helper()
	if m.store != nil {
		_ = m.store.Close()
	}
	var err error
	if m.store, err = kv.Open(m.dir, kv.Options{}); err != nil {
		m.tb.Fatal(err)
	}
	q, err := embedded.New(m.store, m.clk)
	if err != nil {
		m.tb.Fatal(err)
	}
	return q
}

func TestSuite(t *testing.T) {
	queuetest.Run(t, func(t *testing.T) queuetest.Subject {
		clk := clock.NewManual(time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC))
		m := newMachine(t, clk)
		return queuetest.Subject{Queue: m.start(), Advance: clk.Advance, Restart: func() queue.Queue { return m.start() }}
	})
}

func TestWorkCutDownByARestartIsVisibleAtOnceAndBackoffHolds(t *testing.T) {
	clk := clock.NewManual(time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC))
	m := newMachine(t, clk)
	q := m.start()
	if err := q.Send(t.Context(), "work", queue.Send{Group: "hana", Body: []byte("cut down")}, queue.Send{Group: "duri", Body: []byte("backing off")}); err != nil {
		t.Fatal(err)
	}
	got, err := q.Receive(t.Context(), "work", 10, time.Hour, 0)
	if err != nil || len(got) != 2 {
		t.Fatalf("received %v, %v", got, err)
	}
	for _, msg := range got {
		if msg.Group == "duri" {
			if err := q.Hide(t.Context(), "work", msg.Receipt, time.Hour); err != nil {
				t.Fatal(err)
			}
		}
	}
	q = m.start()
	if got, err := q.Receive(t.Context(), "work", 10, time.Hour, 0); err != nil || len(got) != 1 || string(got[0].Body) != "cut down" || got[0].Received != 2 {
		t.Errorf("after the restart: %v, %v; want only what was cut down, as delivery 2", got, err)
	}
}

func TestManyWorkersTakeEachMessageOnce(t *testing.T) {
	const total = 1200
	q := newMachine(t, clock.System{}).start()
	var sent, got atomic.Int32
	var all sync.WaitGroup
	for worker := range 6 {
		all.Go(func() {
			for i := range total / 60 {
				var msgs []queue.Send
				for j := range 10 {
					msgs = append(msgs, queue.Send{Group: fmt.Sprint(worker), Body: fmt.Append(nil, i, j)})
				}
				if err := q.Send(t.Context(), "work", msgs...); err != nil {
					t.Error(err)
				}
				sent.Add(10)
			}
		})
		all.Go(func() {
			for got.Load() < total {
				batch, err := q.Receive(t.Context(), "work", 10, time.Hour, 50*time.Millisecond)
				if err != nil {
					t.Error(err)
					return
				}
				got.Add(int32(len(batch)))
				for _, m := range batch {
					if err := q.Delete(t.Context(), "work", m.Receipt); err != nil || m.Received != 1 {
						t.Errorf("delivery %d, %v", m.Received, err)
					}
				}
			}
		})
	}
	all.Wait()
	if v, h, d := q.Counts("work"); got.Load() != total || v+h+d != 0 {
		t.Errorf("sent %d, received %d, left %d visible, %d hidden, %d dead", sent.Load(), got.Load(), v, h, d)
	}
}

func BenchmarkSend1kB(b *testing.B) {
	q := newMachine(b, clock.System{}).start()
	body := bytes.Repeat([]byte("x"), 1024)
	b.SetParallelism(12)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := q.Send(b.Context(), "work", queue.Send{Group: "hana", Body: body}); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "messages/s")
}

// Ten at a time, by eight workers: send, receive, delete.
func BenchmarkCycle(b *testing.B) {
	q := newMachine(b, clock.System{}).start()
	msgs := make([]queue.Send, 10)
	for i := range msgs {
		msgs[i] = queue.Send{Group: fmt.Sprint(i % 3), Body: bytes.Repeat([]byte("x"), 1024)}
	}
	b.SetParallelism(4)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := cycle(b, q, msgs); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(10*float64(b.N)/b.Elapsed().Seconds(), "messages/s")
}

func cycle(b *testing.B, q *embedded.Queue, msgs []queue.Send) error {
	if err := q.Send(b.Context(), "work", msgs...); err != nil {
		return err
	}
	got, err := q.Receive(b.Context(), "work", 10, time.Minute, 0)
	if err != nil {
		return err
	}
	var receipts []string
	for _, m := range got {
		receipts = append(receipts, m.Receipt)
	}
	return q.Delete(b.Context(), "work", receipts...)
}

func BenchmarkStartWith100k(b *testing.B) {
	m := newMachine(b, clock.System{})
	q := m.start()
	msgs := make([]queue.Send, 10)
	for i := range msgs {
		msgs[i] = queue.Send{Group: fmt.Sprint(i), Body: bytes.Repeat([]byte("x"), 1024)}
	}
	for range 10_000 {
		if err := q.Send(b.Context(), "work", msgs...); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		m.start()
	}
}
