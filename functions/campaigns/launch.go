package campaigns

import (
	"context"
	"errors"
	"net/http"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/due"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/crm/template"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/sending"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// launch checks everything that can be checked beforehand, freezes what is sent and starts the planner, in one transaction.
func (f *Feature) launch(ctx context.Context, in *ByID) (*api.Created[*job.Job], error) {
	t := f.tenant(ctx)
	c, ctl, err := t.Campaign(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if err := ctl.Act(campaign.Launch, t.Now()); err != nil {
		return nil, err
	}
	snapshot, err := f.preflight(ctx, t, c)
	if err != nil {
		return nil, err
	}
	tx := t.Begin()
	tx.SaveSnapshot(c.ID, snapshot)
	tx.Schedule(due.Campaigns, c.ID, t.Now().Add(sending.TendEvery))
	return f.start(ctx, t, tx, c.ID, ctl, campaign.PlanMessages)
}

// start adds a job of the planner and the new standing, and answers with the job.
func (f *Feature) start(ctx context.Context, t *store.Tenant, tx *store.Tx, campaignID string, ctl *campaign.Control, task campaign.Task) (*api.Created[*job.Job], error) {
	j := tx.StartJob(job.CampaignPlan, campaignID, 0, campaign.Work{Campaign: campaignID, Task: task})
	if task == campaign.PlanMessages || !ctl.Complete {
		ctl.JobID = j.ID
	}
	tx.SaveControl(campaignID, ctl)
	out := api.NewCreated("/v1/jobs/"+j.ID, j, j.Version)
	return out, raced(api.Commit(ctx, tx, http.StatusAccepted, out))
}

// raced turns a lost race for the campaign's standing into its refusal.
func raced(err error) error {
	if table.FailedLabel(err, store.LabelControl) {
		return errs.New(errs.Conflict, "try_again").Because(err)
	}
	return err
}

// preflight refuses a launch that could only fail, naming everything that is wrong, and returns what will be sent.
func (f *Feature) preflight(ctx context.Context, t *store.Tenant, c *campaign.Campaign) (*campaign.Snapshot, error) {
	if c.Type != campaign.Target {
		return nil, errs.Newf(errs.Conflict, "campaign_type_not_yet", "type", string(c.Type)).Add("/type", "campaign_type_not_yet", "type", string(c.Type))
	}
	if c.Channel != message.Email {
		return nil, errs.Newf(errs.Conflict, "campaign_channel_not_yet", "channel", c.Channel).Add("/channel", "campaign_channel_not_yet", "channel", c.Channel)
	}
	n := errs.New(errs.Invalid, "campaign_not_ready")
	if c.EndsAt != nil && c.EndsAt.Before(t.Now()) {
		n.Add("/endsAt", "period_over")
	}
	if err := f.checkSegment(ctx, t, c, n); err != nil {
		return nil, err
	}
	w, err := t.Workspace(ctx)
	if err != nil {
		return nil, err
	}
	if w.SenderEmail == "" && f.env.Settings.From.Email == "" {
		n.Add("", "sender_missing")
	}
	s, err := f.checkTemplate(ctx, t, c, w.Language, n)
	if err != nil {
		return nil, err
	}
	return s, n.OrNil()
}

func (f *Feature) checkSegment(ctx context.Context, t *store.Tenant, c *campaign.Campaign, n *errs.Error) error {
	if c.SegmentID == "" {
		n.Add("/segmentId", "required_missing")
		return nil
	}
	return named(n, "/segmentId", c.SegmentID, func() error { _, err := t.Segment(ctx, c.SegmentID); return err })
}

// checkTemplate compiles the template, with a footer where it has no link to unsubscribe by; its mistakes are named by the part that they are in.
func (f *Feature) checkTemplate(ctx context.Context, t *store.Tenant, c *campaign.Campaign, language string, n *errs.Error) (*campaign.Snapshot, error) {
	if c.TemplateID == "" {
		n.Add("/templateId", "required_missing")
		return nil, nil
	}
	tpl, err := t.Template(ctx, c.TemplateID)
	if errs.Code(err) == "template_not_found" {
		n.Add("/templateId", "template_not_found")
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	source := template.WithFooter(tpl.Source(c.Subject), language)
	compiled, err := template.Compile(source)
	var refused *errs.Error
	if errors.As(err, &refused) {
		for _, field := range refused.Fields {
			field.Pointer = "/template" + field.Pointer
			n.Fields = append(n.Fields, field)
		}
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &campaign.Snapshot{TemplateID: tpl.ID, TemplateVersion: tpl.Version, Name: c.Name, Source: source, Links: campaign.Number(nil, compiled.Links())}, nil
}
