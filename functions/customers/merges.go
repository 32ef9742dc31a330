package customers

import (
	"context"
	"errors"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/merge"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/store"
)

func (f *Feature) merges(ctx context.Context, in *ByID) (*api.Page[*merge.Merge], error) {
	t := f.tenant(ctx)
	if _, err := t.Customer(ctx, in.ID); err != nil {
		return nil, err
	}
	merges, err := t.Merges(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	for _, m := range merges {
		if m.GaveUp, err = gaveUp(ctx, t, m); err != nil {
			return nil, err
		}
	}
	return api.NewPage(merges, ""), nil
}

// MergePreview is what two customers would be as one.
type MergePreview struct {
	This   PreviewSide        `json:"this"`
	Other  PreviewSide        `json:"other"`
	Result *customer.Customer `json:"result" doc:"The customer as a merge without any choice would leave them."`
	Moves  merge.Counts       `json:"moves" doc:"What would come with the other customer."`
}

// PreviewSide is one of the two, with the ETag that a merge may name.
type PreviewSide struct {
	Customer *customer.Customer `json:"customer"`
	ETag     string             `json:"etag"`
}

type previewInput struct {
	ByID
	With string `query:"with" maxLength:"64" doc:"The id of the customer who would become part of this one."`
}

// mergePreview counts by reading: it is asked for one customer, before a person decides.
func (f *Feature) mergePreview(ctx context.Context, in *previewInput) (*struct{ Body MergePreview }, error) {
	t := f.tenant(ctx)
	this, err := f.live(ctx, t, in.ID, api.IfMatch{})
	if err != nil {
		return nil, err
	}
	other, err := f.other(ctx, t, this, in.With, api.IfMatch{})
	if err != nil {
		return nil, inQuery(err)
	}
	out := &struct{ Body MergePreview }{MergePreview{This: sideOf(this), Other: sideOf(other)}}
	if out.Body.Result, err = united(ctx, t, this, other, tooManyTags(this, other)); err != nil {
		return nil, err
	}
	out.Body.Moves, err = counted(ctx, t, other)
	return out, err
}

func sideOf(c *customer.Customer) PreviewSide { return PreviewSide{c, api.ETag(c.Version)} }

// tooManyTags keeps a preview from failing for tags: whoever merges has to choose a side then.
func tooManyTags(this, other *customer.Customer) map[string]merge.Side {
	if len(this.Tags)+len(other.Tags) > customer.MaxTags {
		return map[string]merge.Side{"tags": merge.This}
	}
	return nil
}

func counted(ctx context.Context, t *store.Tenant, c *customer.Customer) (merge.Counts, error) {
	return t.CountRelations(ctx, c.ID)
}

// inQuery says of a refusal that it is about the query, where the same rule is asked of a body elsewhere.
func inQuery(err error) error {
	var e *errs.Error
	if errors.As(err, &e) {
		for i := range e.Fields {
			e.Fields[i].Pointer = "?with"
		}
	}
	return err
}
