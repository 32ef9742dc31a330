package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/dangol/dangol/shared/crm/timeline"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/table"
)

// Tell adds an entry to a customer's timeline. Telling the same entry id at the same time again changes nothing but its data, so that a
// repeated hop tells it once.
func (x *Tx) Tell(customerID string, e timeline.Entry) {
	if e.Actor == "" {
		e.Actor = x.t.actor
	}
	x.put(table.CRM, table.Item{Key: x.t.keys.timeline(customerID, e.At, e.ID), Head: encode(e)})
}

// tellNow is Tell with a new id and the present time.
func (x *Tx) tellNow(customerID string, kind timeline.Type, data map[string]any) {
	x.Tell(customerID, timeline.Entry{ID: x.t.NewID(id.Event), Type: kind, At: x.t.Now(), Data: data})
}

// Timeline reads a customer's entries, newest first. After is the place that the last page returned. What was told, what the customer agreed to
// and the messages, which live in the outreach table, are merged by time.
func (t *Tenant) Timeline(ctx context.Context, customerID string, p Page) (entries []timeline.Entry, next string, err error) {
	told, err := t.inPartition(ctx, customerID, "tl#", p, decodeEntry)
	if err != nil {
		return nil, "", err
	}
	said, err := t.inPartition(ctx, customerID, "con#", p, consentEntry)
	if err != nil {
		return nil, "", err
	}
	sent, err := t.sentEntries(ctx, customerID, p)
	if err != nil {
		return nil, "", err
	}
	entries = slices.Concat(told, said, sent)
	slices.SortFunc(entries, func(a, b timeline.Entry) int { return strings.Compare(place(b), place(a)) })
	if len(entries) > p.Limit {
		entries = entries[:p.Limit]
		next = place(entries[len(entries)-1])
	}
	return entries, next, nil
}

// place is where an entry stands in the order of the timeline.
func place(e timeline.Entry) string { return at(e.At) + "#" + e.ID }

// inPartition reads the page from the items of a kind that lie with the record. It reads one entry more than the page holds, so that the caller knows
// whether another follows.
func (t *Tenant) inPartition(ctx context.Context, customerID, kind string, p Page, as entryOf) ([]timeline.Entry, error) {
	q := table.Query{Table: table.CRM, PK: t.keys.record(customerID).PK, Reverse: true, Limit: p.Limit + 1}.Prefix(kind)
	if p.After != "" {
		q.To = kind + p.After
	}
	return t.entries(ctx, q, p.Limit+1, as)
}

// entryOf reads an entry from the item that holds it.
type entryOf func(*table.Item) (timeline.Entry, error)

// sentEntries reads the customer's messages from the index by customer, as entries.
func (t *Tenant) sentEntries(ctx context.Context, customerID string, p Page) ([]timeline.Entry, error) {
	q := table.Query{Table: table.Outreach, Index: 1, PK: t.keys.messagesOf(customerID), Reverse: true, Limit: p.Limit + 1, To: p.After}
	return t.entries(ctx, q, p.Limit+1, messageEntry)
}

func (t *Tenant) entries(ctx context.Context, q table.Query, limit int, as entryOf) (out []timeline.Entry, err error) {
	err = t.each(ctx, q, func(it *table.Item) (bool, error) {
		e, err := as(it)
		out = append(out, e)
		return len(out) < limit, err
	})
	return out, err
}

// decodeEntry reads an entry, of which one that was moved has a mark beside it.
func decodeEntry(it *table.Item) (e timeline.Entry, err error) {
	if len(it.Head) > 0 && len(it.Body) > 0 {
		err = decode(it, &e)
		return e, err
	}
	if e, err = timeline.Read(slices.Concat(it.Head, it.Body)); err != nil {
		err = fmt.Errorf("decode %s/%s: %w", it.PK, it.SK, err)
	}
	return e, err
}

// Hanging reads what hangs on a customer beside its record. history says that there is more than a customer's own making: orders, notes, messages.
// What its record and its consents told about themselves is none, since the record's version shows whether someone changed them; nor is butEntry.
func (t *Tenant) Hanging(ctx context.Context, customerID, butEntry string) (own []table.Key, history bool, err error) {
	sent, err := t.sentEntries(ctx, customerID, Page{})
	if err != nil || len(sent) > 0 {
		return nil, true, err
	}
	record := t.keys.record(customerID)
	err = t.each(ctx, table.Query{Table: table.CRM, PK: record.PK}, func(it *table.Item) (bool, error) {
		if it.Key == record || it.SK == "phone" { // EraseCustomer takes them
			return true, nil
		}
		own = append(own, it.Key)
		if !strings.HasPrefix(it.SK, "tl#") {
			return true, nil
		}
		e, err := decodeEntry(it)
		history = e.ID != butEntry && e.Type != timeline.ProfileChanged
		return !history, err
	})
	return own, history || len(own) > maxHanging, err
}

// maxHanging is how many items can be erased with a customer in one transaction.
const maxHanging = table.MaxTxItems - 10
