package engine

import "time"

// Policy says which group's message is delivered next.
type Policy string

// The policies.
const (
	// FIFO delivers the oldest message, whosever it is: a queue without groups.
	FIFO Policy = "fifo"
	// SQS delivers quiet groups before noisy ones, each by age. A group is noisy with more than a tenth of the messages in flight and at least 30
	// of them, or with more than a tenth of the recent processing time. Source: AWS, SQS Developer Guide, "How Amazon SQS fair queues work".
	SQS Policy = "sqs"
	// Turn serves the groups in turn, as shared/queue/embedded does.
	Turn Policy = "turn"
)

// The thresholds of SQS's fair queues, and over how long processing time counts as recent, which AWS does not say.
const (
	noisyShare    = 0.1
	noisyInFlight = 30
	recent        = time.Minute
)

// Fair is a queue of messages in groups, with what is in flight.
type Fair struct {
	sim      *Sim
	policy   Policy
	groups   map[int]*group
	waiting  []*group // with messages, in the order in which they are served (Turn) or first came (otherwise)
	seq      uint64
	inFlight int
	depth    int
	spent    decaying
}

type group struct {
	id       int
	ready    []item // a ring would save copies; heads are cut off
	inFlight int
	spent    decaying
}

type item struct {
	seq  uint64
	body any
}

// decaying is a sum that forgets: half of it in the recent time's 0.69th part.
type decaying struct {
	sum float64
	at  time.Duration
}

func (d *decaying) add(now time.Duration, x float64) { d.sum, d.at = d.now(now)+x, now }
func (d *decaying) now(now time.Duration) float64 {
	gone := float64(now-d.at) / float64(recent)
	if gone > 30 {
		return 0
	}
	return d.sum * exp(-gone)
}

// NewFair returns an empty queue.
func NewFair(s *Sim, p Policy) *Fair { return &Fair{sim: s, policy: p, groups: map[int]*group{}} }

// Depth is how many messages wait.
func (q *Fair) Depth() int { return q.depth }

// Push adds a message of a group.
func (q *Fair) Push(id int, body any) {
	g := q.groups[id]
	if g == nil {
		g = &group{id: id}
		q.groups[id] = g
	}
	if len(g.ready) == 0 {
		q.waiting = append(q.waiting, g)
	}
	q.seq++
	g.ready = append(g.ready, item{q.seq, body})
	q.depth++
}

// Pop delivers the next message; ok is false when none waits. Done must follow.
func (q *Fair) Pop() (id int, body any, ok bool) {
	at := q.choose()
	if at < 0 {
		return 0, nil, false
	}
	g := q.waiting[at]
	body = g.ready[0].body
	g.ready[0] = item{}
	g.ready = g.ready[1:]
	q.waiting = append(q.waiting[:at], q.waiting[at+1:]...)
	if len(g.ready) > 0 {
		q.waiting = append(q.waiting, g)
	}
	g.inFlight++
	q.inFlight++
	q.depth--
	return g.id, body, true
}

// Done ends a delivery that took so long.
func (q *Fair) Done(id int, took time.Duration) {
	g := q.groups[id]
	g.inFlight--
	q.inFlight--
	g.spent.add(q.sim.now, took.Seconds())
	q.spent.add(q.sim.now, took.Seconds())
}

// choose returns the place in waiting of the group to serve, -1 for none.
func (q *Fair) choose() int {
	if q.policy == Turn || len(q.waiting) < 2 {
		return min(0, len(q.waiting)-1)
	}
	best, bestNoisy := -1, false
	for i, g := range q.waiting {
		noisy := q.policy == SQS && q.noisy(g)
		older := best < 0 || g.ready[0].seq < q.waiting[best].ready[0].seq
		if best < 0 || bestNoisy && !noisy || noisy == bestNoisy && older {
			best, bestNoisy = i, noisy
		}
	}
	return best
}

func (q *Fair) noisy(g *group) bool {
	if g.inFlight >= noisyInFlight && float64(g.inFlight) > noisyShare*float64(q.inFlight) {
		return true
	}
	all := q.spent.now(q.sim.now)
	return all > 0 && g.spent.now(q.sim.now) > noisyShare*all
}
