package campaign

import (
	"time"

	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/crm/money"
)

// Counts is where the messages of a campaign stand: planned = accepted + skipped + failed + uncertain + pending + canceled, at every moment.
type Counts struct {
	Planned   int64 `json:"planned"`
	Accepted  int64 `json:"accepted"`
	Skipped   int64 `json:"skipped"`
	Failed    int64 `json:"failed"`
	Uncertain int64 `json:"uncertain"`
	Pending   int64 `json:"pending"`
	Canceled  int64 `json:"canceled"`
}

// Report is the result of a campaign, in detail. Audience = holdout + planned.
type Report struct {
	CampaignID   string           `json:"campaignId"`
	Status       Status           `json:"status"`
	StatusReason string           `json:"statusReason,omitempty"`
	Audience     int64            `json:"audience"`
	Holdout      int64            `json:"holdout"`
	Counts       Counts           `json:"counts"`
	SkippedBy    map[string]int64 `json:"skippedBy" nullable:"false" doc:"Why messages were not sent on purpose: noConsent, suppressed, invalidAddress, archived, capped."`
	FailedBy     map[string]int64 `json:"failedBy" nullable:"false"`
	Responses    map[string]int64 `json:"responses" nullable:"false" doc:"How many receivers responded, each counted once per kind: delivered, opened, openedByMachine, clicked, bought, unsubscribed, bounced, complained."`
	Revenue      money.Money      `json:"revenue" doc:"Of orders after the contact, within the workspace's attribution days, in its currency."`
	OtherRevenue []money.Money    `json:"otherRevenue,omitempty" doc:"The same in other currencies."`
	Cost         *money.Money     `json:"cost" doc:"As the plan says."`
	Comparison   *Comparison      `json:"holdoutComparison,omitempty"`
	StartedAt    *time.Time       `json:"startedAt"`
	FinishedAt   *time.Time       `json:"finishedAt"`
	Rate         float64          `json:"rate" doc:"Messages accepted per second, from launch to the end or to now."`
}

// Comparison sets the contacted beside those of the hold-out who could have been contacted. Both sides count every order within the attribution
// days: of the contacted from their message on, of the hold-out from the launch on.
type Comparison struct {
	Sent       Side       `json:"sent"`
	Holdout    Side       `json:"holdout"`
	Difference Difference `json:"difference"`
}

// Side is one group of people.
type Side struct {
	People           int64       `json:"people"`
	Bought           int64       `json:"bought"`
	BoughtShare      float64     `json:"boughtShare"`
	RevenuePerPerson money.Money `json:"revenuePerPerson"`
}

// Difference is sent less hold-out.
type Difference struct {
	BoughtShare      float64     `json:"boughtShare"`
	RevenuePerPerson money.Money `json:"revenuePerPerson"`
}

// Books is what a report is made from.
type Books struct {
	Control Control
	Tally   message.Tally
	Sales   Sales
	Cost    *money.Money
	// Currency is the workspace's.
	Currency string
	Now      time.Time
}

// NewReport puts the report of a campaign together. Messages of the frozen audience that are not written yet count as pending, or as canceled
// once the campaign is.
func NewReport(campaignID string, b Books) Report {
	r := Report{CampaignID: campaignID, Status: b.Control.Status, StatusReason: b.Control.Reason, Cost: b.Cost,
		StartedAt: b.Control.LaunchedAt, FinishedAt: b.Control.FinishedAt,
		SkippedBy: b.Tally.SkippedBy(), FailedBy: b.Tally.FailedBy(), Responses: responses(b.Tally)}
	r.Counts = counts(&b.Control, b.Tally)
	if f := b.Control.Frozen; f != nil {
		r.Audience, r.Holdout = int64(f.Audience), int64(f.Holdout)
	}
	r.Rate = rate(&r, b.Now)
	r.sell(b)
	return r
}

func counts(ctl *Control, t message.Tally) Counts {
	c := Counts{Planned: t.Planned(), Accepted: t.In(message.Accepted), Skipped: t.In(message.Skipped), Failed: t.In(message.Failed),
		Uncertain: t.In(message.Uncertain), Pending: t.Pending(), Canceled: t.In(message.Canceled)}
	if ctl.Frozen == nil {
		return c
	}
	unwritten := int64(ctl.Frozen.Planned()) - c.Planned
	c.Planned += unwritten
	if ctl.Status == Canceled {
		c.Canceled += unwritten
	} else {
		c.Pending += unwritten
	}
	return c
}

func responses(t message.Tally) map[string]int64 {
	out := make(map[string]int64, len(message.Kinds))
	for _, k := range message.Kinds {
		out[string(k)] = t.Responded(k)
	}
	return out
}

func rate(r *Report, now time.Time) float64 {
	if r.StartedAt == nil {
		return 0
	}
	if r.FinishedAt != nil {
		now = *r.FinishedAt
	}
	seconds := now.Sub(*r.StartedAt).Seconds()
	if seconds <= 0 {
		return 0
	}
	return round6(float64(r.Counts.Accepted) / seconds)
}

// sell puts the sales in. The counter of bought gives way to them: they know of orders that no message row has heard of yet.
func (r *Report) sell(b Books) {
	r.Responses[string(message.Bought)] = int64(len(b.Sales.Buyers))
	r.Revenue = b.Sales.Revenue.In(b.Currency)
	for _, m := range b.Sales.Revenue.List() {
		if m.Currency != b.Currency {
			r.OtherRevenue = append(r.OtherRevenue, m)
		}
	}
	if f := b.Control.Frozen; f != nil && f.Holdout > 0 {
		r.Comparison = compare(b.Sales.Sent.side(r.Counts.Accepted, b.Currency), b.Sales.Held.side(int64(f.Reachable), b.Currency))
	}
}

func compare(sent, held Side) *Comparison {
	d := Difference{BoughtShare: round6(sent.BoughtShare - held.BoughtShare), RevenuePerPerson: money.Money{
		Amount: sent.RevenuePerPerson.Amount.Sub(held.RevenuePerPerson.Amount), Currency: sent.RevenuePerPerson.Currency}}
	return &Comparison{Sent: sent, Holdout: held, Difference: d}
}
