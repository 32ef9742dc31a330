package lake

import (
	"fmt"

	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// orderRows are the order and its lines.
func orderRows(it *table.Item) ([]Row, error) {
	o, err := store.OrderIn(it)
	if err != nil {
		return nil, err
	}
	v := make(cells, 0, 12)
	v.text("externalId", o.ExternalID)
	v.text("customerId", o.CustomerID)
	v.moment("orderedAt", o.OrderedAt)
	v.money("total", o.Total)
	v.list("products", order.BriefOf(o).Products)
	v.text("channel", o.Channel)
	v.text("campaignId", o.CampaignID)
	v.origin(o.Origin)
	v.yesNo("sample", o.Sample)
	v.moment("createdAt", o.CreatedAt)
	changed, err := changedAt(it, o.CreatedAt)
	if err != nil {
		return nil, err
	}
	rows := append(make([]Row, 0, 1+len(o.Lines)), Row{Subject: "orders", ID: o.ID, At: changed, Cells: v})
	for i := range o.Lines {
		rows = append(rows, Row{Subject: "orderLines", ID: fmt.Sprintf("%s.%03d", o.ID, i+1), At: changed, Cells: lineCells(o, i)})
	}
	return rows, nil
}

func lineCells(o *order.Order, i int) cells {
	l, v := &o.Lines[i], make(cells, 0, 9)
	v.text("orderId", o.ID)
	v.text("customerId", o.CustomerID)
	v.moment("orderedAt", o.OrderedAt)
	v.integer("line", int64(i+1))
	v.text("productId", l.ProductID)
	v.text("name", l.Name)
	v.number("quantity", l.Quantity.InexactFloat64())
	v.money("unitPrice", l.UnitPrice)
	return v
}
