package feedtest

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/table/tabletest"
)

// patience is how long a scenario waits for what must come.
const patience = 30 * time.Second

// key is an item's key in the tenant.
func key(tenant, sk string) table.Key { return table.Key{PK: tenant + "p", SK: sk} }

func put(tenant, sk, text string) table.Op {
	return table.Op{Table: table.CRM, Item: table.Item{Key: key(tenant, sk), Head: []byte(text), Body: []byte(text), Event: []byte(text)}}
}

func add(tenant, sk string, n int64) table.Op {
	return table.Op{Table: table.CRM, Kind: table.OpAdd, Item: table.Item{Key: key(tenant, sk), Counters: map[string]int64{"n": n}}}
}

func remove(tenant, sk string) table.Op {
	return table.Op{Table: table.CRM, Kind: table.OpDelete, Item: table.Item{Key: key(tenant, sk)}}
}

func (w *world) must(ops ...table.Op) {
	w.Helper()
	if err := w.Table.Write(w.Context(), ops...); err != nil {
		w.Fatalf("write: %v", err)
	}
}

// both writes the same operations for both tenants.
func (w *world) both(ops func(tenant string) []table.Op) {
	w.Helper()
	for _, tenant := range w.tenants {
		w.must(ops(tenant)...)
	}
}

// numbered writes n new items for the first tenant, one by one, from the number first on.
func (w *world) numbered(first, n int) {
	w.Helper()
	for i := range n {
		w.must(put(w.tenants[0], fmt.Sprintf("%04d", first+i), "numbered"))
	}
}

// consumer gathers the records of the world's tenants.
type consumer struct {
	w    *world
	stop func() // ends Run and waits for it

	mu      sync.Mutex
	records []feed.Record
	changed chan struct{}
	// fault, when set, decides what the handler answers; batch has only the world's records.
	fault func(batch []feed.Record) (done int, err error)
}

// consume runs a consumer until it is stopped, at the latest when the scenario ends. The fault may be nil.
func (w *world) consume(name string, fault func(batch []feed.Record) (int, error)) *consumer {
	c := &consumer{w: w, changed: make(chan struct{}), fault: fault}
	ctx, cancel := context.WithCancel(w.Context())
	ended := make(chan error, 1)
	go func() { ended <- w.Source.Run(ctx, w.run+name, c.handle) }()
	c.stop = sync.OnceFunc(func() {
		cancel()
		select {
		case err := <-ended:
			if err != nil {
				w.Errorf("run %s: got %v, want nil when its context ends", name, err)
			}
		case <-time.After(patience):
			w.Errorf("run %s did not end with its context", name)
		}
	})
	w.Cleanup(c.stop)
	return c
}

// handle keeps what it says is done: the records before the fault.
func (c *consumer) handle(_ context.Context, batch []feed.Record) (done int, err error) {
	mine, upTo := c.mine(batch)
	handled := len(mine)
	if c.fault != nil && len(mine) > 0 {
		if handled, err = c.fault(mine); err != nil {
			done = upTo[handled]
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.records = append(c.records, mine[:handled]...)
	close(c.changed)
	c.changed = make(chan struct{})
	return done, err
}

// mine picks the records of the world's tenants, and says where in the batch each of them stands.
func (c *consumer) mine(batch []feed.Record) (mine []feed.Record, upTo []int) {
	for i, r := range batch {
		if strings.HasPrefix(r.Key().PK, "t#"+c.w.run) {
			mine, upTo = append(mine, r), append(upTo, i)
		}
	}
	return mine, append(upTo, len(batch))
}

// await waits until n different records were handled and returns all that were, repeats too.
func (c *consumer) await(n int) []feed.Record {
	c.w.Helper()
	late := time.After(patience)
	for {
		c.mu.Lock()
		records, changed := c.records, c.changed
		c.mu.Unlock()
		if distinct(records) >= n {
			return records
		}
		select {
		case <-changed:
		case <-late:
			c.w.Fatalf("got %d different records, want %d:\n%s", distinct(records), n, showAll(records))
		}
	}
}

func distinct(records []feed.Record) int {
	seen := map[string]bool{}
	for _, r := range records {
		seen[r.Seq] = true
	}
	return len(seen)
}

// of returns the records of one tenant.
func of(tenant string, records []feed.Record) (own []feed.Record) {
	for _, r := range records {
		if strings.HasPrefix(r.Key().PK, tenant) {
			own = append(own, r)
		}
	}
	return own
}

// show writes a record without its tenant.
func show(r feed.Record) string {
	image := func(it *table.Item) string {
		if it == nil {
			return "absent"
		}
		_, short, _ := strings.Cut(tabletest.Show(it), `" `)
		return short
	}
	return fmt.Sprintf("%s: %s -> %s", r.Table, image(r.Old), image(r.New))
}

func showAll(records []feed.Record) string {
	var b strings.Builder
	for _, r := range records {
		fmt.Fprintf(&b, "  %s %s\n", r.Seq, show(r))
	}
	return b.String()
}

// sks lists the sort keys of the records' items.
func sks(records []feed.Record) []string {
	var keys []string
	for _, r := range records {
		keys = append(keys, r.Key().SK)
	}
	return keys
}
