package store

import (
	"context"
	"errors"

	"github.com/dangol/dangol/shared/crm/product"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/table"
)

// Product reads one product; errs product_not_found.
func (t *Tenant) Product(ctx context.Context, productID string) (*product.Product, error) {
	if !id.Valid(id.Product, productID) {
		return nil, errs.New(errs.NotFound, "product_not_found")
	}
	it, err := t.get(ctx, table.CRM, t.keys.record(productID), "product_not_found")
	if err != nil {
		return nil, err
	}
	p := &product.Product{Version: it.Version}
	return p, decode(it, p)
}

// Products lists products, newest first.
func (t *Tenant) Products(ctx context.Context, p Page) (out []*product.Product, next string, err error) {
	p.Reverse = true
	items, next, err := t.list(ctx, table.CRM, 1, "prd.list", 1, p)
	if err != nil {
		return nil, "", err
	}
	for i := range items {
		p := &product.Product{Version: items[i].Version}
		if err := decode(&items[i], p); err != nil {
			return nil, "", err
		}
		out = append(out, p)
	}
	return out, next, nil
}

// CreateProduct adds a new product. Label: externalId.
func (x *Tx) CreateProduct(p *product.Product) {
	p.CreatedAt, p.UpdatedAt = x.t.Now(), x.t.Now()
	x.create(table.CRM, LabelRecord, x.t.productItem(p, x.event("product.created", p.ID, nil, nil)))
	x.moveUnique("prd."+LabelExternalID, LabelExternalID, p.ID, "", p.ExternalID)
	p.Version = 1
}

// SaveProduct adds the change from was to p. Labels: record, externalId.
func (x *Tx) SaveProduct(was, p *product.Product) {
	p.UpdatedAt = x.t.Now()
	x.replace(table.CRM, LabelRecord, was.Version, x.t.productItem(p, x.event("product.changed", p.ID, nil, nil)))
	x.moveUnique("prd."+LabelExternalID, LabelExternalID, p.ID, was.ExternalID, p.ExternalID)
	p.Version = was.Version + 1
}

// EraseProduct removes a product; orders keep its name. Label: record.
func (x *Tx) EraseProduct(p *product.Product) {
	x.Append(table.Op{Table: table.CRM, Kind: table.OpDelete, If: table.IfVersion, Version: p.Version, Label: LabelRecord,
		Item: table.Item{Key: x.t.keys.record(p.ID), Event: x.event("product.erased", p.ID, nil, nil)}})
	x.moveUnique("prd."+LabelExternalID, LabelExternalID, p.ID, p.ExternalID, "")
}

func (t *Tenant) productItem(p *product.Product, event []byte) table.Item {
	it := table.Item{Key: t.keys.record(p.ID), Head: encode(p), Event: event}
	it.Index[0] = t.keys.listedOnce("prd.list", p.ID)
	return it
}

// ProductTaken turns a failed write of a product into the refusal that a caller should see.
func ProductTaken(err error) error {
	var failed *table.ConditionError
	switch {
	case !errors.As(err, &failed):
		return err
	case table.FailedLabel(err, LabelExternalID):
		return errs.New(errs.Conflict, "product_duplicate").Add("/externalId", "externalId_taken").Because(err)
	}
	return errs.New(errs.Stale, "version_stale").Because(err)
}
