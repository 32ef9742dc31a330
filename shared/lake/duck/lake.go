//go:build cgo

package duck

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"
)

// Lake is one tenant's lake as the runner knows it. It is safe for concurrent use.
type Lake struct {
	runner *Runner
	tenant string
	dir    string
	src    Source

	open sync.RWMutex // held to read while the database is used, to write while it is opened or closed
	db   *sql.DB
	used int64 // the runner's count when it was asked last; under runner.mu

	refreshing sync.Mutex // one loader at a time, who also holds open to read; what follows is under it, or under open held to write
	loaded     loaded
	asked      time.Time // when the source was last asked

	shown   sync.RWMutex
	columns map[string][]Column // of every subject, as they can be asked
	checked map[string]bool     // statements that were found to be over the lake
	answers answers
}

// loaded is what the database holds.
type loaded struct {
	tables map[string]*table
	parts  map[string]map[string]int // by subject and hash, the number in the part column
	deltas map[string]bool
	marts  map[string]bool // those that were made, by their first table
	next   int             // the next part's number
	laid   time.Time       // when rows were last laid over, which no delta that is known has
}

func (n loaded) clone() loaded {
	out := loaded{tables: map[string]*table{}, parts: map[string]map[string]int{}, deltas: map[string]bool{}, marts: map[string]bool{}, next: n.next, laid: n.laid}
	for name, t := range n.tables {
		out.tables[name] = &table{Subject: t.Subject, columns: slices.Clone(t.columns)}
	}
	for name, parts := range n.parts {
		out.parts[name] = map[string]int{}
		for hash, number := range parts {
			out.parts[name][hash] = number
		}
	}
	for key := range n.deltas {
		out.deltas[key] = true
	}
	for name := range n.marts {
		out.marts[name] = true
	}
	return out
}

// refresh loads what the lake has and the database has not. A failure leaves the database as it was.
func (l *Lake) refresh(ctx context.Context) error {
	l.refreshing.Lock()
	defer l.refreshing.Unlock()
	now := l.runner.options.Clock.Now()
	if l.loaded.tables != nil && now.Sub(l.asked) < l.runner.options.MaxAge {
		return nil
	}
	state, err := l.src.State(ctx)
	if err != nil {
		return fmt.Errorf("state of the lake: %w", err)
	}
	if l.loaded.tables == nil || l.loaded.lacks(state) {
		for step := range l.loaded.steps(state) {
			if err := l.load(ctx, step); err != nil {
				return err
			}
		}
	}
	l.asked = now
	return nil
}

// mostDeltas is how many deltas are loaded in one transaction, which holds their lines and rows in memory until it ends: of a large import that nobody asked
// about meanwhile there are hundreds.
const mostDeltas = 64

// steps are states on the way to one: each has all parts, and some more of the deltas, in their order, so that whoever asks between two of them sees the lake as
// it was earlier.
func (n loaded) steps(s State) iter.Seq[State] {
	return func(yield func(State) bool) {
		known := n.deltas
		for fresh, i := 0, 0; i < len(s.Deltas); i++ {
			if !known[s.Deltas[i]] {
				fresh++
			}
			if fresh == mostDeltas {
				if fresh = 0; !yield(State{Parts: s.Parts, Deltas: s.Deltas[:i+1]}) {
					return
				}
			}
		}
		yield(s)
	}
}

// lacks says whether the state has files that are not loaded, or not all that is loaded.
func (n loaded) lacks(s State) bool {
	for _, key := range s.Deltas {
		if !n.deltas[key] {
			return true
		}
	}
	for subject := range n.tables {
		if len(s.Parts[subject]) != len(n.parts[subject]) {
			return true
		}
		for _, p := range s.Parts[subject] {
			if _, ok := n.parts[subject][p.Hash]; !ok {
				return true
			}
		}
	}
	return false
}

// load brings the database to a state in one transaction: whoever asks meanwhile sees the state before.
func (l *Lake) load(ctx context.Context, s State) error {
	return l.change(ctx, func(d loader) error {
		if err := d.follow(ctx); err != nil {
			return err
		}
		if err := d.all(ctx, l.runner.subjects, s); err != nil {
			return err
		}
		return d.renew(ctx)
	})
}

// change does one transaction; after an error the database is as it was.
func (l *Lake) change(ctx context.Context, f func(loader) error) error {
	fetched := filepath.Join(l.dir, "fetched")
	defer os.RemoveAll(fetched)
	conn, err := l.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	next := l.loaded.clone()
	err = execute(ctx, conn, "BEGIN TRANSACTION")
	if err == nil {
		err = f(loader{l.src, conn, fetched, &next, l.runner.options.Clock.Now()})
	}
	if err == nil {
		err = execute(ctx, conn, "COMMIT")
	}
	if err != nil {
		return errors.Join(fmt.Errorf("load the lake of %s: %w", l.tenant, sorted(err)), execute(context.WithoutCancel(ctx), conn, "ROLLBACK"))
	}
	l.show(next)
	return nil
}

func (l *Lake) show(n loaded) {
	l.loaded = n
	columns := map[string][]Column{}
	for name, t := range n.tables {
		columns[name] = slices.Clone(t.columns)
	}
	l.shown.Lock()
	defer l.shown.Unlock()
	l.columns = columns
	l.answers.forget()
}

// forget drops the names of deltas that the parts hold by now.
func (n *loaded) forget(keys []string) {
	for key := range n.deltas {
		if !slices.Contains(keys, key) {
			delete(n.deltas, key)
		}
	}
}
