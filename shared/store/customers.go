package store

import (
	"context"
	"errors"
	"maps"
	"reflect"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/plainjson"
	"github.com/dangol/dangol/shared/crm/timeline"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/table"
)

// Unique fields of a customer, and the labels under which they fail.
const (
	LabelEmail      = "email"
	LabelExternalID = "externalId"
	LabelRecord     = "record"
)

// Customer reads one customer; errs customer_not_found, and customer_merged, with the member mergedInto, for one who was merged into another. An archived
// one is found.
func (t *Tenant) Customer(ctx context.Context, customerID string) (*customer.Customer, error) {
	c, err := t.customerRecord(ctx, customerID)
	if err == nil && c.MergedInto != "" {
		return nil, errs.New(errs.NotFound, "customer_merged").With("mergedInto", c.MergedInto)
	}
	return c, err
}

// customerRecord reads a customer's record, also that of one who was merged.
func (t *Tenant) customerRecord(ctx context.Context, customerID string) (*customer.Customer, error) {
	if !id.Valid(id.Customer, customerID) {
		return nil, errs.New(errs.NotFound, "customer_not_found")
	}
	it, err := t.get(ctx, table.CRM, t.keys.record(customerID), "customer_not_found")
	if err != nil {
		return nil, err
	}
	return decodeCustomer(it)
}

// CustomersByID reads customers in the order of the ids; nil where there is none. Those who were merged are among them, with MergedInto.
func (t *Tenant) CustomersByID(ctx context.Context, ids []string) ([]*customer.Customer, error) {
	items, err := t.batchGet(ctx, table.CRM, t.keys.records(ids))
	if err != nil {
		return nil, err
	}
	out := make([]*customer.Customer, len(items))
	for i, it := range items {
		if it == nil {
			continue
		}
		if out[i], err = decodeCustomer(it); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// CustomerIDBy returns the id of the customer that holds a unique value: LabelEmail or LabelExternalID. "" when nobody does.
func (t *Tenant) CustomerIDBy(ctx context.Context, label, value string) (string, error) {
	return t.holder(ctx, "cus."+label, value)
}

// Customers lists those not archived, newest first.
func (t *Tenant) Customers(ctx context.Context, p Page) ([]*customer.Customer, string, error) {
	p.Reverse = true
	items, next, err := t.list(ctx, table.CRM, 1, "cus.list", Shards, p)
	if err != nil {
		return nil, "", err
	}
	out, err := decodeCustomers(items)
	return out, next, err
}

// FindField says where FindCustomers looks.
type FindField string

// What customers are found by, each by its beginning.
const (
	ByName  FindField = "name"  // any case
	ByEmail FindField = "email" // lower case
	ByPhone FindField = "phone" // digits of E.164 without the plus
)

// FindCustomers lists customers whose field begins with the text, in the field's order.
func (t *Tenant) FindCustomers(ctx context.Context, by FindField, begins string, p Page) ([]*customer.Customer, string, error) {
	if by == ByName {
		begins = Fold(begins)
	}
	p.Prefix = begins
	items, next, err := t.list(ctx, table.CRM, 2, "cus."+string(by), Shards, p)
	if err != nil {
		return nil, "", err
	}
	ids := make([]string, len(items))
	for i := range items {
		ids[i] = items[i].Index[1].SK[strings.LastIndexByte(items[i].Index[1].SK, '#')+1:]
	}
	found, err := t.CustomersByID(ctx, ids)
	return present(found), next, err
}

func present(cs []*customer.Customer) []*customer.Customer {
	out := cs[:0]
	for _, c := range cs {
		if c != nil && c.ArchivedAt == nil {
			out = append(out, c)
		}
	}
	return out
}

// Fold brings a name into the form that is compared: NFC, without case, without outer blanks.
func Fold(s string) string {
	return cases.Fold().String(norm.NFC.String(strings.TrimSpace(s)))
}

// CreateCustomer adds a new customer with its unique values, its phone and the first entry of its timeline. Labels: email, externalId, custom.<key>.
func (x *Tx) CreateCustomer(c *customer.Customer, told ...timeline.Entry) {
	c.CreatedAt, c.UpdatedAt = x.t.Now(), x.t.Now()
	it := x.t.customerItem(c)
	it.Event = x.event("customer.created", c.ID, nil, nil)
	x.create(table.CRM, LabelRecord, it)
	x.moveClaims(nil, claimsOf(c))
	x.movePhone(c.ID, "", c.Phone)
	c.Version = 1
	if len(told) == 0 {
		x.tellNow(c.ID, timeline.ProfileCreated, nil)
	}
	for _, e := range told {
		x.Tell(c.ID, e)
	}
}

// SaveCustomer adds the change from was to c, or nothing when no field differs. Labels: record (someone else saved first), email, externalId,
// custom.<key>.
func (x *Tx) SaveCustomer(was, c *customer.Customer) {
	changes := Changes(was.Fields, c.Fields)
	if len(changes) == 0 && reflect.DeepEqual(was.Consents, c.Consents) && maps.Equal(was.Holds, c.Holds) {
		return
	}
	x.saveCustomer(was, c, "customer.changed", fieldNames(changes))
	if len(changes) > 0 {
		x.tellNow(c.ID, timeline.ProfileChanged, map[string]any{"changes": changes})
	}
}

// ArchiveCustomer takes the customer out of lists and frees its unique values. Its record and timeline stay, and a list that only Gather reads.
func (x *Tx) ArchiveCustomer(was *customer.Customer) *customer.Customer {
	c := *was
	x.ArchiveChanged(was, &c)
	return &c
}

// ArchiveChanged is ArchiveCustomer for one whose fields change with it, from was to c.
func (x *Tx) ArchiveChanged(was, c *customer.Customer) {
	changes, now := Changes(was.Fields, c.Fields), x.t.Now()
	c.ArchivedAt, c.Holds = &now, nil
	x.saveCustomer(was, c, "customer.archived", fieldNames(changes))
	if len(changes) > 0 {
		x.tellNow(c.ID, timeline.ProfileChanged, map[string]any{"changes": changes})
	}
	x.tellNow(c.ID, timeline.Archived, nil)
}

// RestoreCustomer takes back that a customer was archived: c, whose fields may differ from those of was, is in lists again and claims its unique values with
// c.Holds. Labels: those of SaveCustomer.
func (x *Tx) RestoreCustomer(was, c *customer.Customer) {
	changes := Changes(was.Fields, c.Fields)
	c.ArchivedAt = nil
	x.saveCustomer(was, c, "customer.restored", fieldNames(changes))
	if len(changes) > 0 {
		x.tellNow(c.ID, timeline.ProfileChanged, map[string]any{"changes": changes})
	}
	x.tellNow(c.ID, timeline.Restored, nil)
}

func (x *Tx) saveCustomer(was, c *customer.Customer, event string, changed []string) {
	c.UpdatedAt = x.t.Now()
	it := x.t.customerItem(c)
	it.Event = x.event(event, c.ID, changed, nil)
	x.replace(table.CRM, LabelRecord, was.Version, it)
	x.moveClaims(claimsOf(was), claimsOf(c))
	x.movePhone(c.ID, phoneOf(was), phoneOf(c))
	c.Version = was.Version + 1
}

// phoneOf is the number by which a customer is found: none once archived.
func phoneOf(c *customer.Customer) string {
	if c.ArchivedAt != nil {
		return ""
	}
	return c.Phone
}

// EraseCustomer removes the record with its unique values and what is named of that which hangs on it, as the undo of its creation. Label: record.
func (x *Tx) EraseCustomer(was *customer.Customer, hanging ...table.Key) {
	x.Append(table.Op{Table: table.CRM, Kind: table.OpDelete, If: table.IfVersion, Version: was.Version, Label: LabelRecord,
		Item: table.Item{Key: x.t.keys.record(was.ID), Event: x.event("customer.erased", was.ID, nil, nil)}})
	x.moveClaims(claimsOf(was), nil)
	x.movePhone(was.ID, phoneOf(was), "")
	for _, k := range hanging {
		x.remove(table.CRM, k)
	}
}

// movePhone keeps the item by which a phone number is found; phones are not unique.
func (x *Tx) movePhone(customerID, from, to string) {
	k := x.t.keys.inCustomer(customerID, "phone")
	switch {
	case from == to:
	case to == "":
		x.remove(table.CRM, k)
	default:
		it := table.Item{Key: k}
		it.Index[1] = x.t.keys.listed("cus."+string(ByPhone), customerID, strings.TrimPrefix(to, "+")+"#"+customerID)
		x.put(table.CRM, it)
	}
}

func (t *Tenant) customerItem(c *customer.Customer) table.Item {
	it := table.Item{Key: t.keys.record(c.ID), Head: encode(storedCustomer{c, c.Holds, c.Known})}
	if c.ArchivedAt != nil {
		it.Index[0] = t.keys.listed("cus.archived", c.ID, c.ID)
		return it
	}
	it.Index[0] = t.keys.listed("cus.list", c.ID, c.ID)
	if c.Name != "" {
		it.Index[1] = t.keys.listed("cus.name", c.ID, foldedStart(c.Name)+"#"+c.ID)
	}
	return it
}

// foldedStart cuts a folded name so that a sort key stays within its limit.
func foldedStart(name string) string {
	f := Fold(name)
	if len(f) > 400 {
		f = strings.ToValidUTF8(f[:400], "")
	}
	return f
}

// decodeCustomer reads a record that is in the form in which it was written, and leaves others to encoding/json.
func decodeCustomer(it *table.Item) (*customer.Customer, error) {
	if r := plainjson.Of(it.Head); len(it.Body) == 0 {
		if c := readCustomer(r); r.Done() {
			c.Version = it.Version
			return c, nil
		}
	}
	s := storedCustomer{Customer: &customer.Customer{Version: it.Version}}
	err := decode(it, &s)
	s.Customer.Holds, s.Customer.Known = s.Holds, s.Known
	return s.Customer, err
}

// readCustomer reads the members of a storedCustomer.
func readCustomer(r *plainjson.Reader) *customer.Customer {
	c := customer.ReadMembers(r)
	if r.Has(`,"holds":{`) {
		c.Holds = map[string]string{}
		r.Members(func(key []byte) { c.Holds[string(key)] = r.String() })
	}
	if r.Has(`,"known":[`) {
		c.Known = r.Strings()
	}
	r.Skip(`}`)
	return c
}

func decodeCustomers(items []table.Item) ([]*customer.Customer, error) {
	out := make([]*customer.Customer, 0, len(items))
	for i := range items {
		c, err := decodeCustomer(&items[i])
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// Taken turns a failed write of a customer into the refusal that a caller should see: the unique values that others hold, with who holds them,
// or a stale version. Other errors pass through.
func (t *Tenant) Taken(ctx context.Context, err error, c *customer.Customer) error {
	var failed *table.ConditionError
	if !errors.As(err, &failed) {
		return err
	}
	values, candidates, refusal := unique(c), []map[string]string{}, errs.New(errs.Conflict, "customer_duplicate").Because(err)
	for _, label := range failed.Labels {
		value, is := values[label]
		if !is {
			continue
		}
		holder, _ := t.CustomerIDBy(ctx, label, value)
		candidates = append(candidates, map[string]string{"id": holder, "field": label, "value": value})
		refusal.Add(pointerOf(label))
	}
	if len(candidates) > 0 {
		return refusal.With("candidates", candidates)
	}
	if table.FailedLabel(err, LabelRecord) {
		return errs.New(errs.Stale, "version_stale").Because(err)
	}
	return err
}
