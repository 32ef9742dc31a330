package cloud

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"sync"

	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/table/dynamo"
)

// usage adds up the capacity units that an invocation consumed, by tenant, so that a bill can be told apart by those who caused it.
type usage struct {
	mu    sync.Mutex
	units map[string]map[table.Name]units // by tenant; "" is what belongs to none
}

type units struct{ read, write float64 }

func (u *usage) add(c dynamo.Consumed) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.units == nil {
		u.units = map[string]map[table.Name]units{}
	}
	if u.units[c.Tenant] == nil {
		u.units[c.Tenant] = map[table.Name]units{}
	}
	sum := u.units[c.Tenant][c.Table]
	u.units[c.Tenant][c.Table] = units{sum.read + c.Read, sum.write + c.Write}
}

func (u *usage) take() map[string]map[table.Name]units {
	u.mu.Lock()
	defer u.mu.Unlock()
	all := u.units
	u.units = nil
	return all
}

// tell writes a line for each tenant that the invocation worked for, and begins anew: docs/operations.md has the query that adds the lines up.
func (u *usage) tell(ctx context.Context, log *slog.Logger) {
	all := u.take()
	for _, tenant := range slices.Sorted(maps.Keys(all)) {
		line := []slog.Attr{slog.String("tenant", tenant)}
		for _, n := range slices.Sorted(maps.Keys(all[tenant])) {
			c := all[tenant][n]
			line = append(line, slog.Group(string(n), slog.Float64("read", c.read), slog.Float64("write", c.write)))
		}
		log.LogAttrs(ctx, slog.LevelInfo, "units", line...)
	}
}
