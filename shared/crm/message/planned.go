package message

import "time"

// PlannedFor returns the customer, of several who are one by now, for whom a message of a campaign was planned: its id was made from theirs. "" is none.
func PlannedFor(tenant string, m *Message, customers []string) string {
	for _, c := range customers {
		if m.ID == ID(tenant, m.CampaignID, 0, 0, c, m.Channel) {
			return c
		}
	}
	return ""
}

// ContactedAt is when the message was accepted, or else planned.
func (m *Message) ContactedAt() time.Time {
	if m.AcceptedAt != nil {
		return *m.AcceptedAt
	}
	return m.PlannedAt
}
