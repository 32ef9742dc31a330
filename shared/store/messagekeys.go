package store

import (
	"strconv"
	"strings"

	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/crm/timeline"
	"github.com/dangol/dangol/shared/table"
)

// messagesOf is the partition of outreach's index 1 with the messages of one customer.
func (k keys) messagesOf(customerID string) string { return k.pk("cus", customerID, "messages") }

// messageListed is a message's place in that index: none while it is pending, so that planning and claiming a campaign cost no index entries,
// and then by when it was accepted, else planned.
func (k keys) messageListed(m *message.Message) table.Key {
	if m.State.Pending() {
		return table.Key{}
	}
	return table.Key{PK: k.messagesOf(m.CustomerID), SK: at(m.ContactedAt()) + "#" + m.ID}
}

// messagePlace reads campaign and chunk from a message's key.
func messagePlace(k table.Key) (campaignID string, chunk int) {
	rest, number, _ := cutLast(k.PK)
	_, campaignID, _ = cutLast(rest)
	chunk, _ = strconv.Atoi(number)
	return campaignID, chunk
}

func cutLast(s string) (before, after string, found bool) {
	i := strings.LastIndexByte(s, '#')
	if i < 0 {
		return "", s, false
	}
	return s[:i], s[i+1:], true
}

// messageEntry shows a message in the timeline of its customer.
func messageEntry(it *table.Item) (timeline.Entry, error) {
	m, err := decodeMessage(it)
	if err != nil {
		return timeline.Entry{}, err
	}
	return timeline.Entry{ID: m.ID, Type: timeline.Messaged, At: m.ContactedAt(), Data: map[string]any{
		"messageId": m.ID, "campaignId": m.CampaignID, "channel": m.Channel, "state": m.State, "reason": m.Reason,
		"acceptedAt": m.AcceptedAt, "openedAt": m.OpenedAt, "clickedAt": m.ClickedAt,
	}}, nil
}
