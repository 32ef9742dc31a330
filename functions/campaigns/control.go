package campaigns

import (
	"context"
	"net/http"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/due"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/sending"
	"github.com/dangol/dangol/shared/store"
)

func (f *Feature) pause(ctx context.Context, in *ByID) (*api.Record[*campaign.Campaign], error) {
	return f.move(ctx, in.ID, campaign.Pause, "")
}

// resume begins a new epoch and has the planner ask for what is left. A campaign that was stopped for its content takes the template as it is now.
func (f *Feature) resume(ctx context.Context, in *ByID) (*api.Record[*campaign.Campaign], error) {
	return f.move(ctx, in.ID, campaign.Resume, campaign.AskAgain)
}

func (f *Feature) cancel(ctx context.Context, in *ByID) (*api.Record[*campaign.Campaign], error) {
	return f.move(ctx, in.ID, campaign.Cancel, campaign.WithdrawRest)
}

// move applies an action, with the planner's task that follows from it, and answers with the campaign as it stands then.
func (f *Feature) move(ctx context.Context, campaignID string, a campaign.Action, task campaign.Task) (*api.Record[*campaign.Campaign], error) {
	t := f.tenant(ctx)
	c, ctl, err := t.Campaign(ctx, campaignID)
	if err != nil {
		return nil, err
	}
	stopped := ctl.Status == campaign.Stopped
	if err := ctl.Act(a, t.Now()); err != nil {
		return nil, err
	}
	tx := t.Begin()
	if a == campaign.Resume && stopped {
		if err := f.refresh(ctx, t, tx, c); err != nil {
			return nil, err
		}
	}
	if task != "" {
		j := tx.StartJob(job.CampaignPlan, c.ID, 0, campaign.Work{Campaign: c.ID, Task: task})
		if task == campaign.AskAgain {
			ctl.JobID = j.ID
		}
		tx.Schedule(due.Campaigns, c.ID, t.Now().Add(sending.TendEvery))
	}
	tx.SaveControl(c.ID, ctl)
	c.Show(ctl)
	out := api.NewRecord(c, c.Version)
	return out, raced(api.Commit(ctx, tx, http.StatusOK, out))
}

// refresh takes the template as it is now; links that are out already keep their numbers.
func (f *Feature) refresh(ctx context.Context, t *store.Tenant, tx *store.Tx, c *campaign.Campaign) error {
	was, err := t.Snapshot(ctx, c.ID)
	if err != nil {
		return err
	}
	is, err := f.preflight(ctx, t, c)
	if err != nil {
		return err
	}
	is.Links = campaign.Number(was.Links, is.Links)
	tx.SaveSnapshot(c.ID, is)
	return nil
}

// retryFailed plans failed messages again in a new epoch.
func (f *Feature) retryFailed(ctx context.Context, in *ByID) (*api.Created[*job.Job], error) {
	t := f.tenant(ctx)
	_, ctl, err := t.Campaign(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if err := ctl.Act(campaign.RetryFailed, t.Now()); err != nil {
		return nil, err
	}
	tx := t.Begin()
	tx.Schedule(due.Campaigns, in.ID, t.Now().Add(sending.TendEvery))
	j := tx.StartJob(job.CampaignPlan, in.ID, 0, campaign.Work{Campaign: in.ID, Task: campaign.PlanFailed})
	tx.SaveControl(in.ID, ctl)
	out := api.NewCreated("/v1/jobs/"+j.ID, j, j.Version)
	return out, raced(api.Commit(ctx, tx, http.StatusAccepted, out))
}
