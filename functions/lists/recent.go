package lists

import (
	"context"
	"strings"

	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/ask"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// RecentInput names what the caller changed a moment ago.
type RecentInput struct {
	Recent string `header:"Dangol-Recent" maxLength:"1600" example:"cus_01JD8Z4N6T0QF5W9E2R7Y1K3MB" doc:"Ids of customers and orders that the caller just created, changed or archived, separated by commas, at most 50: the list takes them as they are now, and not as they were up to three seconds ago."`
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

// layOver shows the lake the records as they are in the table now. An id of nobody, or of another tenant, is nothing.
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
	for _, it := range items {
		if it == nil {
			continue
		}
		of, err := lake.ItemRows(table.CRM, it, t.Now())
		if err != nil {
			return err
		}
		rows = append(rows, of...)
	}
	if len(rows) == 0 {
		return nil
	}
	return to.Overlay(ctx, lake.Lines(rows))
}
