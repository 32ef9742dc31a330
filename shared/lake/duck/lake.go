//go:build cgo

package duck

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
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

	turn     sync.Mutex // what follows is under it
	catching *catchUp
	catches  int64     // how many began so far
	asked    time.Time // when the source was last asked; also under open held to write

	refreshing sync.Mutex // one loader at a time, who also holds open to read
	loaded     loaded     // under refreshing, or under open held to write

	shown   sync.RWMutex
	columns map[string][]Column // of every subject, as they can be asked; nil while nothing is loaded
	marts   map[string]bool     // that can be asked
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

// load brings the database to a state in one transaction: whoever asks meanwhile sees the state before.
func (l *Lake) load(ctx context.Context, s State) error {
	l.refreshing.Lock()
	defer l.refreshing.Unlock()
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
	l.columns, l.marts = columns, maps.Clone(n.marts)
	l.answers.forget()
}

// unload forgets what was loaded; open is held to write, and the database is no more.
func (l *Lake) unload() {
	l.loaded, l.asked = loaded{}, time.Time{}
	l.shown.Lock()
	defer l.shown.Unlock()
	l.columns, l.marts = nil, nil
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
