package store

import (
	"time"

	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/crm/timeline"
	"github.com/dangol/dangol/shared/table"
)

// messagesOf is the partition of outreach's index 1 with the messages of one customer.
func (k keys) messagesOf(customerID string) string { return k.pk("cus", customerID, "messages") }

// messageListed is a message's place in that index: by the time it was planned, which never changes, so that a transition rewrites the entry in place.
func (k keys) messageListed(m *message.Message) table.Key {
	return table.Key{PK: k.messagesOf(m.CustomerID), SK: at(m.PlannedAt) + "#" + m.ID}
}

// messageEntry shows a message in the timeline of its customer.
func messageEntry(it *table.Item) (timeline.Entry, error) {
	var m message.Message
	if err := decode(it, &m); err != nil {
		return timeline.Entry{}, err
	}
	return timeline.Entry{ID: m.ID, Type: timeline.Messaged, At: m.PlannedAt.UTC().Truncate(time.Millisecond), Data: map[string]any{
		"messageId": m.ID, "campaignId": m.CampaignID, "channel": m.Channel, "state": m.State, "reason": m.Reason, "acceptedAt": m.AcceptedAt,
	}}, nil
}
