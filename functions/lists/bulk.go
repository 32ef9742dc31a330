package lists

import (
	"context"
	"errors"
	"net/http"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/bulk"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/store"
)

const inBulk = `Says who is changed in exactly one way, ids, filter and q, or all, and what is done to each: at least one of addTags, removeTags, ownerId, lifecycleStage and archive. The rules are those of changing and archiving one customer, and values that they refuse are refused before anything begins. Naming customers by filter, q or all needs customers:read too.

Who is meant is settled when the job begins, and nobody who comes later is changed. The job's result counts read = changed + unchanged + failed; GET /v1/jobs/{id}/failures lists who was left as they were, and why. A cancel stops between two customers and leaves what was done. POST /v1/jobs/{id}/undo takes all of it back for 30 days.`

type bulkInput struct {
	Body struct {
		IDs    []string `json:"ids,omitempty" nullable:"false" maxItems:"200" doc:"The customers' ids."`
		Filter string   `json:"filter,omitempty" maxLength:"2000" doc:"All whom the filter finds, by the grammar of GET /v1/customers."`
		Q      string   `json:"q,omitempty" maxLength:"100" doc:"All whom the search of GET /v1/customers finds; beside filter, those who are found by both."`
		All    bool     `json:"all,omitempty" doc:"All customers."`

		AddTags        []string             `json:"addTags,omitempty" nullable:"false" maxItems:"50" doc:"Tags that each is to have."`
		RemoveTags     []string             `json:"removeTags,omitempty" nullable:"false" maxItems:"50" doc:"Tags that none is to have. Capitals do not count."`
		OwnerID        api.Optional[string] `json:"ownerId,omitzero" doc:"Who looks after them; null is nobody."`
		LifecycleStage api.Optional[string] `json:"lifecycleStage,omitzero" doc:"The stage as set by hand; null takes it away."`
		Archive        bool                 `json:"archive,omitempty" doc:"Archives each: out of lists, segments and sends; the history stays."`
	}
}

// bulk starts the job that changes many customers. Everything that can be refused is refused here; the job only finds what concerns one customer.
func (f *Feature) bulk(ctx context.Context, in *bulkInput) (*api.Accepted[*job.Job], error) {
	t := f.tenant(ctx)
	p := bulk.Params{Who: bulk.Who{IDs: in.Body.IDs, Filter: in.Body.Filter, Search: in.Body.Q, All: in.Body.All}}
	change, refused := bulk.Change{AddTags: in.Body.AddTags, RemoveTags: in.Body.RemoveTags, OwnerID: set(in.Body.OwnerID),
		LifecycleStage: set(in.Body.LifecycleStage), Archive: in.Body.Archive}.Normalise()
	if err := all(p.Check(), refused); err != nil {
		return nil, err
	}
	p.Change = change
	if err := f.mayName(ctx, t, p.Who); err != nil {
		return nil, err
	}
	tx := t.Begin()
	j := tx.StartJob(job.CustomerBulk, "", 0, p)
	out := api.NewAccepted(j.ID, j)
	return out, api.Commit(ctx, tx, http.StatusAccepted, out)
}

// mayName refuses those who name customers that they may not read, and a filter that cannot be asked.
func (f *Feature) mayName(ctx context.Context, t *store.Tenant, who bulk.Who) error {
	if len(who.IDs) > 0 {
		return nil
	}
	if err := mayKnow(ctx); err != nil || !who.Listed() {
		return err
	}
	_, err := f.ask(ctx, t, NarrowInput{FilterInput: api.FilterInput{Filter: who.Filter}, Q: who.Search})
	return inBody(err, "/filter")
}

// inBody says of the refusal of a filter or an order that it stands in the body.
func inBody(err error, pointer string) error {
	var e *errs.Error
	if !errors.As(err, &e) || e.Kind != errs.Malformed && e.Kind != errs.Invalid {
		return err
	}
	out := errs.New(errs.Invalid, "validation_failed")
	for _, f := range e.Fields {
		out.Add(pointer, f.Code).Fields[len(out.Fields)-1].Args = f.Args
	}
	if len(out.Fields) == 0 {
		out.Add(pointer, e.Code).Fields[0].Args = e.Args
	}
	return out
}

// set is a member of the body as a change takes it: nil when it is absent, "" for null.
func set(o api.Optional[string]) *string {
	if !o.Set {
		return nil
	}
	return &o.Value
}

// all is what several rules refuse, as one refusal.
func all(refusals ...error) error {
	out := errs.New(errs.Invalid, "validation_failed")
	for _, r := range refusals {
		var e *errs.Error
		if errors.As(r, &e) {
			out.Fields = append(out.Fields, e.Fields...)
		}
	}
	return out.OrNil()
}
