package importwork

import (
	"context"
	"fmt"
	"reflect"
	"slices"

	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/customfield"
	"github.com/dangol/dangol/shared/crm/imports"
	"github.com/dangol/dangol/shared/crm/origin"
	"github.com/dangol/dangol/shared/crm/timeline"
	"github.com/dangol/dangol/shared/crm/workspace"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// customerBringer creates customers and changes those that a row's externalId, or else its e-mail, names.
type customerBringer struct {
	w  *work
	ws *workspace.Workspace
}

// knownCustomers holds who has a unique value, and the records of those.
type knownCustomers struct {
	byExternalID, byEmail map[string]*customer.Customer
}

func (b customerBringer) key(r *row) (string, bool) {
	f := r.record.Customer.Fields
	switch {
	case f.ExternalID != "":
		return "id:" + f.ExternalID, false
	case f.Email != "":
		return emailKey(f.Email), false
	}
	return fmt.Sprint("row:", r.number), false
}

func emailKey(email string) string { return "email:" + email }

func (b customerBringer) lookup(ctx context.Context, units []unit) (known, error) {
	var ids, emails []string
	for _, u := range units {
		f := u.first().record.Customer.Fields
		if f.ExternalID != "" {
			ids = append(ids, f.ExternalID)
		} else if f.Email != "" {
			emails = append(emails, f.Email)
		}
	}
	var k knownCustomers
	var err error
	if k.byExternalID, err = b.w.T.CustomersBy(ctx, store.LabelExternalID, ids); err != nil {
		return nil, err
	}
	k.byEmail, err = b.w.T.CustomersBy(ctx, store.LabelEmail, emails)
	return k, err
}

// find returns the customer that a row names, nil when it names a new one.
func (k knownCustomers) find(f customer.Fields) *customer.Customer {
	if f.ExternalID != "" {
		return k.byExternalID[f.ExternalID]
	}
	return k.byEmail[f.Email]
}

func (b customerBringer) decide(ctx context.Context, u unit, k known) (decision, error) {
	r := u.first()
	if was := k.(knownCustomers).find(r.record.Customer.Fields); was != nil {
		if by := was.Origin.LaterRow(b.w.im.ID, r.number); by > 0 && b.w.earlier.brought(by) {
			return b.passed(ctx, r, was)
		}
		return b.change(r, was), nil
	}
	custom, err := b.w.fields.New(r.record.Customer.Fields.Custom)
	if err != nil {
		return decision{refused: b.w.plan.Refused(err)}, nil
	}
	return decision{outcome: imports.Created, write: func(tx *store.Tx) { b.create(tx, r, custom) }}, nil
}

// passed is the outcome of a row without an undo record before one about the same customer that an earlier delivery of this hop brought in: it had its
// turn then and wrote nothing. Writing it now would overrule the later row.
func (b customerBringer) passed(ctx context.Context, r *row, was *customer.Customer) (decision, error) {
	holder, err := b.w.T.CustomerIDBy(ctx, store.LabelEmail, r.record.Customer.Fields.Email)
	if err == nil && holder != "" && holder != was.ID {
		return refused("email_taken"), nil
	}
	for key, value := range b.w.fields.Holds(r.record.Customer.Fields.Custom) {
		if err != nil {
			break
		}
		if holder, err = b.w.T.CustomerIDBy(ctx, "custom."+key, value); err == nil && holder != "" && holder != was.ID {
			return refused("custom_taken"), nil
		}
	}
	return decision{outcome: imports.Skipped}, err
}

func (b customerBringer) create(tx *store.Tx, r *row, custom map[string]any) {
	row := r.record.Customer
	fields, now := row.Fields, b.w.T.Now() // the plan has applied the rules to what the row says; only an update has more to say
	if fields.Kind == "" {
		fields.Kind = customer.Consumer
	}
	fields.Custom = custom
	c := &customer.Customer{ID: b.w.T.NewID(id.Customer), Fields: fields, Origin: origin.By(b.w.im.ID, r.number, 1), Holds: b.w.fields.Holds(custom)}
	said := b.say(c, row.Consents, r.number)
	told := timeline.Entry{ID: b.w.entryID(r.number), Type: timeline.Imported, At: now, Data: map[string]any{"importId": b.w.im.ID, "row": r.number}}
	tx.CreateCustomer(c, told)
	for _, s := range said {
		tx.KeepConsent(c.ID, s)
	}
	tx.Journal(b.w.im.ID, r.number, imports.Undoable{Outcome: imports.Created, Rows: 1, ID: c.ID})
}

func (b customerBringer) change(r *row, was *customer.Customer) decision {
	row := r.record.Customer
	fields, err := customer.Normalise(was.OwnKeys(row.Onto(was.Fields)), b.ws.Country)
	if err != nil {
		return refused(refusal(err))
	}
	if fields.Custom, err = b.w.fields.Change(was.Custom, fields.Custom); err != nil {
		return decision{refused: b.w.plan.Refused(err)}
	}
	c := *was
	c.Fields, c.Origin = fields, origin.By(b.w.im.ID, r.number, was.Version+1)
	c.Holds = b.w.fields.Keeps(was.Custom, was.Holds, fields.Custom)
	said := b.say(&c, row.Consents, r.number)
	if reflect.DeepEqual(was.Fields, c.Fields) && len(said) == 0 {
		return decision{outcome: imports.Skipped}
	}
	return decision{outcome: imports.Updated, write: func(tx *store.Tx) {
		tx.SaveCustomer(was, &c)
		for _, s := range said {
			tx.KeepConsent(c.ID, s)
		}
		tx.Journal(b.w.im.ID, r.number, undoable(was.ID, was.Version, was))
	}}
}

// say applies the row's consents to the customer and returns those that change what holds, with source, time and an id that a repetition finds again.
func (b customerBringer) say(c *customer.Customer, rows []consent.Consent, number int64) (said []consent.Consent) {
	at := b.w.im.CreatedAt
	for _, s := range rows {
		s.ID = id.Derived(id.Consent, b.w.im.ID, fmt.Sprint(number), consent.Slot(s.Channel, s.Purpose))
		s.At, s.Source = at, "import "+b.w.im.ID
		if c.Consents[consent.Slot(s.Channel, s.Purpose)] == s.State {
			continue
		}
		c.Consents, c.ConsentsSince = consent.Apply(c.Consents, c.ConsentsSince, s)
		said = append(said, s)
	}
	return said
}

func (b customerBringer) conflict(u unit, err error) string {
	switch {
	case table.FailedLabel(err, store.LabelRecord):
		return ""
	case table.FailedLabel(err, store.LabelExternalID):
		return "" // taken since the lookup: it is the customer to change
	case table.FailedLabel(err, store.LabelEmail) && u.first().record.Customer.Fields.ExternalID == "":
		return "" // the same, of a row that knows its customer by e-mail
	case table.FailedLabel(err, store.LabelEmail):
		return "email_taken"
	case b.customTaken(err):
		return "custom_taken"
	}
	return ""
}

// customTaken says whether a write failed for a unique custom field that another customer has.
func (b customerBringer) customTaken(err error) bool {
	return slices.ContainsFunc(b.w.fields.Fields, func(f customfield.Field) bool { return table.FailedLabel(err, "custom."+f.Key) })
}
