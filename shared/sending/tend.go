package sending

import (
	"context"
	"time"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// Ask asks for chunks to be sent in the control's epoch. It does nothing more when the epoch is over.
func Ask(ctx context.Context, t *store.Tenant, campaignID string, epoch int64, chunks []int) error {
	const perTx = table.MaxTxItems - 1
	for start := 0; start < len(chunks); start += perTx {
		tx := t.Begin()
		tx.InEpoch(campaignID, epoch)
		for _, c := range chunks[start:min(start+perTx, len(chunks))] {
			tx.AskForChunk(campaignID, c, epoch)
		}
		if err := Commit(ctx, tx); err != nil {
			return overtaken(err)
		}
	}
	return nil
}

// Pending returns the chunks that hold messages to send.
func Pending(tallies []message.Tally) []int {
	var out []int
	for chunk, t := range tallies {
		if t.Pending() > 0 {
			out = append(out, chunk)
		}
	}
	return out
}

// Tend looks after a campaign that is under way: it settles messages that were uncertain for too long, withdraws what a cancel left, asks again
// for chunks when nothing has moved for a while, ends the campaign, and marks who bought. It returns when the campaign must be looked after
// again; 0 is never.
func Tend(ctx context.Context, t *store.Tenant, blobs blob.Blob, campaignID string) (next time.Duration, err error) {
	c, ctl, err := t.Campaign(ctx, campaignID)
	if errs.Code(err) == "campaign_not_found" {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	tallies, err := t.Tallies(ctx, campaignID)
	if err != nil {
		return 0, err
	}
	for chunk, books := range tallies {
		if err := tendChunk(ctx, t, c, ctl, chunk, books); err != nil {
			return 0, err
		}
	}
	if err := revive(ctx, t, campaignID, ctl, tallies); err != nil {
		return 0, err
	}
	if err := Finish(ctx, t, campaignID, 0); err != nil {
		return 0, err
	}
	if open(ctl.Status, tallies) {
		return TendEvery, nil
	}
	return followBuyers(ctx, t, blobs, campaignID, ctl)
}

// followEvery is how often buyers are looked for once everything is sent.
const followEvery = 15 * time.Minute

// followBuyers marks who bought, until no order can count any more.
func followBuyers(ctx context.Context, t *store.Tenant, blobs blob.Blob, campaignID string, ctl *campaign.Control) (next time.Duration, err error) {
	if ctl.Frozen == nil || ctl.LaunchedAt == nil {
		return 0, nil
	}
	space, err := t.Workspace(ctx)
	if err != nil {
		return 0, err
	}
	within := Attribution(space)
	sales, err := Sold(ctx, t, blobs, campaignID, ctl, within)
	if err == nil {
		err = noteBuyers(ctx, t, campaignID, ctl.Frozen, sales.Buyers)
	}
	if err != nil || ctl.FinishedAt == nil || t.Now().After(ctl.FinishedAt.Add(within)) {
		return 0, err
	}
	return followEvery, nil
}

// open says whether a minute more may change anything.
func open(s campaign.Status, tallies []message.Tally) bool {
	sum := message.Tally{}
	for _, t := range tallies {
		sum.Add(t)
	}
	waits := s == campaign.Planning || s == campaign.Sending || s == campaign.Canceled && sum.Pending() > 0
	return waits || sum.In(message.Uncertain) > 0
}

func tendChunk(ctx context.Context, t *store.Tenant, c *campaign.Campaign, ctl *campaign.Control, chunk int, books message.Tally) error {
	if books.In(message.Uncertain) > 0 {
		if err := settleChunk(ctx, t, c, ctl, chunk); err != nil {
			return err
		}
	}
	if ctl.Status == campaign.Canceled && books.Pending() > 0 {
		return WithdrawChunk(ctx, t, c.ID, chunk)
	}
	return nil
}

// settleChunk applies the campaign's policy to messages that were uncertain for its time.
func settleChunk(ctx context.Context, t *store.Tenant, c *campaign.Campaign, ctl *campaign.Control, chunk int) error {
	after, policy := c.Decides()
	before := t.Now().Add(-after)
	moved, err := MoveChunk(ctx, t, c.ID, chunk, 0, Settle(policy, before))
	if err != nil || moved == 0 || policy != campaign.PreferDuplicate || ctl.Status != campaign.Sending && ctl.Status != campaign.Sent {
		return err
	}
	return reopen(ctx, t, c.ID, chunk)
}

// reopen asks for a chunk whose messages were planned again, of a campaign that may have ended meanwhile.
func reopen(ctx context.Context, t *store.Tenant, campaignID string, chunk int) error {
	ctl, err := t.CampaignControl(ctx, campaignID)
	if err != nil {
		return err
	}
	if ctl.Status == campaign.Sent {
		if err := act(ctx, t, campaignID, ctl, campaign.RetryFailed, ""); err != nil {
			return err
		}
	}
	return Ask(ctx, t, campaignID, ctl.Epoch, []int{chunk})
}

// Settle is the change that a policy makes to messages that have been uncertain since before.
func Settle(p campaign.Policy, before time.Time) Change {
	return func(m *message.Message) bool {
		if m.State != message.Uncertain || m.LeaseUntil != nil && m.LeaseUntil.After(before) {
			return false
		}
		if p == campaign.PreferDuplicate {
			return m.GiveBack(true) == nil
		}
		return m.GiveUp() == nil
	}
}

// WithdrawChunk cancels what is planned in a chunk of a canceled campaign. A message in a worker's hands is the worker's to record; when its lease
// is over it is uncertain.
func WithdrawChunk(ctx context.Context, t *store.Tenant, campaignID string, chunk int) error {
	now := t.Now()
	_, err := MoveChunk(ctx, t, campaignID, chunk, 0, func(m *message.Message) bool {
		if m.LeaseOver(now) {
			return m.Lose() == nil
		}
		return m.State == message.Planned && m.Withdraw() == nil
	})
	return err
}

// stalledAfter is how long nothing must have moved before a campaign's chunks are asked for again: longer than any lease, any pause and any
// delivery of the queue.
const stalledAfter = 20 * time.Minute

// revive asks for all pending chunks again when the campaign has not moved for stalledAfter: their calls may have ended among the dead letters.
func revive(ctx context.Context, t *store.Tenant, campaignID string, ctl *campaign.Control, tallies []message.Tally) error {
	pending := Pending(tallies)
	if ctl.Status != campaign.Sending || len(pending) == 0 {
		return nil
	}
	var left int64
	for _, c := range pending {
		left += tallies[c].Pending()
	}
	p, err := t.SendProgress(ctx, campaignID)
	if err != nil {
		return err
	}
	if p != nil && p.Left == left && p.Epoch == ctl.Epoch {
		if t.Now().Sub(p.Since) < stalledAfter {
			return nil
		}
		if err := Ask(ctx, t, campaignID, ctl.Epoch, pending); err != nil {
			return err
		}
	}
	tx := t.Begin()
	tx.NoteSendProgress(campaignID, store.SendProgress{Left: left, Epoch: ctl.Epoch, Since: t.Now()})
	return tx.Commit(ctx)
}
