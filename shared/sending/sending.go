// Package sending holds the steps of a campaign's send that several functions take: asking for its chunks, ending it, settling what stayed
// uncertain, withdrawing what a cancel left behind. Each step may be repeated.
package sending

import (
	"context"
	"errors"
	"time"

	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// Finish marks the campaign as sent when every message is written and none is pending. chunk is where to look first.
func Finish(ctx context.Context, t *store.Tenant, campaignID string, chunk int) error {
	pending, err := t.HasPending(ctx, campaignID, chunk)
	if err != nil || pending {
		return err
	}
	// The control is read after the books: a planner that is still writing has not said that it is complete.
	ctl, err := t.CampaignControl(ctx, campaignID)
	if err != nil || ctl.Status != campaign.Sending || !ctl.Complete {
		return err
	}
	pending, err = t.HasPending(ctx, campaignID, chunk)
	if err != nil || pending {
		return err
	}
	return overtaken(act(ctx, t, campaignID, ctl, campaign.Finish, ""))
}

// Pause pauses a campaign whose planning its owner canceled: a resume plans on.
func Pause(ctx context.Context, t *store.Tenant, campaignID string) error {
	ctl, err := t.CampaignControl(ctx, campaignID)
	if err != nil || ctl.Status != campaign.Sending {
		return err
	}
	return overtaken(act(ctx, t, campaignID, ctl, campaign.Pause, ""))
}

// Stop stops the campaign and says why: the provider's words about its content, or the code of what ended its planning. A campaign that is neither planned
// nor sent any more stays as it is.
func Stop(ctx context.Context, t *store.Tenant, campaignID, why string) error {
	const tries = 5
	for range tries {
		ctl, err := t.CampaignControl(ctx, campaignID)
		if err != nil || ctl.Status != campaign.Sending && ctl.Status != campaign.Planning {
			return err
		}
		if err = act(ctx, t, campaignID, ctl, campaign.Stop, why); !table.FailedLabel(err, store.LabelControl) {
			return err
		}
	}
	return errs.New(errs.Unavailable, "try_again")
}

func act(ctx context.Context, t *store.Tenant, campaignID string, ctl *campaign.Control, a campaign.Action, why string) error {
	if err := ctl.Act(a, t.Now()); err != nil {
		return err
	}
	ctl.Reason = why
	tx := t.Begin()
	tx.SaveControl(campaignID, ctl)
	return tx.Commit(ctx)
}

// overtaken turns a lost race into success: whoever won has decided.
func overtaken(err error) error {
	var lost *table.ConditionError
	if errors.As(err, &lost) {
		return nil
	}
	return err
}

// TendEvery is how often an open campaign is looked after.
const TendEvery = time.Minute
