// Package launch simulates a launch of a very large campaign beside many small tenants: planning, the change feed, the queue of chunks, the workers,
// DynamoDB's limits and SES's rate, as the functions and the catalogue have them. What AWS does not say is a parameter with a name.
package launch

import (
	"time"

	"github.com/dangol/dangol/scripts/simulate/engine"
	"github.com/dangol/dangol/shared/catalogue"
)

// Params is a scenario. Defaults fills the rest in.
type Params struct {
	Seed     uint64
	Big      int // messages of the large campaign, launched at time zero; 0 is none
	Small    int // tenants with a campaign of SmallMin to SmallMax messages, launched at any time of Window
	SmallMin int
	SmallMax int
	Window   time.Duration

	Policy     engine.Policy // of the queue of chunks
	PlanLimit  int           // concurrency of campaignplan
	SendLimit  int           // and of campaignsend
	Account    int           // Lambda's concurrency for all of it, less a reader for each stream shard
	Partitions int           // of the table outreach, and so shards of its stream

	SESRate    float64       // messages a second
	SESLatency time.Duration // mean of a call
	Calls      int           // calls of SES under way in a worker
	// Paced makes workers wait for their turn at SES's rate instead of being refused: the token bucket of the architecture, which is not built yet.
	Paced bool
	// Hold is how long a transaction keeps a campaign's control to itself: another one that checks it in that time is cancelled, as AWS documents for any
	// item of two transactions. 0 is that checks alone do not conflict.
	Hold    time.Duration
	Writers int // of chunks in a planner
	// Again is how long a hop or chunk whose writes were throttled beyond patience waits for its next delivery: as it is, the queue's visibility.
	Again time.Duration
	// FreezeRate is how many customers a second are read to find the audience.
	FreezeRate float64
}

// Defaults is the scenario of docs/scale.md, with the limits of the catalogue.
func Defaults() Params {
	return Params{Seed: 1, Big: 10_000_000, Small: 1000, SmallMin: 10, SmallMax: 500, Window: time.Hour, Policy: engine.SQS,
		PlanLimit: limit("campaignplan"), SendLimit: limit("campaignsend"), Account: 1000, Partitions: 40,
		SESRate: 1000, SESLatency: 80 * time.Millisecond, Calls: 10, Hold: 10 * time.Millisecond, Writers: writers, Again: visibility, FreezeRate: 50_000}
}

func limit(function string) int {
	for _, r := range catalogue.Rows() {
		if r.Name == function {
			return r.Concurrency
		}
	}
	return 0
}

// world is one run.
type world struct {
	p       Params
	sim     *engine.Sim
	account *engine.Pool
	plans   *engine.Source
	sends   *engine.Source
	table   *outreach
	feed    *feed
	ses     *engine.Bucket
	left    int // messages that have not ended
	out     Result
}

// tenant is a workspace with its campaign.
type tenant struct {
	id       int
	messages int
	launched time.Duration
	ended    time.Duration
	left     int
	control  control
	chunks   []*chunk
}

// Run simulates until every message has ended.
func Run(p Params) *Result {
	w := open(p)
	for _, t := range w.tenants() {
		w.left += t.messages
		w.out.Planned += t.messages
		w.sim.At(t.launched, func() { w.launch(t) })
	}
	w.sample()
	w.out.Events = w.sim.Run(1 << 62)
	w.out.close(w)
	return &w.out
}

func open(p Params) *world {
	s := engine.New(p.Seed)
	w := &world{p: p, sim: s, account: engine.NewPool(max(1, p.Account-p.Partitions)), feed: newFeed(s, p.Partitions),
		table: newOutreach(s, p), ses: engine.NewBucket(s, p.SESRate, p.SESRate)}
	w.plans = engine.NewSource(s, engine.NewFair(s, p.Policy), w.account, p.PlanLimit)
	w.sends = engine.NewSource(s, engine.NewFair(s, p.Policy), w.account, p.SendLimit)
	w.plans.Handle = func(_ int, body any, done func()) { w.plan(body.(*planning), done) }
	w.sends.Handle = func(_ int, body any, done func()) { w.send(body.(*chunk), done) }
	return w
}

// tenants draws who launches what and when, from the seed alone: with and without the large campaign they are the same.
func (w *world) tenants() []*tenant {
	draw := engine.New(w.p.Seed + 1)
	var all []*tenant
	if w.p.Big > 0 {
		all = append(all, &tenant{id: 0, messages: w.p.Big})
	}
	for i := range w.p.Small {
		n := w.p.SmallMin + draw.Rand.IntN(w.p.SmallMax-w.p.SmallMin+1)
		all = append(all, &tenant{id: i + 1, messages: n, launched: draw.Within(w.p.Window)})
	}
	for _, t := range all {
		t.left = t.messages
	}
	return all
}

// end books messages of a tenant that have ended.
func (w *world) end(t *tenant, n int, in *int) {
	*in += n
	w.left -= n
	t.left -= n
	if t.left == 0 {
		t.ended = w.sim.Now()
		w.out.campaign(t)
	}
}

// every is how often the depth of the queue is looked at.
const every = time.Minute

func (w *world) sample() {
	if w.left == 0 && w.sim.Now() > 0 {
		return
	}
	w.out.Depth = append(w.out.Depth, w.sends.Queue.Depth())
	w.sim.After(every, w.sample)
}
