package embedded

import (
	"container/heap"
	"time"

	"github.com/dangol/dangol/shared/queue"
)

// place is where a message is in the index.
type place uint8

const (
	ready  place = iota // in its group's list
	hidden              // in the heap, until its time
	busy                // claimed by a running call: in neither
	dead
)

// entry is a message in memory.
type entry struct {
	seq   uint64
	group *group
	state
	place place
	index int // in the heap
}

// group is a tenant's visible messages, first in first out.
type group struct {
	name   string
	ready  []*entry
	inTurn bool
}

// line is one queue's index, guarded by Queue.mu.
type line struct {
	entries map[uint64]*entry
	groups  map[string]*group
	turn    []*group // those with visible messages, in the order in which they are served
	hidden  byTime
	dead    map[uint64]*entry
	busy    int
	wake    chan struct{} // closed when there may be something new
}

func newLine() *line {
	return &line{entries: map[uint64]*entry{}, groups: map[string]*group{}, dead: map[uint64]*entry{}, wake: make(chan struct{})}
}

func (l *line) wakeAll() {
	close(l.wake)
	l.wake = make(chan struct{})
}

// add puts a message into the index.
func (l *line) add(seq uint64, s state) {
	g := l.groups[s.group]
	if g == nil {
		g = &group{name: s.group}
		l.groups[s.group] = g
	}
	s.group = g.name // one string for all
	e := &entry{seq: seq, group: g, state: s, place: hidden}
	l.entries[seq] = e
	heap.Push(&l.hidden, e)
}

// promote moves messages whose time has come to their group, or to the dead letters.
func (l *line) promote(now time.Time) {
	at := now.UnixNano()
	for len(l.hidden) > 0 && l.hidden[0].visibleAt <= at {
		e := heap.Pop(&l.hidden).(*entry)
		if e.received >= queue.MaxReceives {
			e.place = dead
			l.dead[e.seq] = e
			continue
		}
		e.place = ready
		e.group.ready = append(e.group.ready, e)
		l.enqueue(e.group)
	}
}

func (l *line) enqueue(g *group) {
	if !g.inTurn {
		g.inTurn = true
		l.turn = append(l.turn, g)
	}
}

// next claims the first message of the group whose turn it is; that group goes to the end. A list may hold messages that have left it since.
func (l *line) next() *entry {
	for len(l.turn) > 0 {
		g := l.turn[0]
		l.turn[0], l.turn = nil, l.turn[1:]
		g.inTurn = false
		e := g.pop()
		if len(g.ready) > 0 {
			l.enqueue(g)
		}
		if e != nil {
			return l.take(e)
		}
	}
	return nil
}

func (g *group) pop() *entry {
	for len(g.ready) > 0 {
		e := g.ready[0]
		g.ready[0], g.ready = nil, g.ready[1:]
		if e.place == ready {
			return e
		}
	}
	return nil
}

func (l *line) nextVisible() time.Time {
	if len(l.hidden) == 0 {
		return time.Time{}
	}
	return time.Unix(0, l.hidden[0].visibleAt)
}

// take claims a message wherever it is. While it is busy, its state belongs to the claimer, except for deliveries.
func (l *line) take(e *entry) *entry {
	switch e.place {
	case hidden:
		heap.Remove(&l.hidden, e.index)
	case dead:
		delete(l.dead, e.seq)
	case ready, busy: // a list skips what is not ready any more
	}
	e.place = busy
	l.busy++
	return e
}

// copyOf returns the message as it is now, for reading without the lock.
func (*line) copyOf(e *entry) *entry {
	now := *e
	return &now
}

// settle ends claims: promote then sorts the messages by their time.
func (l *line) settle(claimed []*entry) {
	for _, e := range claimed {
		l.busy--
		e.place = hidden
		heap.Push(&l.hidden, e)
	}
}

// forget ends the claim on a message that is deleted.
func (l *line) forget(e *entry) {
	l.busy--
	delete(l.entries, e.seq)
}

// byTime is a heap by the time at which messages become visible, then by age.
type byTime []*entry

func (h byTime) Len() int { return len(h) }

func (h byTime) Less(i, j int) bool {
	if h[i].visibleAt != h[j].visibleAt {
		return h[i].visibleAt < h[j].visibleAt
	}
	return h[i].seq < h[j].seq
}

func (h byTime) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].index, h[j].index = i, j
}

// Push appends, for container/heap.
func (h *byTime) Push(x any) {
	e := x.(*entry)
	e.index = len(*h)
	*h = append(*h, e)
}

// Pop takes the last, for container/heap.
func (h *byTime) Pop() any {
	last := len(*h) - 1
	e := (*h)[last]
	(*h)[last] = nil
	*h = (*h)[:last]
	return e
}
