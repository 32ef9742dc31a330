package store

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/table"
)

// row is a message as the ledger keeps it: short names and Unix milliseconds, since a campaign writes millions of them three times over.
// Campaign, chunk and id stand in the key.
type row struct {
	Customer string        `json:"c"`
	State    message.State `json:"s"`
	Channel  string        `json:"h,omitempty"` // "" is e-mail
	Address  string        `json:"a,omitempty"`
	Reason   string        `json:"r,omitempty"`
	Attempt  int           `json:"n,omitempty"`
	Epoch    int64         `json:"e,omitempty"`
	PutOff   int           `json:"f,omitempty"`
	Planned  int64         `json:"p"`
	Lease    int64         `json:"l,omitempty"`
	Accepted int64         `json:"k,omitempty"`

	Delivered    int64 `json:"d,omitempty"`
	Opened       int64 `json:"o,omitempty"`
	Machine      int64 `json:"m,omitempty"`
	Clicked      int64 `json:"y,omitempty"`
	Bought       int64 `json:"w,omitempty"`
	Bounced      int64 `json:"b,omitempty"`
	Complained   int64 `json:"x,omitempty"`
	Unsubscribed int64 `json:"u,omitempty"`
}

func encodeMessage(m *message.Message) []byte {
	r := row{Customer: m.CustomerID, State: m.State, Address: m.Address, Reason: m.Reason, Attempt: m.Attempt, Epoch: m.Epoch, PutOff: m.PutOff,
		Planned: m.PlannedAt.UnixMilli(), Lease: millis(m.LeaseUntil), Accepted: millis(m.AcceptedAt),
		Delivered: millis(m.DeliveredAt), Opened: millis(m.OpenedAt), Machine: millis(m.MachineOpenedAt), Clicked: millis(m.ClickedAt),
		Bought: millis(m.BoughtAt), Bounced: millis(m.BouncedAt), Complained: millis(m.ComplainedAt), Unsubscribed: millis(m.UnsubscribedAt)}
	if m.Channel != message.Email {
		r.Channel = m.Channel
	}
	return encode(&r)
}

func decodeMessage(it *table.Item) (*message.Message, error) {
	var r row
	if err := json.Unmarshal(it.Head, &r); err != nil {
		return nil, fmt.Errorf("decode message %s/%s: %w", it.PK, it.SK, err)
	}
	if r.Channel == "" {
		r.Channel = message.Email
	}
	m := &message.Message{ID: it.SK, CustomerID: r.Customer, Channel: r.Channel, Address: r.Address, State: r.State, Reason: r.Reason,
		Attempt: r.Attempt, Epoch: r.Epoch, PutOff: r.PutOff, PlannedAt: time.UnixMilli(r.Planned).UTC(), LeaseUntil: moment(r.Lease), AcceptedAt: moment(r.Accepted),
		DeliveredAt: moment(r.Delivered), OpenedAt: moment(r.Opened), MachineOpenedAt: moment(r.Machine), ClickedAt: moment(r.Clicked),
		BoughtAt: moment(r.Bought), BouncedAt: moment(r.Bounced), ComplainedAt: moment(r.Complained), UnsubscribedAt: moment(r.Unsubscribed),
		Version: it.Version}
	m.CampaignID, m.Chunk = messagePlace(it.Key)
	return m, nil
}

// millis is a moment as a number, 0 for none.
func millis(t *time.Time) int64 {
	if t == nil {
		return 0
	}
	return t.UnixMilli()
}

func moment(ms int64) *time.Time {
	if ms == 0 {
		return nil
	}
	t := time.UnixMilli(ms).UTC()
	return &t
}
