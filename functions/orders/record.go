package orders

import (
	"context"
	"net/http"
	"reflect"
	"strconv"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/store"
)

var moneyType = reflect.TypeOf(money.Money{})

func (f *Feature) create(ctx context.Context, in *struct{ Body Fields }) (*api.Created[*order.Order], error) {
	t := f.tenant(ctx)
	o, err := f.resolve(ctx, t, in.Body)
	if err != nil {
		return nil, err
	}
	o.ID = t.NewID(id.Order)
	tx := t.Begin()
	tx.CreateOrder(o)
	out := api.NewCreated("/v1/orders/"+o.ID, o, o.Version)
	if err := api.Commit(ctx, tx, http.StatusCreated, out); err != nil {
		return nil, t.OrderTaken(ctx, err, o.ExternalID)
	}
	return out, nil
}

// resolve fills in what the fields leave to the workspace, its customers and products, and applies the rules of orders.
func (f *Feature) resolve(ctx context.Context, t *store.Tenant, in Fields) (*order.Order, error) {
	currency := in.Currency
	if currency == "" {
		w, err := t.Workspace(ctx)
		if err != nil {
			return nil, err
		}
		currency = w.Currency
	}
	o := in.order(currency)
	if err := f.fillProducts(ctx, t, in, &o); err != nil {
		return nil, err
	}
	o, err := order.Normalise(o, t.Now())
	if err != nil {
		return nil, err
	}
	o.CustomerID, err = f.buyer(ctx, t, in)
	return &o, err
}

// fillProducts takes the name and price of a line from the product it names.
func (f *Feature) fillProducts(ctx context.Context, t *store.Tenant, in Fields, o *order.Order) error {
	for i := range o.Lines {
		l := &o.Lines[i]
		if l.ProductID == "" || l.Name != "" && in.Lines[i].UnitPrice != nil {
			continue
		}
		p, err := t.Product(ctx, l.ProductID)
		if errs.Code(err) == "product_not_found" {
			return errs.InvalidField("/lines/"+strconv.Itoa(i)+"/productId", "product_not_found")
		}
		if err != nil {
			return err
		}
		if l.Name == "" {
			l.Name = p.Name
		}
		if in.Lines[i].UnitPrice == nil && p.Price.Currency != "" {
			l.UnitPrice = p.Price
		}
	}
	return nil
}

// buyer returns the id of the customer that the order names, by id or by externalId.
func (f *Feature) buyer(ctx context.Context, t *store.Tenant, in Fields) (string, error) {
	pointer, customerID := "/customerId", in.CustomerID
	if customerID == "" {
		pointer = "/customerExternalId"
		if in.CustomerExternalID == "" {
			return "", errs.InvalidField("/customerId", "required_missing")
		}
		holder, err := t.CustomerIDBy(ctx, store.LabelExternalID, in.CustomerExternalID)
		if err != nil {
			return "", err
		}
		customerID = holder
	}
	c, err := t.CustomerNow(ctx, customerID)
	if errs.Code(err) == "customer_not_found" {
		return "", errs.InvalidField(pointer, "customer_not_found")
	}
	if err != nil {
		return "", err
	}
	return c.ID, nil
}

// ByID names one record in the path.
type ByID struct {
	ID string `path:"id" maxLength:"64" doc:"The order's id."`
}

func (f *Feature) read(ctx context.Context, in *ByID) (*api.Record[*order.Order], error) {
	o, err := f.tenant(ctx).Order(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return api.NewRecord(o, o.Version), nil
}

type removeInput struct {
	ByID
	api.IfMatch
}

func (f *Feature) remove(ctx context.Context, in *removeInput) (*struct{}, error) {
	t := f.tenant(ctx)
	o, err := t.Order(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if err := in.Check(o.Version); err != nil {
		return nil, err
	}
	tx := t.Begin()
	tx.EraseOrder(o)
	return nil, t.OrderTaken(ctx, api.Commit(ctx, tx, http.StatusNoContent, nil), o.ExternalID)
}
