package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/table"
)

// LabelControl fails when another action on the campaign came first.
const LabelControl = "control"

// completeCounter counts on the control that every message was written: a counter, since a put would change the epoch.
const completeCounter = "complete"

// campaignHead is what lists show of a campaign.
type campaignHead struct {
	ID string `json:"id"`
	campaign.Brief
	CreatedAt time.Time `json:"createdAt"`
	UpdatedAt time.Time `json:"updatedAt"`
}

// Campaign reads a campaign with where it stands; errs campaign_not_found.
func (t *Tenant) Campaign(ctx context.Context, campaignID string) (*campaign.Campaign, *campaign.Control, error) {
	if !id.Valid(id.Campaign, campaignID) {
		return nil, nil, errs.New(errs.NotFound, "campaign_not_found")
	}
	items, err := t.table.BatchGet(ctx, table.CRM, []table.Key{t.keys.record(campaignID), t.keys.control(campaignID)})
	if err != nil {
		return nil, nil, fmt.Errorf("read campaign %s: %w", campaignID, err)
	}
	if items[0] == nil || items[1] == nil {
		return nil, nil, errs.New(errs.NotFound, "campaign_not_found")
	}
	ctl, err := decodeControl(items[1])
	if err != nil {
		return nil, nil, err
	}
	c, err := decodeCampaign(items[0], ctl)
	return c, ctl, err
}

// CampaignControl reads where a campaign stands; errs campaign_not_found.
func (t *Tenant) CampaignControl(ctx context.Context, campaignID string) (*campaign.Control, error) {
	it, err := t.get(ctx, table.CRM, t.keys.control(campaignID), "campaign_not_found")
	if err != nil {
		return nil, err
	}
	return decodeControl(it)
}

// Campaigns lists campaigns, newest first, without the long texts of their plans.
func (t *Tenant) Campaigns(ctx context.Context, p Page) ([]*campaign.Campaign, string, error) {
	p.Reverse = true
	items, next, err := t.list(ctx, table.CRM, 1, "cmp.list", 1, p)
	if err != nil {
		return nil, "", err
	}
	out, err := t.withControls(ctx, items)
	return out, next, err
}

func (t *Tenant) withControls(ctx context.Context, items []table.Item) ([]*campaign.Campaign, error) {
	ks := make([]table.Key, len(items))
	for i := range items {
		ks[i] = table.Key{PK: items[i].PK, SK: "ctl"}
	}
	controls, err := t.batchGet(ctx, table.CRM, ks)
	if err != nil {
		return nil, err
	}
	out := make([]*campaign.Campaign, 0, len(items))
	for i := range items {
		if controls[i] == nil { // removed since the index was written
			continue
		}
		ctl, err := decodeControl(controls[i])
		if err != nil {
			return nil, err
		}
		c, err := decodeCampaign(&items[i], ctl)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// CampaignsByID reads campaigns as Campaigns does, in the order of the ids, leaving out those that are not there.
func (t *Tenant) CampaignsByID(ctx context.Context, ids []string) ([]*campaign.Campaign, error) {
	var items []table.Item
	err := t.eachRecord(ctx, ids, func(it *table.Item) error {
		if it != nil {
			brief := *it
			brief.Body = nil
			items = append(items, brief)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return t.withControls(ctx, items)
}

// ControlsByID reads the items that say where campaigns stand, as RecordsByID does records.
func (t *Tenant) ControlsByID(ctx context.Context, ids []string) ([]*table.Item, error) {
	keys := make([]table.Key, len(ids))
	for i, campaignID := range ids {
		keys[i] = t.keys.control(campaignID)
	}
	return t.batchGet(ctx, table.CRM, keys)
}

// CreateCampaign adds a new campaign as a draft.
func (x *Tx) CreateCampaign(c *campaign.Campaign) {
	c.CreatedAt, c.UpdatedAt = x.t.Now(), x.t.Now()
	it := x.t.campaignItem(c)
	it.Event = x.event("campaign.created", c.ID, nil, nil)
	x.create(table.CRM, LabelRecord, it)
	ctl := &campaign.Control{Status: campaign.Draft}
	x.create(table.CRM, LabelControl, table.Item{Key: x.t.keys.control(c.ID), Head: encode(ctl)})
	c.Version, c.Status = 1, campaign.Draft
}

// SaveCampaign adds a change of the plan. Label: record.
func (x *Tx) SaveCampaign(c *campaign.Campaign, changed []string) {
	c.UpdatedAt = x.t.Now()
	it := x.t.campaignItem(c)
	it.Event = x.event("campaign.changed", c.ID, changed, nil)
	x.replace(table.CRM, LabelRecord, c.Version, it)
	c.Version++
}

// RemoveCampaign adds the removal of a draft. Labels: record, control.
func (x *Tx) RemoveCampaign(c *campaign.Campaign, ctl *campaign.Control) {
	x.Append(
		table.Op{Table: table.CRM, Kind: table.OpDelete, If: table.IfVersion, Version: c.Version, Label: LabelRecord,
			Item: table.Item{Key: x.t.keys.record(c.ID), Event: x.event("campaign.removed", c.ID, nil, nil)}},
		table.Op{Table: table.CRM, Kind: table.OpDelete, If: table.IfVersion, Version: ctl.Epoch, Label: LabelControl,
			Item: table.Item{Key: x.t.keys.control(c.ID)}})
}

// SaveControl adds the campaign's new standing and so begins a new epoch, which it sets. Label: control.
func (x *Tx) SaveControl(campaignID string, ctl *campaign.Control) {
	it := table.Item{Key: x.t.keys.control(campaignID), Head: encode(ctl)}
	it.Event = x.event("campaign."+string(ctl.Status), campaignID, nil, nil)
	x.replace(table.CRM, LabelControl, ctl.Epoch, it)
	ctl.Epoch++
}

// Complete adds that every message of the campaign is written. It leaves the epoch as it is.
func (x *Tx) Complete(campaignID string) {
	x.Append(table.Op{Table: table.CRM, Kind: table.OpAdd, If: table.IfPresent, Label: LabelControl,
		Item: table.Item{Key: x.t.keys.control(campaignID), Counters: map[string]int64{completeCounter: 1}}})
}

func (t *Tenant) campaignItem(c *campaign.Campaign) table.Item {
	it := table.Item{Key: t.keys.record(c.ID), Head: encode(campaignHead{c.ID, c.Brief, c.CreatedAt, c.UpdatedAt}), Body: encode(c.Plan)}
	it.Index[0] = t.keys.listedOnce("cmp.list", c.ID)
	return it
}

func decodeCampaign(it *table.Item, ctl *campaign.Control) (*campaign.Campaign, error) {
	var h campaignHead
	if err := json.Unmarshal(it.Head, &h); err != nil {
		return nil, fmt.Errorf("decode campaign %s: %w", it.PK, err)
	}
	c := &campaign.Campaign{ID: h.ID, CreatedAt: h.CreatedAt, UpdatedAt: h.UpdatedAt, Version: it.Version}
	c.Brief = h.Brief
	c.Show(ctl)
	return c, decodeBody(it, &c.Plan)
}

func decodeControl(it *table.Item) (*campaign.Control, error) {
	ctl := &campaign.Control{}
	if err := decode(it, ctl); err != nil {
		return nil, err
	}
	ctl.Epoch, ctl.Complete = it.Version, it.Counters[completeCounter] > 0
	return ctl, nil
}
