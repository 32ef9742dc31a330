//go:build cgo

package duck

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sync"
)

// Runner asks lakes. It is safe for concurrent use, and the only user of its folder.
type Runner struct {
	options  Options
	subjects []Subject
	slots    chan struct{}   // queries at once
	life     context.Context // until Close
	end      func()

	mu     sync.Mutex
	lakes  map[string]*Lake
	uses   int64 // how often a lake was asked
	closed bool
}

// New returns a runner over the subjects.
func New(subjects []Subject, o Options) (*Runner, error) {
	o = o.withDefaults()
	dir, err := filepath.Abs(o.Dir)
	if err != nil || o.Dir == "" {
		return nil, fmt.Errorf("duck: no folder %q: %w", o.Dir, err)
	}
	o.Dir = filepath.Join(dir, "lakes")
	if err := os.RemoveAll(o.Dir); err != nil { // what a process before left may be torn
		return nil, err
	}
	r := &Runner{options: o, subjects: subjects, slots: make(chan struct{}, o.Queries), lakes: map[string]*Lake{}}
	r.life, r.end = context.WithCancel(context.Background())
	return r, nil
}

var tenantForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// Lake returns a tenant's lake. The source is that of the first call.
func (r *Runner) Lake(tenant string, src Source) (*Lake, error) {
	if !tenantForm.MatchString(tenant) {
		return nil, fmt.Errorf("%w: tenant %q", ErrRefused, tenant)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	l := r.lakes[tenant]
	if l == nil {
		l = &Lake{runner: r, tenant: tenant, dir: filepath.Join(r.options.Dir, tenant), src: src, checked: map[string]bool{}}
		r.lakes[tenant] = l
	}
	return l, nil
}

// Close closes all databases and removes the folder. Queries that run are awaited, and loads given up.
func (r *Runner) Close() error {
	r.end()
	r.mu.Lock()
	r.closed = true
	lakes := r.all()
	r.mu.Unlock()
	var errs []error
	for _, l := range lakes {
		errs = append(errs, l.close())
	}
	return errors.Join(append(errs, os.RemoveAll(r.options.Dir))...)
}

func (r *Runner) all() (lakes []*Lake) {
	for _, l := range r.lakes {
		lakes = append(lakes, l)
	}
	return lakes
}

// acquire opens the lake's database, if it is not, and keeps it open until release is called.
func (l *Lake) acquire(ctx context.Context) (release func(), err error) {
	for {
		l.open.RLock()
		if l.db != nil {
			l.touch()
			return l.open.RUnlock, nil
		}
		l.open.RUnlock()
		if err := l.start(ctx); err != nil {
			return nil, err
		}
		l.runner.makeRoom(l)
	}
}

func (l *Lake) touch() {
	l.runner.mu.Lock()
	defer l.runner.mu.Unlock()
	l.runner.uses++
	l.used = l.runner.uses
}

func (l *Lake) start(ctx context.Context) error {
	l.open.Lock()
	defer l.open.Unlock()
	l.runner.mu.Lock()
	closed := l.runner.closed
	l.runner.mu.Unlock()
	if l.db != nil {
		return nil
	}
	if closed {
		return ErrClosed
	}
	db, err := openDatabase(ctx, l.dir, l.runner.options)
	if err != nil {
		return err
	}
	db.SetMaxIdleConns(l.runner.options.Queries)
	l.db = db
	l.touch()
	return nil
}

// close waits for the queries that run.
func (l *Lake) close() error {
	l.open.Lock()
	defer l.open.Unlock()
	return l.shut()
}

// shut closes the database; the lock is held to write.
func (l *Lake) shut() error {
	if l.db == nil {
		return nil
	}
	err := l.db.Close()
	l.db = nil
	return err
}
