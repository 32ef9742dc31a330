package smtp

import (
	"context"
	"errors"
	"sync"
	"time"
)

var (
	errPoolWait = errors.New("smtp: the time ran out while all connections were in use")
	errClosed   = errors.New("smtp: the sender is closed")
)

// pool bounds the open connections and keeps idle ones, the last used on top: under light load the others run out and are closed.
type pool struct {
	o     Options
	dial  func(context.Context) (*conn, error)
	slots chan struct{}

	mu     sync.Mutex
	idle   []*conn
	closed bool
}

func newPool(o Options, dial func(context.Context) (*conn, error)) *pool {
	return &pool{o: o, dial: dial, slots: make(chan struct{}, o.Conns)}
}

// take returns a connection to be given back, waiting for a slot; fresh asks for a new one.
func (p *pool) take(ctx context.Context, fresh bool) (*conn, error) {
	select {
	case p.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, errors.Join(errPoolWait, ctx.Err())
	}
	c, err := p.open(ctx, fresh)
	if err != nil {
		<-p.slots
	}
	return c, err
}

func (p *pool) open(ctx context.Context, fresh bool) (*conn, error) {
	if fresh {
		p.closeIdle(0) // what made one connection stale has likely hit the others
	}
	c, err := p.pop()
	if c != nil || err != nil {
		return c, err
	}
	return p.dial(ctx)
}

func (p *pool) pop() (*conn, error) {
	p.closeIdle(p.o.Idle)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return nil, errClosed
	}
	if len(p.idle) == 0 {
		return nil, nil
	}
	c := p.idle[len(p.idle)-1]
	p.idle = p.idle[:len(p.idle)-1]
	c.reused = true
	return c, nil
}

// give puts a connection back, or closes it if it cannot be used again.
func (p *pool) give(c *conn) {
	p.mu.Lock()
	keep := c.usable && !p.closed
	if keep {
		c.idleSince = p.o.Clock.Now()
		p.idle = append(p.idle, c)
	}
	p.mu.Unlock()
	if !keep {
		c.close()
	}
	<-p.slots
}

// closeIdle closes connections that were idle for at least age; they lie at the bottom.
func (p *pool) closeIdle(age time.Duration) {
	before := p.o.Clock.Now().Add(-age)
	p.mu.Lock()
	n := 0
	for n < len(p.idle) && !p.idle[n].idleSince.After(before) {
		n++
	}
	if n == 0 {
		p.mu.Unlock()
		return
	}
	old := append([]*conn(nil), p.idle[:n]...)
	p.idle = append(p.idle[:0], p.idle[n:]...)
	p.mu.Unlock()
	for _, c := range old {
		c.quit()
	}
}

func (p *pool) close() error {
	p.mu.Lock()
	p.closed = true
	p.mu.Unlock()
	p.closeIdle(0)
	return nil
}
