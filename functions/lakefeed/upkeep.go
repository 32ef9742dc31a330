package lakefeed

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/membership"
	"github.com/dangol/dangol/shared/queue"
)

// upkeepDelay is how long a lake waits for its compaction where the place says nothing else (env.Settings.Upkeep).
const upkeepDelay = 2 * time.Minute

// turnDelay is how long changed customers wait to be looked at: the deltas of that time cost one look, and who enters a segment is there within five seconds.
const turnDelay = time.Second

func upkeep(e *env.Env) asking {
	delay := upkeepDelay
	if d := e.Settings.Upkeep; d > 0 {
		delay = d
	}
	return asking{env: e, to: catalogue.Lakes, delay: delay, body: func(tenant string) any { return lake.Upkeep{Tenant: tenant} }, asked: map[string]time.Time{}}
}

func turns(e *env.Env) asking {
	return asking{env: e, to: catalogue.Memberships, delay: turnDelay, body: func(tenant string) any { return membership.Turn{Tenant: tenant} }, asked: map[string]time.Time{}}
}

// asking puts messages on a queue that wait a while, one for all deltas of half of that: a delta that came with no asking of its own is there when the one before
// is answered. It forgets with the process, which costs one asking more.
type asking struct {
	env   *env.Env
	to    queue.Name
	delay time.Duration
	body  func(tenant string) any

	mu    sync.Mutex
	asked map[string]time.Time // by tenant
}

func (a *asking) ask(ctx context.Context, tenant string) error {
	now := a.env.Clock.Now()
	if !a.due(tenant, now) {
		return nil
	}
	body, err := json.Marshal(a.body(tenant))
	if err != nil {
		return err
	}
	if err := a.env.Queue.Send(ctx, a.to, queue.Send{Group: tenant, Body: body, Delay: a.delay}); err != nil {
		return fmt.Errorf("ask on %s for %s: %w", a.to, tenant, err)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.asked[tenant] = now
	return nil
}

// due forgets tenants that are quiet by now.
func (a *asking) due(tenant string, now time.Time) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	for t, at := range a.asked {
		if now.Sub(at) >= a.delay/2 {
			delete(a.asked, t)
		}
	}
	_, asked := a.asked[tenant]
	return !asked
}
