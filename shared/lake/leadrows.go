package lake

import (
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

func leadRows(it *table.Item) ([]Row, error) {
	l, err := store.LeadIn(it)
	if err != nil {
		return nil, err
	}
	v := make(cells, 0, 16)
	v.text("name", l.Name)
	v.text("email", l.Email)
	v.text("phone", l.Phone)
	v.text("company", l.Company)
	v.text("source", l.Source)
	v.text("status", string(l.Status))
	v.text("notes", l.Notes)
	v.text("ownerId", l.OwnerID)
	v.numberAt("score", l.Score)
	v.text("customerId", l.CustomerID)
	v.origin(l.Origin)
	v.yesNo("sample", l.Sample)
	v.moment("createdAt", l.CreatedAt)
	v.moment("updatedAt", l.UpdatedAt)
	v.momentAt("convertedAt", l.ConvertedAt)
	return []Row{{Subject: "leads", ID: l.ID, At: l.UpdatedAt, Cells: v}}, nil
}
