package lists

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/export"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/lake/rules"
	"github.com/dangol/dangol/shared/lake/sheet"
	"github.com/dangol/dangol/shared/store"
)

const inExport = `The file has what the list of the subject shows for the same filter, q and sort, all pages of it, as the job finds it; GET /v1/exports/{id} gives its link when the job, whose result names the export, has succeeded. Reading the subject's list is needed too, and customers:read for what a list of orders says about who placed them: without it the file of orders leaves those columns out, and one that asks for them is refused.

Columns are named by the fields of the subject, and stand in the order in which they are named. Of customers: id, the fields of a customer as an import reads them (name, address.region, tags, consent.email.marketing ...), createdAt, updatedAt, and custom.<key>, which is headed by its label. Of orders: id, externalId, orderedAt, customerId, customerExternalId, customerName, products, total, currency, channel, campaignId, createdAt, and customer.<field> for what the customer's file has. Without columns, a file has all but updatedAt and customer.<field>. Amounts are numbers with the currency in a column beside them, moments are UTC with Z, and no cell of a CSV starts a formula. Parquet has the columns of the lake (docs/lake.md), typed, and takes no columns.`

type exportInput struct {
	Body struct {
		Subject export.Subject `json:"subject" enum:"customers,orders" doc:"Whose list."`
		Filter  string         `json:"filter,omitempty" maxLength:"2000" doc:"By the grammar of the list."`
		Q       string         `json:"q,omitempty" maxLength:"100" doc:"The search of the list."`
		Sort    string         `json:"sort,omitempty" maxLength:"200" example:"-orderedAt" doc:"The order of the list; its own when absent."`
		Columns []string       `json:"columns,omitempty" nullable:"false" maxItems:"200" doc:"The file's columns by their fields; those of the list when absent."`
		Format  export.Format  `json:"format" enum:"csv,parquet,xlsx" doc:"CSV and XLSX as a person reads them; Parquet with all columns of the lake, typed."`
	}
}

// asked are the list's own readings of filter and order, by subject: what a list refuses, its file refuses.
var asked = map[export.Subject]struct {
	ask  func(*Feature, context.Context, *store.Tenant, NarrowInput) (*question, error)
	sort func(*question, context.Context, api.SortInput) ([]rules.Sort, error)
}{
	export.Customers: {(*Feature).ask, func(q *question, _ context.Context, in api.SortInput) ([]rules.Sort, error) { return q.sort(in) }},
	export.Orders:    {(*Feature).askOrders, (*question).sortOrders},
}

// export starts the job that writes the file. Everything that can be refused is refused here.
func (f *Feature) export(ctx context.Context, in *exportInput) (*api.Accepted[*job.Job], error) {
	t := f.tenant(ctx)
	of, _ := sheet.Of(in.Body.Subject)
	if err := mayRead(ctx, of.Scope); err != nil {
		return nil, err
	}
	q, err := asked[of.Name].ask(f, ctx, t, NarrowInput{FilterInput: api.FilterInput{Filter: in.Body.Filter}, Q: in.Body.Q})
	if err != nil {
		return nil, inBody(err, "/filter")
	}
	if _, err := asked[of.Name].sort(q, ctx, api.SortInput{Sort: in.Body.Sort}); err != nil {
		return nil, inBody(err, "/sort")
	}
	if err := q.columns(ctx, of, in); err != nil {
		return nil, err
	}
	tx := t.Begin()
	j := tx.StartJob(job.ListExport, "", 0, export.Params{List: export.List{Subject: of.Name, Filter: in.Body.Filter, Search: in.Body.Q, Sort: in.Body.Sort},
		Columns: in.Body.Columns, Format: in.Body.Format, Impersonal: !knowsCustomers(ctx)})
	out := api.NewAccepted(j.ID, j)
	return out, api.Commit(ctx, tx, http.StatusAccepted, out)
}

// columns refuses those that the subject has not, and those that the caller may not read.
func (q *question) columns(ctx context.Context, of sheet.Subject, in *exportInput) error {
	if len(in.Body.Columns) > 0 && in.Body.Format == export.Parquet {
		return errs.InvalidField("/columns", "export_columns_parquet")
	}
	all, refused := of.Columns(sheet.Own{Fields: q.custom}), errs.New(errs.Invalid, "validation_failed")
	for i, field := range in.Body.Columns {
		at := slices.IndexFunc(all, func(c sheet.Column) bool { return c.Field == field })
		if at < 0 {
			refused.Add(fmt.Sprintf("/columns/%d", i), "export_column", "field", field)
		} else if all[at].Personal && !knowsCustomers(ctx) {
			return mayKnow(ctx)
		}
	}
	return refused.OrNil()
}
