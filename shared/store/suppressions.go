package store

import (
	"context"
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

// Suppressions reads what stands against the addresses on the channel, in their order; nil where nothing does.
func (t *Tenant) Suppressions(ctx context.Context, channel string, addresses []string) ([]*message.Suppression, error) {
	ks := make([]table.Key, len(addresses))
	for i, a := range addresses {
		ks[i] = t.keys.suppression(channel, strings.ToLower(a))
	}
	items, err := t.batchGet(ctx, table.Outreach, ks)
	if err != nil {
		return nil, err
	}
	out := make([]*message.Suppression, len(addresses))
	for i, it := range items {
		if it == nil {
			continue
		}
		out[i] = &message.Suppression{}
		if err := decode(it, out[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}
