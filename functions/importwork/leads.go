package importwork

import (
	"context"
	"fmt"

	"github.com/dangol/dangol/shared/crm/imports"
	"github.com/dangol/dangol/shared/crm/lead"
	"github.com/dangol/dangol/shared/crm/origin"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/store"
)

// leadBringer creates a lead for every row: leads have no unique values.
type leadBringer struct{ w *work }

func (b leadBringer) key(r *row) (string, bool) { return fmt.Sprint(r.number), false }

func (b leadBringer) lookup(context.Context, []unit) (known, error) { return nil, nil }

func (b leadBringer) decide(_ context.Context, u unit, _ known) (decision, error) {
	return decision{outcome: imports.Created, write: func(tx *store.Tx) { b.create(tx, u.first()) }}, nil
}

func (b leadBringer) create(tx *store.Tx, r *row) {
	l := &lead.Lead{ID: b.w.T.NewID(id.Lead), Fields: *r.record.Lead, Origin: origin.By(b.w.im.ID, r.number, 1)}
	if l.Source == "" {
		l.Source = b.w.im.FileName
	}
	tx.CreateLead(l)
	tx.Journal(b.w.im.ID, r.number, imports.Undoable{Outcome: imports.Created, Rows: 1, ID: l.ID})
}

func (b leadBringer) conflict(unit, error) string { return "" }
