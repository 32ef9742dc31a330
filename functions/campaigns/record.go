package campaigns

import (
	"context"
	"net/http"
	"slices"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/store"
)

func (f *Feature) create(ctx context.Context, in *struct{ Body campaign.Fields }) (*api.Created[*campaign.Campaign], error) {
	t := f.tenant(ctx)
	fields, err := f.normalise(ctx, t, in.Body)
	if err != nil {
		return nil, err
	}
	c := &campaign.Campaign{ID: t.NewID(id.Campaign), Fields: fields}
	tx := t.Begin()
	tx.CreateCampaign(c)
	out := api.NewCreated("/v1/campaigns/"+c.ID, c, c.Version)
	return out, api.Commit(ctx, tx, http.StatusCreated, out)
}

// normalise applies the rules of plans and looks up what a plan names.
func (f *Feature) normalise(ctx context.Context, t *store.Tenant, in campaign.Fields) (campaign.Fields, error) {
	fields, err := campaign.Normalise(in)
	if err != nil {
		return fields, err
	}
	n := errs.New(errs.Invalid, "validation_failed")
	if err := named(n, "/segmentId", fields.SegmentID, func() error { _, err := t.Segment(ctx, fields.SegmentID); return err }); err != nil {
		return fields, err
	}
	if err := named(n, "/templateId", fields.TemplateID, func() error { _, err := t.Template(ctx, fields.TemplateID); return err }); err != nil {
		return fields, err
	}
	return fields, n.OrNil()
}

// named refuses a reference to a record that is not there.
func named(n *errs.Error, pointer, ref string, read func() error) error {
	if ref == "" {
		return nil
	}
	err := read()
	if code := errs.Code(err); code == "segment_not_found" || code == "template_not_found" {
		n.Add(pointer, code)
		return nil
	}
	return err
}

func (f *Feature) read(ctx context.Context, in *ByID) (*api.Record[*campaign.Campaign], error) {
	c, _, err := f.tenant(ctx).Campaign(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return api.NewRecord(c, c.Version), nil
}

type changeInput struct {
	ByID
	api.IfMatch
	Body api.Patch[campaign.Fields]
}

// fixed are the members that a launch settles.
var fixed = []string{"type", "channel", "segmentId", "templateId", "holdoutPercent", "subject"}

func (f *Feature) change(ctx context.Context, in *changeInput) (*api.Record[*campaign.Campaign], error) {
	t := f.tenant(ctx)
	c, _, err := t.Campaign(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if err := in.Check(c.Version); err != nil {
		return nil, err
	}
	fields, changed, err := in.Body.Apply(c.Fields)
	if err != nil {
		return nil, err
	}
	if err := launched(c.Status, changed); err != nil {
		return nil, err
	}
	if c.Fields, err = f.normalise(ctx, t, fields); err != nil {
		return nil, err
	}
	if len(changed) == 0 {
		return api.NewRecord(c, c.Version), nil
	}
	tx := t.Begin()
	tx.SaveCampaign(c, changed)
	out := api.NewRecord(c, c.Version)
	return out, store.Raced(api.Commit(ctx, tx, http.StatusOK, out))
}

// launched refuses to change what is under way.
func launched(s campaign.Status, changed []string) error {
	if s == campaign.Draft {
		return nil
	}
	refused := errs.New(errs.Conflict, "campaign_launched")
	for _, name := range changed {
		if slices.Contains(fixed, name) {
			refused.Add("/"+name, "campaign_launched")
		}
	}
	return refused.OrNil()
}

type removeInput struct {
	ByID
	api.IfMatch
}

func (f *Feature) remove(ctx context.Context, in *removeInput) (*struct{}, error) {
	t := f.tenant(ctx)
	c, ctl, err := t.Campaign(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if err := in.Check(c.Version); err != nil {
		return nil, err
	}
	if c.Status != campaign.Draft {
		return nil, errs.New(errs.Conflict, "campaign_launched")
	}
	tx := t.Begin()
	tx.RemoveCampaign(c, ctl)
	return nil, store.Raced(api.Commit(ctx, tx, http.StatusNoContent, nil))
}
