//go:build cgo

// Package lakekit gives a test the lakes of its place: DuckDB over what the change feed brought. It follows the feed before each question, so that a test has in
// the lake what it has written, and never waits for it.
package lakekit

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/ask"
	"github.com/dangol/dangol/shared/lake/duck"
	"github.com/dangol/dangol/shared/lake/sqltext"
	"github.com/dangol/dangol/shared/table"
)

// Lakes follow the feed of a place.
type Lakes struct {
	e      *env.Env
	source feed.Source
	runner *duck.Runner

	following sync.Mutex
	marks     int
	waiting   map[string][]lake.Row // by tenant: what the feed brought and no delta has
	stopped   bool
}

// Stop leaves the lakes as they are: whoever asks from now on is told what was there so far, as when the feed lags behind.
func (l *Lakes) Stop() {
	l.following.Lock()
	defer l.following.Unlock()
	l.stopped = true
}

// Open gives the place its lakes until the test ends. The place has an object store.
func Open(t testing.TB, e *env.Env, source feed.Source) *Lakes {
	t.Helper()
	r, err := duck.New(duck.Subjects(), duck.Options{Dir: t.TempDir(), Clock: e.Clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	l := &Lakes{e: e, source: source, runner: r, waiting: map[string][]lake.Row{}}
	e.Lakes = l
	return l
}

// Of implements ask.Lakes.
func (l *Lakes) Of(tenant string, objects blob.Blob) (ask.Lake, error) {
	of, err := l.runner.Of(tenant, objects)
	return followed{of, l}, err
}

// Follow writes what came to the feed since the last time into the lakes, and returns the keys of the deltas by tenant.
func (l *Lakes) Follow(ctx context.Context) (deltas map[string][]string, err error) {
	l.following.Lock()
	defer l.following.Unlock()
	if l.stopped {
		return nil, nil
	}
	l.marks++
	mark := table.Key{PK: "lakekit", SK: fmt.Sprint(l.marks)}
	if err := l.e.Table.Write(ctx, table.Op{Table: table.Ops, Item: table.Item{Key: mark}}); err != nil {
		return nil, err
	}
	reading, stop := context.WithCancel(ctx)
	defer stop()
	err = l.source.Run(reading, "lakekit", func(_ context.Context, batch []feed.Record) (int, error) {
		for i, r := range batch {
			if r.Key() == mark {
				stop()
				continue
			}
			tenant, of, err := lake.Rows(r, l.e.Clock.Now())
			if err != nil {
				return i, err
			}
			l.waiting[tenant] = append(l.waiting[tenant], of...)
		}
		return len(batch), nil
	})
	if err != nil {
		return nil, err
	}
	return l.write(ctx)
}

// write writes the rows that wait. Those whose delta could not be written wait for the next time: the feed does not bring them again.
func (l *Lakes) write(ctx context.Context) (map[string][]string, error) {
	deltas := map[string][]string{}
	for tenant, of := range l.waiting {
		key, err := lake.WriteDelta(ctx, l.e.Objects(tenant), tenant, of)
		if err != nil {
			return nil, err
		}
		delete(l.waiting, tenant)
		if key != "" {
			deltas[tenant] = append(deltas[tenant], key)
		}
	}
	return deltas, nil
}

// followed is a lake that is brought up to date before it is asked.
type followed struct {
	ask.Lake
	of *Lakes
}

// Query implements ask.Lake.
func (f followed) Query(ctx context.Context, s sqltext.Statement, each func(row []any) error) error {
	if _, err := f.of.Follow(ctx); err != nil {
		return err
	}
	return f.Lake.Query(ctx, s, each)
}

// Read implements ask.Reader where the lake does.
func (f followed) Read(ctx context.Context, each func(ask.State) error) error {
	if _, err := f.of.Follow(ctx); err != nil {
		return err
	}
	return ask.Read(ctx, f.Lake, each)
}

// Columns implements ask.Lake.
func (f followed) Columns(ctx context.Context, subject string) ([]ask.Column, error) {
	if _, err := f.of.Follow(ctx); err != nil {
		return nil, err
	}
	return f.Lake.Columns(ctx, subject)
}
