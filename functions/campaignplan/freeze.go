package campaignplan

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/hop"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// freeze stores who is in the campaign, once: a repeated hop finds the list that the first one stored and takes that.
func (w *Worker) freeze(ctx context.Context, r *hop.Run, c *campaign.Campaign, ctl *campaign.Control) error {
	list, err := w.stored(ctx, r.T, c.ID)
	if errors.Is(err, blob.ErrNotFound) {
		list, err = w.draw(ctx, r.T, c)
	}
	if err != nil {
		return err
	}
	frozen, err := campaign.Describe(list, r.T.Now())
	if err != nil {
		return err
	}
	if ctl.Status == campaign.Stopped {
		return nil
	}
	if err := ctl.Act(campaign.Freeze, r.T.Now()); err != nil {
		return err
	}
	ctl.Frozen = frozen
	r.Job.Total = int64(frozen.Planned())
	tx := r.T.Begin()
	tx.SaveControl(c.ID, ctl)
	if err := tx.Commit(ctx); !table.FailedLabel(err, store.LabelControl) {
		return err
	}
	return errs.New(errs.Unavailable, "try_again") // paused or canceled meanwhile: the hop comes again and looks
}

func (w *Worker) stored(ctx context.Context, t *store.Tenant, campaignID string) ([]byte, error) {
	r, _, err := w.env.Objects(t.ID).Get(ctx, t.AudienceKey(campaignID), 0, -1)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

// draw evaluates the segment, draws the hold-out and stores the list.
func (w *Worker) draw(ctx context.Context, t *store.Tenant, c *campaign.Campaign) ([]byte, error) {
	ids, version, err := w.audience.Members(ctx, t, c.SegmentID)
	if err != nil {
		return nil, fmt.Errorf("members of %s: %w", c.SegmentID, err)
	}
	members := make([]campaign.Member, len(ids))
	var held []*campaign.Member
	for i, customer := range ids {
		members[i] = campaign.Member{CustomerID: customer, Role: campaign.ToContact}
		if campaign.HeldOutOf(c.ID, customer, c.HoldoutPercent) {
			held = append(held, &members[i])
		}
	}
	if err := hold(ctx, t, held); err != nil {
		return nil, err
	}
	list := campaign.WriteAudience(c.SegmentID, version, members)
	_, err = w.env.Objects(t.ID).Put(ctx, t.AudienceKey(c.ID), bytes.NewReader(list), blob.PutOptions{ContentType: "text/plain", IfAbsent: true})
	if errors.Is(err, blob.ErrPrecondition) {
		return w.stored(ctx, t, c.ID)
	}
	return list, err
}

// holders is how many batches of the hold-out are looked at at once.
const holders = 8

// hold sets the role of each hold-out member: whether it could have been contacted, by the rule that holds for the others when they are sent to.
func hold(ctx context.Context, t *store.Tenant, held []*campaign.Member) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	gate := make(chan struct{}, holders)
	var wg sync.WaitGroup
	for start := 0; start < len(held); start += table.MaxBatchGet {
		part := held[start:min(start+table.MaxBatchGet, len(held))]
		gate <- struct{}{}
		wg.Go(func() {
			defer func() { <-gate }()
			if err := holdBatch(ctx, t, part); err != nil {
				stop(err)
			}
		})
	}
	wg.Wait()
	return context.Cause(ctx)
}

func holdBatch(ctx context.Context, t *store.Tenant, part []*campaign.Member) error {
	ids, addresses := make([]string, len(part)), make([]string, len(part))
	for i, m := range part {
		ids[i] = m.CustomerID
	}
	customers, err := t.CustomersByID(ctx, ids)
	if err != nil {
		return err
	}
	for i, c := range customers {
		if c != nil {
			addresses[i] = message.Address(c, consent.Email)
		}
	}
	suppressed, err := t.Suppressions(ctx, message.Email, addresses)
	if err != nil {
		return err
	}
	for i, m := range part {
		m.Role = campaign.Unreachable
		if message.MaySend(message.Facts{Customer: customers[i], Channel: consent.Email, Purpose: consent.Marketing, Suppressed: suppressed[i]}).Allow {
			m.Role = campaign.HeldOut
		}
	}
	return nil
}
