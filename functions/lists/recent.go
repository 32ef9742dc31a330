package lists

import (
	"context"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/ask"
	"github.com/dangol/dangol/shared/lake/rules"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// RecentInput names what the caller changed a moment ago.
type RecentInput struct {
	Recent string `header:"Dangol-Recent" maxLength:"1600" example:"cus_01JD8Z4N6T0QF5W9E2R7Y1K3MB" doc:"Ids of customers and orders that the caller just created, changed, archived or removed, separated by commas, at most 50: the list takes them as they are now, and not as they were up to three seconds ago."`
}

// mostRecent is how many changed records a list looks after.
const mostRecent = 50

// ids are those that can be records of the lake, each once.
func (in RecentInput) ids() (out []string) {
	seen := map[string]bool{}
	for s := range strings.SplitSeq(in.Recent, ",") {
		s = strings.TrimSpace(s)
		if len(out) < mostRecent && !seen[s] && (id.Valid(id.Customer, s) || id.Valid(id.Order, s)) {
			seen[s], out = true, append(out, s)
		}
	}
	return out
}

// layOver shows the lake the records as they are in the table now, and that those are gone which are not there any more. An id of nobody, or of another tenant,
// is nothing.
func layOver(ctx context.Context, t *store.Tenant, to ask.Lake, in RecentInput) error {
	ids := in.ids()
	if len(ids) == 0 {
		return nil
	}
	items, err := t.RecordsByID(ctx, ids)
	if err != nil {
		return err
	}
	var rows []lake.Row
	var missing []string
	for i, it := range items {
		if it == nil {
			missing = append(missing, ids[i])
			continue
		}
		of, err := lake.ItemRows(table.CRM, it, t.Now())
		if err != nil {
			return err
		}
		rows = append(rows, of...)
	}
	gone, err := removed(ctx, to, missing, t.Now())
	if rows = append(rows, gone...); err != nil || len(rows) == 0 {
		return err
	}
	return to.Overlay(ctx, lake.Lines(rows))
}

// removed are rows that say that orders are not there any more, one version above what the lake has of them: that which the change feed will bring.
func removed(ctx context.Context, from ask.Lake, ids []string, now time.Time) (rows []lake.Row, err error) {
	if len(ids) == 0 {
		return nil, nil
	}
	err = from.Query(ctx, rules.VersionsOfOrders(ids), func(row []any) error {
		orderID, _ := row[0].(string)
		version, _ := row[1].(int64)
		rows = append(rows, lake.Row{Subject: "orders", ID: orderID, Version: version + 1, At: now, Gone: true})
		return nil
	})
	return rows, err
}
