package lake

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

func campaignRows(it *table.Item) ([]Row, error) {
	c, err := store.CampaignIn(it)
	if err != nil {
		return nil, err
	}
	var v cells
	v.brief(&c.Brief)
	v.plan(&c.Plan)
	v.moment("createdAt", c.CreatedAt)
	v.moment("updatedAt", c.UpdatedAt)
	return []Row{{Subject: "campaigns", ID: c.ID, At: c.UpdatedAt, Cells: v}}, nil
}

func (c *cells) brief(b *campaign.Brief) {
	c.text("name", b.Name)
	c.text("type", string(b.Type))
	c.text("channel", b.Channel)
	c.text("segmentId", b.SegmentID)
	c.text("templateId", b.TemplateID)
	c.number("holdoutPercent", b.HoldoutPercent)
	c.momentAt("startsAt", b.StartsAt)
	c.momentAt("endsAt", b.EndsAt)
	c.text("ownerId", b.OwnerID)
}

func (c *cells) plan(p *campaign.Plan) {
	c.text("purpose", p.Purpose)
	c.text("description", p.Description)
	c.text("department", p.Department)
	c.moneyAt("budget", p.Budget)
	c.moneyAt("cost", p.Cost)
	c.integer("targetCount", int64(p.TargetCount))
	c.numberAt("expectedUplift", p.ExpectedUplift)
	c.text("notes", p.Notes)
	c.list("basedOnIds", p.BasedOnIDs)
	c.text("subject", p.Subject)
	c.text("uncertainPolicy", string(p.UncertainPolicy))
	c.integer("uncertainAfterMinutes", int64(p.UncertainAfterMinutes))
}

func controlRows(it *table.Item) ([]Row, error) {
	campaignID, ctl, err := store.ControlIn(it)
	if err != nil {
		return nil, err
	}
	var v cells
	v.text("campaignId", campaignID)
	v.text("status", string(ctl.Status))
	v.text("statusReason", ctl.Reason)
	v.text("jobId", ctl.JobID)
	v.momentAt("launchedAt", ctl.LaunchedAt)
	v.momentAt("finishedAt", ctl.FinishedAt)
	if f := ctl.Frozen; f != nil {
		v.moment("frozen.at", f.At)
		v.text("frozen.segmentId", f.SegmentID)
		v.integer("frozen.segmentVersion", f.SegmentVersion)
		v.integer("frozen.audience", int64(f.Audience))
		v.integer("frozen.holdout", int64(f.Holdout))
		v.integer("frozen.holdoutReachable", int64(f.Reachable))
		v.integer("frozen.chunks", int64(f.Chunks))
		v.text("frozen.hash", f.Hash)
	}
	changed, err := changedAt(it, id.Made(campaignID)) // a draft is as old as its campaign
	return []Row{{Subject: "campaignStates", ID: campaignID, At: changed, Cells: v}}, err
}

// messageRows are the message and the responses to it.
func messageRows(it *table.Item) ([]Row, error) {
	m, err := store.MessageIn(it)
	if err != nil {
		return nil, err
	}
	v := make(cells, 0, 12)
	v.text("campaignId", m.CampaignID)
	v.text("customerId", m.CustomerID)
	v.text("channel", m.Channel)
	v.text("address", m.Address)
	v.text("state", string(m.State))
	v.text("reason", m.Reason)
	v.integer("attempt", int64(m.Attempt))
	v.moment("plannedAt", m.PlannedAt)
	v.momentAt("acceptedAt", m.AcceptedAt)
	changed := m.PlannedAt
	if m.AcceptedAt != nil {
		changed = *m.AcceptedAt
	}
	rows := []Row{{Subject: "messages", ID: m.ID}}
	for _, k := range message.Kinds {
		at := m.Responded(k)
		if at == nil {
			continue
		}
		v.moment(responseColumns[k], *at)
		rows = append(rows, Row{Subject: "responses", ID: m.ID + "." + string(k), At: *at, Cells: responseCells(m, k, *at)})
		if at.After(changed) {
			changed = *at
		}
	}
	rows[0].At, rows[0].Cells = changed, v
	return rows, nil
}

// responseColumns are the columns of a message that say when each response was first seen.
var responseColumns = map[message.Kind]string{
	message.Delivered: "deliveredAt", message.Opened: "openedAt", message.MachineOpened: "machineOpenedAt", message.Clicked: "clickedAt", message.Bought: "boughtAt",
	message.Unsubscribed: "unsubscribedAt", message.BouncedBack: "bouncedAt", message.Complained: "complainedAt",
}

func responseCells(m *message.Message, k message.Kind, at time.Time) cells {
	v := make(cells, 0, 6)
	v.text("messageId", m.ID)
	v.text("campaignId", m.CampaignID)
	v.text("customerId", m.CustomerID)
	v.text("channel", m.Channel)
	v.text("kind", string(k))
	v.moment("at", at)
	return v
}

// changedAt is when the item's event says that it changed, or otherwise where it has none.
func changedAt(it *table.Item, otherwise time.Time) (time.Time, error) {
	if len(it.Event) == 0 {
		return otherwise, nil
	}
	if at, ok := eventAt(it.Event); ok {
		return at, nil
	}
	var e store.Event
	if err := json.Unmarshal(it.Event, &e); err != nil {
		return otherwise, fmt.Errorf("decode the event: %w", err)
	}
	return e.At, nil
}

// json writes what is there as JSON, its members in order.
func (c *cells) json(column string, v map[string]any) {
	if len(v) == 0 {
		return
	}
	if text, err := json.Marshal(v); err == nil { // it was read from JSON
		c.text(column, string(text))
	}
}

// eventAt reads when an event was from its text; false for one that encoding/json has to read. Within a text quotes would be escaped, and what is nested stands
// behind it.
func eventAt(event []byte) (time.Time, bool) {
	_, rest, ok := bytes.Cut(event, []byte(`,"at":"`))
	text, _, ended := bytes.Cut(rest, []byte(`"`))
	if !ok || !ended {
		return time.Time{}, false
	}
	at, err := time.Parse(time.RFC3339, string(text))
	return at, err == nil
}
