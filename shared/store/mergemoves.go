package store

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/merge"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/timeline"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/table"
)

// What hangs on a merged customer stays in their partition, marked, and a copy of it goes to the one who stays, under an id that the merge and the entry
// make: so a step that is repeated changes nothing, and the way back is to take the marks and the copies away. An order, a lead and a message are records of
// their own and name the other customer instead.

// perMove is how many items of a partition one transaction moves: an order takes four writes.
const perMove = 20

// maxMoveBytes is at how many bytes of orders a transaction ends; the one that reaches them still fits.
const maxMoveBytes = 1 << 20

// mark is the body of an item that was moved away: by which merge.
type mark struct {
	MovedBy string `json:"movedBy"`
}

// MovedAway says whether the item of an entry, a statement or a score hangs on another customer now, since a merge.
func MovedAway(it *table.Item) bool { return movedBy(it) != "" }

func movedBy(it *table.Item) string {
	var m mark
	if len(it.Body) == 0 || json.Unmarshal(it.Body, &m) != nil {
		return ""
	}
	return m.MovedBy
}

// move is one transaction of a merge or of its undoing.
type move struct {
	*Tx
	m     *merge.Merge
	back  bool
	bytes int
}

// MoveRelations moves a part of what hangs on the merged customer behind a place in their partition ("" is the beginning) to the one who stays, or back.
// next is where to go on, "" at the end. It may be repeated. A failed condition says that someone wrote one of the items meanwhile: try again.
func (t *Tenant) MoveRelations(ctx context.Context, m *merge.Merge, back bool, after string) (next string, err error) {
	x := &move{Tx: t.Begin(), m: m, back: back}
	q := table.Query{Table: table.CRM, PK: t.keys.record(m.MergedID).PK}
	if after != "" {
		q.From = after + "\x00"
	}
	items := 0
	err = t.each(ctx, q, func(it *table.Item) (bool, error) {
		if !x.moves(it) {
			return true, nil
		}
		items++
		if items >= perMove || x.bytes >= maxMoveBytes {
			next = it.SK
		}
		return next == "", x.add(ctx, it)
	})
	if err != nil {
		return "", err
	}
	return next, x.Commit(ctx)
}

// moves says whether the item is one that has yet to be moved.
func (x *move) moves(it *table.Item) bool {
	of := map[Kind]bool{TimelineEntry: true, ConsentRecord: true, PresentScore: true}
	if !of[customerKind(it.SK)] {
		return false
	}
	if x.back {
		return movedBy(it) == x.m.ID
	}
	return !MovedAway(it)
}

func (x *move) add(ctx context.Context, it *table.Item) error {
	switch customerKind(it.SK) {
	case PresentScore:
		x.mark(it)
		return nil
	case ConsentRecord:
		return x.consent(it)
	}
	e, err := decodeEntry(it)
	if err != nil {
		return err
	}
	switch e.Type {
	case timeline.Ordered:
		return x.order(ctx, it, e)
	case timeline.LeadConverted:
		if err := x.lead(ctx, e); err != nil {
			return err
		}
	}
	x.entry(it, e)
	return nil
}

// mark marks the item as moved, or takes the mark away. A score is in its list only while it is where it belongs.
func (x *move) mark(it *table.Item) {
	is := table.Item{Key: it.Key, Head: it.Head}
	if !x.back {
		is.Body = encode(mark{x.m.ID})
	}
	if it.SK == "sc" && x.back {
		is.Index[0] = x.t.keys.listed("score.list", x.m.MergedID, x.m.MergedID)
	}
	x.replace(table.CRM, "item", it.Version, is)
}

// copied adds the copy that stands with the customer who stays, or its removal.
func (x *move) copied(kind string, when time.Time, copyID string, v any) {
	k := x.t.keys.inCustomer(x.m.CustomerID, kind+at(when)+"#"+copyID)
	if x.back {
		x.remove(table.CRM, k)
		return
	}
	x.put(table.CRM, table.Item{Key: k, Head: encode(v)})
}

func (x *move) copyID(of string) string {
	noun, _, _ := strings.Cut(of, "_")
	return id.Derived(id.Prefix(noun), x.m.ID, of)
}

func (x *move) consent(it *table.Item) error {
	var said consent.Consent
	if err := decode(it, &said); err != nil {
		return err
	}
	x.mark(it)
	said.ID = x.copyID(said.ID)
	x.copied("con#", said.At, said.ID, said)
	return nil
}

func (x *move) entry(it *table.Item, e timeline.Entry) {
	x.mark(it)
	e.ID = x.copyID(e.ID)
	x.copied("tl#", e.At, e.ID, e)
}

// sides are whom a record names, and whom it is to name.
func (x *move) sides() (from, to string) {
	if x.back {
		return x.m.CustomerID, x.m.MergedID
	}
	return x.m.MergedID, x.m.CustomerID
}

// order moves an order with its entry, which has the order's id. One that names someone else by now, or is gone, leaves nothing to move.
func (x *move) order(ctx context.Context, it *table.Item, e timeline.Entry) error {
	from, to := x.sides()
	found, err := x.t.ordersByKey(ctx, []table.Key{x.t.keys.record(e.ID)})
	if err != nil {
		return err
	}
	if len(found) == 0 || found[0].CustomerID != from {
		x.remove(table.CRM, it.Key)
		return nil
	}
	o := *found[0]
	o.CustomerID = to
	is := x.t.orderItem(&o)
	is.Event = x.event("order.changed", o.ID, []string{"customerId"}, nil)
	x.bytes += len(is.Body)
	x.replace(table.CRM, LabelRecord, o.Version, is)
	here, there := x.t.keys.timeline(x.m.MergedID, o.OrderedAt, o.ID), x.t.keys.timeline(x.m.CustomerID, o.OrderedAt, o.ID)
	if !x.back {
		x.mark(it)
		x.put(table.CRM, table.Item{Key: there, Head: encode(orderEntryBy(&o, e.Actor))})
		return nil
	}
	x.remove(table.CRM, there)
	if it.Key != here {
		x.remove(table.CRM, it.Key) // it was put to another day meanwhile
	}
	x.put(table.CRM, table.Item{Key: here, Head: encode(orderEntryBy(&o, e.Actor))})
	return nil
}

func orderEntryBy(o *order.Order, actor string) timeline.Entry {
	e := orderEntry(o)
	e.Actor = actor
	return e
}

// lead makes the lead that became the customer name the other one.
func (x *move) lead(ctx context.Context, e timeline.Entry) error {
	from, to := x.sides()
	leadID, _ := e.Data["leadId"].(string)
	l, err := x.t.Lead(ctx, leadID)
	if errs.Code(err) == "lead_not_found" || err == nil && l.CustomerID != from {
		return nil
	}
	if err != nil {
		return err
	}
	l.CustomerID = to
	x.SaveLead(l, []string{"customerId"})
	return nil
}

// CountMoved counts what a merge has moved to the customer who stays, but for messages.
func (t *Tenant) CountMoved(ctx context.Context, m *merge.Merge) (merge.Counts, error) {
	return t.countRelations(ctx, m.MergedID, func(it *table.Item) bool { return movedBy(it) == m.ID })
}

// CountRelations counts what hangs on a customer.
func (t *Tenant) CountRelations(ctx context.Context, customerID string) (merge.Counts, error) {
	n, err := t.countRelations(ctx, customerID, func(it *table.Item) bool { return !MovedAway(it) })
	if err != nil {
		return n, err
	}
	err = t.EachMessageTo(ctx, customerID, func(*message.Message) (bool, error) { n.Messages++; return true, nil })
	return n, err
}

func (t *Tenant) countRelations(ctx context.Context, customerID string, counts func(*table.Item) bool) (n merge.Counts, err error) {
	err = t.each(ctx, table.Query{Table: table.CRM, PK: t.keys.record(customerID).PK}, func(it *table.Item) (bool, error) {
		kind := customerKind(it.SK)
		if kind != TimelineEntry && kind != ConsentRecord || !counts(it) {
			return true, nil
		}
		_, _, entryID := cutEntry(it.SK)
		switch {
		case kind == ConsentRecord:
			n.Consents++
		case id.Valid(id.Order, entryID):
			n.Orders++
		default:
			n.Entries++
		}
		return true, nil
	})
	return n, err
}

// cutEntry reads kind, time and id from the sort key of an entry.
func cutEntry(sk string) (kind, when, entryID string) {
	kind, rest, _ := strings.Cut(sk, "#")
	when, entryID, _ = strings.Cut(rest, "#")
	return kind, when, entryID
}

// EachMessageTo calls f for the messages of a customer that are not pending, by when they were contacted, until it returns false. It reads an index.
func (t *Tenant) EachMessageTo(ctx context.Context, customerID string, f func(*message.Message) (bool, error)) error {
	q := table.Query{Table: table.Outreach, Index: 1, PK: t.keys.messagesOf(customerID)}
	return t.each(ctx, q, func(it *table.Item) (bool, error) {
		m, err := decodeMessage(it)
		if err != nil {
			return false, err
		}
		return f(m)
	})
}
