package launch

import (
	"time"

	"github.com/dangol/dangol/scripts/simulate/engine"
)

// DynamoDB's limits. Sources: AWS, DynamoDB Developer Guide, "Quotas" and "Best practices for designing and using partition keys": 40,000 units a table on
// demand, 1,000 write units a partition. A partition gives no more than that, so a second's worth is all that it can save.
const (
	tableUnits     = 40_000
	partitionUnits = 1000
)

// How long a transaction of some hundred items takes: assumed, to be measured on AWS.
const (
	txLeast = 20 * time.Millisecond
	txMore  = 10 * time.Millisecond // mean of what comes on top
	txLost  = 8 * time.Millisecond  // until a refused one is known to be
)

// The waits of shared/sending.Commit, around those of shared/table/dynamo. The engine's budget for repetitions is left out: with it more give up.
const (
	firstWait  = 20 * time.Millisecond
	waits      = 8
	firstPause = 25 * time.Millisecond
	attempts   = 4
)

// outreach is the table: its own limit, and each partition's.
type outreach struct {
	sim        *engine.Sim
	hold       time.Duration // how long a transaction keeps an item to itself; 0 is that checks do not conflict
	whole      *engine.Bucket
	partitions []*engine.Bucket

	Tries, Throttled, Conflicts, GaveUp int
}

// control is a campaign's control item; until is how long the last transaction that checks it keeps others away.
type control struct{ until time.Duration }

func newOutreach(s *engine.Sim, p Params) *outreach {
	o := &outreach{sim: s, hold: p.Hold, whole: engine.NewBucket(s, min(tableUnits, float64(p.Partitions)*partitionUnits), tableUnits)}
	for range p.Partitions {
		o.partitions = append(o.partitions, engine.NewBucket(s, partitionUnits, partitionUnits))
	}
	return o
}

// place is the partition of a chunk's messages, by a hash; -1 is that of the campaign's tallies.
func (o *outreach) place(tenant, chunk int) int {
	x := uint64(tenant)<<32 ^ uint64(uint32(chunk))
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return int((x ^ x>>31) % uint64(len(o.partitions)))
}

// write is a transaction of so many units in a partition that may also check a control; then is told whether it was written before patience ended.
func (o *outreach) write(at int, units float64, c *control, then func(ok bool)) {
	o.try(attempt{at: at, units: units, control: c, then: then})
}

// attempt is a transaction with how often it was refused: by the engine's attempts and by the caller's waits.
type attempt struct {
	at           int
	units        float64
	control      *control
	then         func(ok bool)
	waited, sent int
}

func (o *outreach) try(a attempt) {
	o.Tries++
	switch {
	case o.hold > 0 && a.control != nil && a.control.until > o.sim.Now():
		o.Conflicts++
	case !o.partitions[a.at].Draw(a.units) || !o.whole.Draw(a.units):
		o.Throttled++
	default:
		if a.control != nil {
			a.control.until = o.sim.Now() + o.hold
		}
		o.sim.After(txLeast+o.sim.Exp(txMore), func() { a.then(true) })
		return
	}
	o.again(a)
}

// again tries once more after a pause with jitter, or gives up.
func (o *outreach) again(a attempt) {
	var pause time.Duration
	switch {
	case a.sent+1 < attempts:
		pause = o.sim.Within(firstPause << a.sent)
		a.sent++
	case a.waited < waits:
		pause = firstWait<<a.waited/2 + o.sim.Within(firstWait<<a.waited)
		a.waited, a.sent = a.waited+1, 0
	default:
		o.GaveUp++
		o.sim.After(txLost, func() { a.then(false) })
		return
	}
	o.sim.After(txLost+pause, func() { o.try(a) })
}

// feed is the change feed of the table: each shard's records are handled in order, a batch at a time.
type feed struct {
	sim  *engine.Sim
	free []time.Duration // when the shard has handled what it has
	Lag  time.Duration   // the longest that a record waited
}

// What the change feed takes: Lambda looks four times a second (AWS, Lambda Developer Guide, "DynamoDB streams"); the rest is assumed.
const (
	polled    = 250 * time.Millisecond
	perBatch  = 15 * time.Millisecond
	perRecord = perBatch / 100
	handedOn  = 40 * time.Millisecond // SQS takes the message and Lambda's poller gives it to a function
)

func newFeed(s *engine.Sim, shards int) *feed {
	return &feed{sim: s, free: make([]time.Duration, shards)}
}

// put adds records; then, if any, happens when the last of them has been handed on.
func (f *feed) put(shard, records int, then func()) {
	now := f.sim.Now()
	if f.free[shard] <= now {
		f.free[shard] = now + f.sim.Within(polled) + perBatch
	}
	f.free[shard] += time.Duration(records) * perRecord
	f.Lag = max(f.Lag, f.free[shard]-now)
	if then != nil {
		f.sim.At(f.free[shard]+handedOn, then)
	}
}

// hop is how long a job's next hop takes to come: through the feed of ops, which nobody floods.
func (f *feed) hop() time.Duration { return f.sim.Within(polled) + perBatch + handedOn }
