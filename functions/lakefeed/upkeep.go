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
	"github.com/dangol/dangol/shared/queue"
)

// upkeepDelay is how long a lake waits for its compaction where the place says nothing else (env.Settings.Upkeep).
const upkeepDelay = 2 * time.Minute

func (u *upkeep) delay() time.Duration {
	if d := u.env.Settings.Upkeep; d > 0 {
		return d
	}
	return upkeepDelay
}

// pause is how long nobody asks again for a lake: a delta that came with no asking of its own is there when the one before is answered.
func (u *upkeep) pause() time.Duration { return u.delay() / 2 }

// upkeep asks for compactions. It forgets with the process, which costs one asking more.
type upkeep struct {
	env *env.Env

	mu    sync.Mutex
	asked map[string]time.Time // by tenant
}

func (u *upkeep) ask(ctx context.Context, tenant string) error {
	now := u.env.Clock.Now()
	if !u.due(tenant, now) {
		return nil
	}
	body, err := json.Marshal(lake.Upkeep{Tenant: tenant})
	if err != nil {
		return err
	}
	if err := u.env.Queue.Send(ctx, catalogue.Lakes, queue.Send{Group: tenant, Body: body, Delay: u.delay()}); err != nil {
		return fmt.Errorf("ask for the upkeep of the lake of %s: %w", tenant, err)
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	u.asked[tenant] = now
	return nil
}

// due forgets tenants that are quiet by now.
func (u *upkeep) due(tenant string, now time.Time) bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	for t, at := range u.asked {
		if now.Sub(at) >= u.pause() {
			delete(u.asked, t)
		}
	}
	_, asked := u.asked[tenant]
	return !asked
}
