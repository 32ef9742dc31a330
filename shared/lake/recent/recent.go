// Package recent lets callers read what they just wrote: a request names the records that its caller changed a moment ago, and the lake is shown them as the table has
// them now, before it is asked.
package recent

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

// Input names what the caller changed a moment ago; a part of what an operation takes.
type Input struct {
	Recent string `header:"Dangol-Recent" maxLength:"1600" example:"cus_01JD8Z4N6T0QF5W9E2R7Y1K3MB" doc:"Ids of customers, orders, leads and campaigns that the caller just created, changed, archived or removed, separated by commas, at most 50: the answer takes them as they are now, and not as they were up to three seconds ago."`
}

// most is how many changed records one answer looks after.
const most = 50

// subjects are those of the lake of which there are lists, by their ids.
var subjects = []struct {
	ids     id.Prefix
	subject string
}{{id.Customer, "customers"}, {id.Order, "orders"}, {id.Lead, "leads"}, {id.Campaign, "campaigns"}}

// subjectOf is what an id is of; "" of nothing that is listed.
func subjectOf(s string) string {
	for _, of := range subjects {
		if id.Valid(of.ids, s) {
			return of.subject
		}
	}
	return ""
}

// ids are those that can be records of the lake, each once.
func (in Input) ids() (out []string) {
	seen := map[string]bool{}
	for s := range strings.SplitSeq(in.Recent, ",") {
		s = strings.TrimSpace(s)
		if len(out) < most && !seen[s] && subjectOf(s) != "" {
			seen[s], out = true, append(out, s)
		}
	}
	return out
}

// LayOver shows the lake the records as they are in the table now, and that those are gone which are not there any more. An id of nobody, or of another tenant,
// is nothing.
func (in Input) LayOver(ctx context.Context, t *store.Tenant, to ask.Lake) error {
	ids := in.ids()
	if len(ids) == 0 {
		return nil
	}
	items, err := t.RecordsByID(ctx, ids)
	if err != nil {
		return err
	}
	missing := map[string][]string{} // by subject
	for i, it := range items {
		if it == nil {
			of := subjectOf(ids[i])
			missing[of] = append(missing[of], ids[i])
		}
	}
	controls, err := t.ControlsByID(ctx, campaigns(ids))
	if err != nil {
		return err
	}
	rows, err := rowsOf(append(items, controls...), t.Now())
	if err != nil {
		return err
	}
	gone, err := removed(ctx, to, missing, t.Now())
	if rows = append(rows, gone...); err != nil || len(rows) == 0 {
		return err
	}
	return to.Overlay(ctx, lake.Lines(rows))
}

func campaigns(ids []string) (out []string) {
	for _, s := range ids {
		if id.Valid(id.Campaign, s) {
			out = append(out, s)
		}
	}
	return out
}

func rowsOf(items []*table.Item, now time.Time) (rows []lake.Row, err error) {
	for _, it := range items {
		if it == nil {
			continue
		}
		of, err := lake.ItemRows(table.CRM, it, now)
		if err != nil {
			return nil, err
		}
		rows = append(rows, of...)
	}
	return rows, nil
}

// removed are rows that say that records are not there any more, one version above what the lake has of them: that which the change feed will bring.
func removed(ctx context.Context, from ask.Lake, missing map[string][]string, now time.Time) (rows []lake.Row, err error) {
	for subject, ids := range missing {
		err := from.Query(ctx, rules.Versions(subject, ids), func(row []any) error {
			recordID, _ := row[0].(string)
			version, _ := row[1].(int64)
			rows = append(rows, lake.Row{Subject: subject, ID: recordID, Version: version + 1, At: now, Gone: true})
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return rows, nil
}
