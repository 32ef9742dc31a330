package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/table"
)

// Suppression is an address that must not be contacted over a channel, whatever anyone consents to: it bounced, or its owner complained or
// unsubscribed.
type Suppression struct {
	Channel    string    `json:"channel"`
	Address    string    `json:"address"`
	Reason     string    `json:"reason"` // bounced, complained, unsubscribed
	CampaignID string    `json:"campaignId,omitempty"`
	MessageID  string    `json:"messageId,omitempty"`
	Detail     string    `json:"detail,omitempty"` // the provider's words
	At         time.Time `json:"at"`
}

// Suppress adds a suppression; one that is there already is written anew.
func (x *Tx) Suppress(s Suppression) {
	s.Address = strings.ToLower(s.Address)
	it := table.Item{Key: x.t.keys.suppression(s.Channel, s.Address), Head: encode(s)}
	x.put(table.Outreach, it)
}

// Unsuppress adds the removal of a suppression.
func (x *Tx) Unsuppress(channel, address string) {
	x.remove(table.Outreach, x.t.keys.suppression(channel, strings.ToLower(address)))
}

// Suppressed says of up to table.MaxBatchGet addresses which are suppressed on the channel. An empty address is not.
func (t *Tenant) Suppressed(ctx context.Context, channel string, addresses []string) ([]bool, error) {
	out := make([]bool, len(addresses))
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
		for _, i := range places[n] {
			out[i] = it != nil
		}
	}
	return out, nil
}
