package engine

import "time"

// Bucket is a token bucket: so many a second, and so many at once after a rest. It begins full.
type Bucket struct {
	sim    *Sim
	rate   float64 // a second
	burst  float64
	tokens float64
	at     time.Duration
	next   time.Duration // of Reserve
}

// NewBucket returns a full bucket.
func NewBucket(s *Sim, rate, burst float64) *Bucket {
	return &Bucket{sim: s, rate: rate, burst: burst, tokens: burst}
}

func (b *Bucket) fill() {
	b.tokens = min(b.burst, b.tokens+b.rate*(b.sim.now-b.at).Seconds())
	b.at = b.sim.now
}

// Take takes n tokens if all are there.
func (b *Bucket) Take(n float64) bool {
	b.fill()
	if b.tokens < n {
		return false
	}
	b.tokens -= n
	return true
}

// Draw takes n tokens if any is there and may leave a debt: DynamoDB lets a large write through and refuses the next ones.
func (b *Bucket) Draw(n float64) bool {
	b.fill()
	if b.tokens <= 0 {
		return false
	}
	b.tokens -= n
	return true
}

// Reserve returns how long to wait for the next single token that nobody has reserved: the pace of a line that is never refused.
func (b *Bucket) Reserve() time.Duration {
	gap := time.Duration(float64(time.Second) / b.rate)
	b.next = max(b.next, b.sim.now) + gap
	return b.next - gap - b.sim.now
}
