// Package campaign is one planned effort to reach customers: its plan, the states it passes through, who is in its crowd, and what came of it.
package campaign

import (
	"time"

	"github.com/dangol/dangol/shared/crm/money"
)

// Type tells how people come into a campaign.
type Type string

// The types. Only Target can be launched so far.
const (
	Target     Type = "target"    // a segment, frozen at launch
	Open       Type = "open"      // whoever meets the rule joins by responding
	Recurring  Type = "recurring" // a target campaign again and again
	Triggered  Type = "triggered" // an event starts it for one customer
	MultiStage Type = "multiStage"
)

// Types and Channels list what a plan may name.
var (
	Types    = []Type{Target, Open, Recurring, Triggered, MultiStage}
	Channels = []string{"email", "sms", "call", "letter", "fax", "web", "task", "webhook"}
)

// Policy says what becomes of a message of which nobody can tell whether it went out.
type Policy string

// The policies.
const (
	PreferLoss      Policy = "preferLoss"      // it counts as failed: nobody gets it twice
	PreferDuplicate Policy = "preferDuplicate" // it is sent again: nobody misses it
)

// UncertainAfter is how long an uncertain message waits for the provider's word before the policy decides, unless the campaign says otherwise.
const UncertainAfter = 60 * time.Minute

// Brief is the part of a plan that lists show.
type Brief struct {
	Name           string     `json:"name" maxLength:"200"`
	Type           Type       `json:"type,omitempty" enum:"target,open,recurring,triggered,multiStage" doc:"Default target; the only one that can be launched so far."`
	Channel        string     `json:"channel,omitempty" enum:"email,sms,call,letter,fax,web,task,webhook" doc:"Default email; the only one that can be launched so far."`
	SegmentID      string     `json:"segmentId,omitempty" maxLength:"64"`
	TemplateID     string     `json:"templateId,omitempty" maxLength:"64"`
	HoldoutPercent float64    `json:"holdoutPercent,omitempty" minimum:"0" maximum:"50" doc:"Share of the audience that is not contacted, to compare with."`
	StartsAt       *time.Time `json:"startsAt,omitempty"`
	EndsAt         *time.Time `json:"endsAt,omitempty"`
	OwnerID        string     `json:"ownerId,omitempty" maxLength:"64"`
}

// Plan is the rest of a plan.
type Plan struct {
	Purpose     string       `json:"purpose,omitempty" maxLength:"2000" doc:"What it should achieve."`
	Description string       `json:"description,omitempty" maxLength:"10000"`
	Department  string       `json:"department,omitempty" maxLength:"200"`
	Budget      *money.Money `json:"budget,omitempty" doc:"What may be spent."`
	Cost        *money.Money `json:"cost,omitempty" doc:"What was spent."`
	TargetCount int          `json:"targetCount,omitempty" minimum:"0" doc:"How many people it means to reach."`
	// ExpectedUplift is a share: 0.02 is two of a hundred more than without the campaign.
	ExpectedUplift *float64 `json:"expectedUplift,omitempty" minimum:"-1" maximum:"1000" doc:"Expected gain in the share of buyers against the hold-out; 0.02 is two in a hundred."`
	Notes          string   `json:"notes,omitempty" maxLength:"10000"`
	BasedOnIDs     []string `json:"basedOnIds,omitempty" maxItems:"20" doc:"Earlier campaigns that it builds on."`
	// Subject stands in place of the template's subject.
	Subject               string `json:"subject,omitempty" maxLength:"500" doc:"A Liquid subject in place of the template's."`
	UncertainPolicy       Policy `json:"uncertainPolicy,omitempty" enum:"preferLoss,preferDuplicate" doc:"What becomes of a message when nobody can tell whether it went out; default preferLoss."`
	UncertainAfterMinutes int    `json:"uncertainAfterMinutes,omitempty" minimum:"0" maximum:"10080" doc:"How long to wait for the provider's word; default 60."`
}

// Fields are what a person or program may set.
type Fields struct {
	Brief
	Plan
}

// Campaign is one campaign of one tenant, with where it stands.
type Campaign struct {
	ID string `json:"id"`
	Fields
	Status       Status     `json:"status" enum:"draft,planning,sending,paused,stopped,sent,canceled"`
	StatusReason string     `json:"statusReason,omitempty" doc:"Why it was stopped: a code, or the provider's words."`
	JobID        string     `json:"jobId,omitempty" doc:"The job that planned it last."`
	LaunchedAt   *time.Time `json:"launchedAt,omitempty"`
	FinishedAt   *time.Time `json:"finishedAt,omitempty"`
	Frozen       *Frozen    `json:"frozen,omitempty" doc:"The audience as it was when the campaign was launched."`
	CreatedAt    time.Time  `json:"createdAt"`
	UpdatedAt    time.Time  `json:"updatedAt"`
	Version      int64      `json:"-"`
}

// Show sets where the campaign stands from its control.
func (c *Campaign) Show(ctl *Control) {
	c.Status, c.StatusReason, c.JobID = ctl.Status, ctl.Reason, ctl.JobID
	c.LaunchedAt, c.FinishedAt, c.Frozen = ctl.LaunchedAt, ctl.FinishedAt, ctl.Frozen
}

// Decides returns how long an uncertain message waits and what becomes of it then.
func (p *Plan) Decides() (time.Duration, Policy) {
	after, policy := UncertainAfter, PreferLoss
	if p.UncertainAfterMinutes > 0 {
		after = time.Duration(p.UncertainAfterMinutes) * time.Minute
	}
	if p.UncertainPolicy != "" {
		policy = p.UncertainPolicy
	}
	return after, policy
}
