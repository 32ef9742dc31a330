package kv

import (
	"context"
	"fmt"
	"sync"

	"github.com/cockroachdb/pebble"
)

// maxGroupBytes ends a group: larger batches delay everyone in them and take memory for little gain.
const maxGroupBytes = 1 << 20

// Tx is the view and the pen of one Update. It belongs to the running function and must not outlive it.
type Tx struct {
	s     *Store
	ahead map[string][]byte // what was read for the functions that named their keys; a nil value is absent
	wrote map[string][]byte // what the group has written so far; a nil value is a deletion
	undo  []undo            // how to take back the writes of this function
	bytes int
}

type undo struct {
	key    string
	value  []byte
	absent bool
}

// Get returns the value of key as of the last group, changed by the functions before this one in the group and by this one. Nil is absent.
// The caller must not change the value.
func (t *Tx) Get(key []byte) ([]byte, error) {
	if v, ok := t.wrote[string(key)]; ok {
		return v, nil
	}
	if v, ok := t.ahead[string(key)]; ok {
		return v, nil
	}
	return get(t.s.db, key)
}

// Set stores value, which must not change until Update returns. The key is copied.
func (t *Tx) Set(key, value []byte) {
	if value == nil {
		value = []byte{}
	}
	t.put(string(key), value)
}

// Delete removes the key; an absent one is no error.
func (t *Tx) Delete(key []byte) { t.put(string(key), nil) }

func (t *Tx) put(key string, value []byte) {
	old, ok := t.wrote[key]
	t.undo = append(t.undo, undo{key, old, !ok})
	t.wrote[key] = value
	t.bytes += len(key) + len(value)
}

// rollback takes back what the running function wrote.
func (t *Tx) rollback() {
	for i := len(t.undo) - 1; i >= 0; i-- {
		if u := t.undo[i]; u.absent {
			delete(t.wrote, u.key)
		} else {
			t.wrote[u.key] = u.value
		}
	}
}

// run runs one function and leaves either all of its writes or none.
func (t *Tx) run(u *update) {
	t.undo = t.undo[:0]
	if u.err = u.ctx.Err(); u.err != nil {
		return
	}
	if u.err = u.fn(t); u.err != nil {
		t.rollback()
	}
}

// batch returns the group's writes as Pebble takes them, each key once however many functions wrote it.
func (t *Tx) batch() (*pebble.Batch, error) {
	b := t.s.db.NewBatch()
	for key, value := range t.wrote {
		if err := write(b, []byte(key), value); err != nil {
			return nil, fmt.Errorf("kv: fill batch: %w", err)
		}
	}
	return b, nil
}

func write(b *pebble.Batch, key, value []byte) error {
	if value == nil {
		return b.Delete(key, nil)
	}
	return b.Set(key, value, nil)
}

// update is one waiting call of Update.
type update struct {
	ctx   context.Context
	reads [][]byte // keys that fn will get, so far as they were named
	fn    func(*Tx) error
	err   error
	done  chan struct{}
}

// Update runs fn in the committer, alone, and returns when what it wrote is on disk. When fn returns an error its writes are dropped and that
// error is returned, also only after everything that fn could see is on disk: a caller told "already there" may rely on it. A context that has
// ended keeps fn from running; once it runs, Update waits for the outcome. Any error but fn's own means that the store is broken.
//
// fn must be quick, must not call the store and must not wait for anything: all writers wait behind it.
func (s *Store) Update(ctx context.Context, fn func(*Tx) error) error {
	return s.UpdateReading(ctx, nil, fn)
}

// UpdateReading is Update for a function whose reads are known: the keys are read together with those of the functions that wait beside it. It may
// read others too. The keys must not change until UpdateReading returns.
func (s *Store) UpdateReading(ctx context.Context, reads [][]byte, fn func(*Tx) error) error {
	u := &update{ctx: ctx, reads: reads, fn: fn, done: make(chan struct{})}
	if err := s.queue.add(u); err != nil {
		return err
	}
	<-u.done
	return u.err
}

// group is the updates that share a batch and a sync.
type group struct {
	updates []*update
	batch   *pebble.Batch // nil when nothing was written
	view    *view         // the state with this group, for readers from the moment it is on disk
}

// commitGroups is the committer: it turns what waits into groups until the queue is closed.
func (s *Store) commitGroups() {
	defer s.finished.Done()
	defer close(s.synced)
	for waiting := s.queue.take(); waiting != nil; waiting = s.queue.take() {
		for len(waiting) > 0 {
			g := &group{}
			g.updates, waiting = s.runGroup(waiting, g)
			s.synced <- g
		}
	}
}

// runGroup runs the first of the waiting updates, as many as fit a group, and hands their batch to the log without waiting for the sync. The
// next group can run meanwhile: it reads this one from the memory table.
func (s *Store) runGroup(waiting []*update, g *group) (ran, rest []*update) {
	tx := &Tx{s: s, wrote: make(map[string][]byte, 16*min(len(waiting), 64))}
	n := 0
	for n < len(waiting) && tx.bytes < maxGroupBytes {
		if n%readAhead == 0 {
			var err error
			if tx.ahead, err = s.lookAhead(waiting[n:min(n+readAhead, len(waiting))]); err != nil {
				s.fail(err)
			}
		}
		tx.run(waiting[n])
		n++
	}
	if err := s.apply(tx, g); err != nil {
		s.fail(err)
	}
	return waiting[:n], waiting[n:]
}

func (s *Store) apply(tx *Tx, g *group) error {
	if len(tx.wrote) == 0 || s.failure() != nil {
		return nil
	}
	b, err := tx.batch()
	if err != nil {
		return err
	}
	if err := s.db.ApplyNoSyncWait(b, pebble.Sync); err != nil {
		return fmt.Errorf("kv: apply: %w", err)
	}
	g.batch, g.view = b, &view{snap: s.db.NewSnapshot()}
	return nil
}

// acknowledgeGroups waits for the sync of each group, shows it to the readers and answers its writers.
func (s *Store) acknowledgeGroups() {
	defer s.finished.Done()
	for g := range s.synced {
		s.awaitSync(g)
		err := s.failure()
		for _, u := range g.updates {
			if err != nil {
				u.err = err
			}
			close(u.done)
		}
	}
}

func (s *Store) awaitSync(g *group) {
	if g.batch == nil {
		return
	}
	if err := g.batch.SyncWait(); err != nil {
		s.fail(fmt.Errorf("sync: %w", err))
	}
	if s.failure() != nil {
		s.views.discard(g.view)
		return
	}
	s.views.publish(g.view)
	// The batch goes back to Pebble's pool; a failure to close an applied batch loses nothing.
	_ = g.batch.Close()
}

// queue holds the updates that wait for the committer.
type queue struct {
	mu      sync.Mutex
	some    *sync.Cond
	waiting []*update
	closed  bool
}

func (q *queue) init() { q.some = sync.NewCond(&q.mu) }

func (q *queue) add(u *update) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return ErrClosed
	}
	q.waiting = append(q.waiting, u)
	q.some.Signal()
	return nil
}

// take waits for updates and returns all that wait, or nil when the queue is closed and empty.
func (q *queue) take() []*update {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.waiting) == 0 && !q.closed {
		q.some.Wait()
	}
	all := q.waiting
	q.waiting = nil
	return all
}

// close refuses later updates and says whether the queue was open.
func (q *queue) close() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	was := !q.closed
	q.closed = true
	q.some.Signal()
	return was
}
