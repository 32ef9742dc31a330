package store

import (
	"context"
	"time"

	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/table"
)

func (k keys) snapshot(campaignID string) table.Key {
	return table.Key{PK: k.record(campaignID).PK, SK: "snap"}
}

// Snapshot reads what a campaign sends; errs campaign_not_launched before it was launched.
func (t *Tenant) Snapshot(ctx context.Context, campaignID string) (*campaign.Snapshot, error) {
	it, err := t.get(ctx, table.CRM, t.keys.snapshot(campaignID), "campaign_not_launched")
	if err != nil {
		return nil, err
	}
	s := &campaign.Snapshot{}
	return s, decodeBody(it, s)
}

// SaveSnapshot adds what the campaign sends from now on.
func (x *Tx) SaveSnapshot(campaignID string, s *campaign.Snapshot) {
	x.put(table.CRM, table.Item{Key: x.t.keys.snapshot(campaignID), Body: encode(s)})
}

// SendProgress is how much of a campaign was left to send when it was last looked at, and since when it has been that.
type SendProgress struct {
	Left  int64     `json:"left"`
	Epoch int64     `json:"epoch"`
	Since time.Time `json:"since"`
}

func (k keys) sendProgress(campaignID string) table.Key {
	return table.Key{PK: k.record(campaignID).PK, SK: "progress"}
}

// SendProgress reads what the last look at the campaign noted; nil before the first.
func (t *Tenant) SendProgress(ctx context.Context, campaignID string) (*SendProgress, error) {
	it, err := t.table.Get(ctx, table.CRM, t.keys.sendProgress(campaignID))
	if err != nil || it == nil {
		return nil, err
	}
	p := &SendProgress{}
	return p, decode(it, p)
}

// NoteSendProgress adds the note.
func (x *Tx) NoteSendProgress(campaignID string, p SendProgress) {
	x.put(table.CRM, table.Item{Key: x.t.keys.sendProgress(campaignID), Head: encode(p)})
}

// AudienceKey is where the frozen list of a campaign's customers lies in the blob store.
func (t *Tenant) AudienceKey(campaignID string) string {
	return "t/" + t.ID + "/campaigns/" + campaignID + "/audience"
}
