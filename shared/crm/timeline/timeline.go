// Package timeline is the one story of a customer: everything that happened, in order, whatever part of Dangol it happened in.
package timeline

import "time"

// Type tells what happened.
type Type string

// The types of entry. Clients must expect new ones.
const (
	ProfileCreated Type = "profileCreated"
	ProfileChanged Type = "profileChanged" // data.changes: {field: {from, to}}
	Archived       Type = "archived"
	Restored       Type = "restored"      // no longer archived
	Merged         Type = "merged"        // data.mergeId, data.customerId, data.name: who became one with this customer
	Unmerged       Type = "unmerged"      // data as of merged: who is a customer of their own again
	Imported       Type = "imported"      // data.importId
	LeadConverted  Type = "leadConverted" // data.leadId, data.source
	Ordered        Type = "order"         // data.orderId, data.total, data.products
	Consented      Type = "consent"       // data: the consent
	Noted          Type = "note"          // data.text
	Messaged       Type = "message"       // data.messageId, data.campaignId, data.state
	Responded      Type = "response"      // data.kind, data.campaignId, data.messageId, data.url
)

// Types lists what is known, in the order that filters show.
var Types = []Type{ProfileCreated, ProfileChanged, Ordered, Messaged, Responded, Consented, Noted, LeadConverted, Imported, Archived, Restored, Merged, Unmerged}

// Entry is one thing that happened to one customer.
type Entry struct {
	ID    string         `json:"id"`
	Type  Type           `json:"type"`
	At    time.Time      `json:"at"`              // when it happened, UTC; not when it was written
	Actor string         `json:"actor,omitempty"` // user, key or function that wrote it
	Data  map[string]any `json:"data,omitempty"`
}

// Change is a field's value before and after.
type Change struct {
	From any `json:"from"`
	To   any `json:"to"`
}
