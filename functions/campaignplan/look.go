package campaignplan

import (
	"context"
	"encoding/json"
	"time"

	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/due"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/sending"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// lookOf tells a message that asks for a look from one that is a hop of a job.
func lookOf(m queue.Message) (asked campaign.Look, ok bool) {
	err := json.Unmarshal(m.Body, &asked)
	return asked, err == nil && asked.Campaign != ""
}

// lookOrLeave leaves a look that failed to the calendar, which asks again: its message is not to come back beside that.
func (w *Worker) lookOrLeave(ctx context.Context, asked campaign.Look) {
	if err := w.look(ctx, asked); err != nil {
		w.env.Log.ErrorContext(ctx, "look failed", "function", "campaignplan", "tenant", asked.Tenant, "campaign", asked.Campaign, "error", err)
	}
}

// look looks after a campaign and sets the date of the next look, or of none. When that date is gone, another look has been asked for meanwhile and sets it.
func (w *Worker) look(ctx context.Context, asked campaign.Look) error {
	t := w.env.DB.Tenant(asked.Tenant).As("campaignplan")
	in, err := sending.Tend(ctx, t, w.env.Objects(t.ID), asked.Campaign)
	if err != nil {
		return err
	}
	var next time.Time
	if in > 0 {
		next = t.Now().Add(in)
	}
	tx := t.Begin()
	tx.Move(store.Due{Kind: due.Campaigns, Tenant: t.ID, Ref: asked.Campaign, At: asked.Again}, next)
	err = tx.Commit(ctx)
	if table.FailedLabel(err, "due") {
		return nil
	}
	return err
}
