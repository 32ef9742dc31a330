package campaigns

import (
	"context"
	"strconv"
	"sync"

	"github.com/dangol/dangol/shared/audience"
	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// Crowd is the audience on its way from the segment to those who will get the campaign.
type Crowd struct {
	Segment  int64  `json:"segment" doc:"How many customers are in the segment now."`
	Steps    []Step `json:"steps" nullable:"false" doc:"Who falls away, in this order: each step takes from what the ones before left."`
	Receives int64  `json:"receives" doc:"How many will get it."`
}

// Step is one reason to fall away.
type Step struct {
	Reason string `json:"reason" enum:"archived,noConsent,suppressed,invalidAddress,holdout"`
	Lost   int64  `json:"lost"`
	Left   int64  `json:"left"`
}

const holdout = "holdout"

// CrowdOutput is a campaign's crowd.
type CrowdOutput struct{ Body Crowd }

// audience shows the crowd as it is now; a launch freezes whoever is in the segment then.
func (f *Feature) audience(ctx context.Context, in *ByID) (*CrowdOutput, error) {
	t := f.tenant(ctx)
	c, _, err := t.Campaign(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if c.SegmentID == "" {
		return nil, errs.New(errs.Invalid, "campaign_not_ready").Add("/segmentId", "required_missing")
	}
	key := t.ID + c.ID + c.SegmentID + strconv.FormatFloat(c.HoldoutPercent, 'g', -1, 64)
	crowd, err := f.crowd.get(ctx, key, func(ctx context.Context) (Crowd, error) { return f.count(ctx, t, c) })
	if err != nil {
		return nil, err
	}
	return &CrowdOutput{crowd}, nil
}

// counters is how many batches of the crowd are looked at at once.
const counters = 8

// count asks MaySend of every member, as a send would.
func (f *Feature) count(ctx context.Context, t *store.Tenant, c *campaign.Campaign) (Crowd, error) {
	segment, err := t.Segment(ctx, c.SegmentID)
	if err != nil {
		return Crowd{}, err
	}
	ids, err := audience.New(t, f.env.Objects(t.ID)).Members(ctx, segment)
	if err != nil {
		return Crowd{}, err
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	lost := make([]map[string]int64, counters)
	var wg sync.WaitGroup
	for n := range counters {
		wg.Go(func() {
			lost[n] = map[string]int64{}
			for start := n * table.MaxBatchGet; start < len(ids) && ctx.Err() == nil; start += counters * table.MaxBatchGet {
				if err := countBatch(ctx, t, c, ids[start:min(start+table.MaxBatchGet, len(ids))], lost[n]); err != nil {
					stop(err)
				}
			}
		})
	}
	wg.Wait()
	return shrink(int64(len(ids)), lost), context.Cause(ctx)
}

func countBatch(ctx context.Context, t *store.Tenant, c *campaign.Campaign, ids []string, lost map[string]int64) error {
	customers, err := t.CustomersByID(ctx, ids)
	if err != nil {
		return err
	}
	addresses := make([]string, len(ids))
	for i, c := range customers {
		if c != nil {
			addresses[i] = message.Address(c, consent.Email)
		}
	}
	suppressed, err := t.Suppressions(ctx, message.Email, addresses)
	if err != nil {
		return err
	}
	for i, customer := range ids {
		may := message.MaySend(message.Facts{Customer: customers[i], Channel: consent.Email, Purpose: consent.Marketing, Suppressed: suppressed[i]})
		switch {
		case !may.Allow:
			lost[may.Reason]++
		case campaign.HeldOutOf(c.ID, customer, c.HoldoutPercent):
			lost[holdout]++
		}
	}
	return nil
}

// shrink puts the counts in the order of the rules.
func shrink(all int64, lost []map[string]int64) Crowd {
	out := Crowd{Segment: all, Receives: all}
	for _, reason := range append(append([]string{}, message.Reasons...), holdout) {
		step := Step{Reason: reason}
		for _, part := range lost {
			step.Lost += part[reason]
		}
		out.Receives -= step.Lost
		step.Left = out.Receives
		out.Steps = append(out.Steps, step)
	}
	return out
}
