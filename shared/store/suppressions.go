package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/table"
)

// Suppress adds a suppression; one that is there already is written anew.
func (x *Tx) Suppress(s message.Suppression) {
	s.Address = strings.ToLower(s.Address)
	it := table.Item{Key: x.t.keys.suppression(s.Channel, s.Address), Head: encode(s)}
	x.put(table.Outreach, it)
}

// Unsuppress adds the removal of a suppression.
func (x *Tx) Unsuppress(channel, address string) {
	x.remove(table.Outreach, x.t.keys.suppression(channel, strings.ToLower(address)))
}

// Suppressions reads what stands against up to table.MaxBatchGet addresses on the channel, in their order; nil where nothing does.
func (t *Tenant) Suppressions(ctx context.Context, channel string, addresses []string) ([]*message.Suppression, error) {
	out := make([]*message.Suppression, len(addresses))
	var ks []table.Key
	var places [][]int
	seen := map[string]int{}
	for i, a := range addresses {
		if a = strings.ToLower(a); a == "" {
			continue
		}
		n, ok := seen[a]
		if !ok {
			n = len(ks)
			seen[a], ks, places = n, append(ks, t.keys.suppression(channel, a)), append(places, nil)
		}
		places[n] = append(places[n], i)
	}
	if len(ks) == 0 {
		return out, nil
	}
	items, err := t.db.table.BatchGet(ctx, table.Outreach, ks)
	if err != nil {
		return nil, fmt.Errorf("read suppressions: %w", err)
	}
	for n, it := range items {
		if it == nil {
			continue
		}
		s := &message.Suppression{}
		if err := decode(it, s); err != nil {
			return nil, err
		}
		for _, i := range places[n] {
			out[i] = s
		}
	}
	return out, nil
}
