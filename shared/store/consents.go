package store

import (
	"context"

	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/timeline"
	"github.com/dangol/dangol/shared/table"
)

// RecordConsent adds a statement to the customer's consents, which its timeline shows, and to its present states. Label: record.
func (x *Tx) RecordConsent(was *customer.Customer, said consent.Consent) *customer.Customer {
	c := *was
	c.Consents, c.ConsentsSince = consent.Apply(was.Consents, was.ConsentsSince, said)
	x.saveCustomer(was, &c, "consent.recorded", nil)
	x.KeepConsent(c.ID, said)
	return &c
}

// KeepConsent adds the statement itself, for a customer whose states the same transaction already sets.
func (x *Tx) KeepConsent(customerID string, said consent.Consent) {
	said.Actor = x.t.actor
	x.put(table.CRM, table.Item{Key: x.t.keys.inCustomer(customerID, "con#"+at(said.At)+"#"+said.ID), Head: encode(said)})
}

// consentEntry is a statement as the timeline shows it.
func consentEntry(it *table.Item) (timeline.Entry, error) {
	var said consent.Consent
	err := decode(it, &said)
	return timeline.Entry{ID: said.ID, Type: timeline.Consented, At: said.At, Actor: said.Actor, Data: map[string]any{
		"channel": said.Channel, "purpose": said.Purpose, "state": said.State, "source": said.Source, "wording": said.Wording,
	}}, err
}

// Consents lists a customer's statements, newest first.
func (t *Tenant) Consents(ctx context.Context, customerID string, p Page) (out []consent.Consent, next string, err error) {
	q := table.Query{Table: table.CRM, PK: t.keys.record(customerID).PK, Reverse: true, Limit: p.Limit + 1}.Prefix("con#")
	if p.After != "" {
		q.To = p.After
	}
	var last string
	err = t.each(ctx, q, func(it *table.Item) (bool, error) {
		if len(out) == p.Limit {
			next = last
			return false, nil
		}
		var c consent.Consent
		last = it.SK
		err := decode(it, &c)
		out = append(out, c)
		return true, err
	})
	return out, next, err
}
