// Package job is long work as its owner sees it, and as its worker resumes it: cut into hops, each of which may be repeated.
package job

import (
	"encoding/json"
	"time"
)

// Kind names the work; it decides the queue.
type Kind string

// The kinds.
const (
	ImportCheck   Kind = "importCheck"
	ImportCommit  Kind = "importCommit"
	ImportUndo    Kind = "importUndo"
	ScoreRebuild  Kind = "scoreRebuild"
	SegmentExport Kind = "segmentExport"
	CampaignPlan  Kind = "campaignPlan"
	SampleData    Kind = "sampleData"
)

// Status is where the work stands.
type Status string

// The states.
const (
	Queued       Status = "queued"
	Running      Status = "running"
	Succeeded    Status = "succeeded"
	PartlyFailed Status = "partlyFailed"
	Failed       Status = "failed"
	Canceled     Status = "canceled"
)

// Ended says whether the status is final.
func (s Status) Ended() bool { return s != Queued && s != Running }

// Job is one piece of long work.
type Job struct {
	ID         string          `json:"id"`
	Kind       Kind            `json:"kind"`
	Status     Status          `json:"status"`
	Total      int64           `json:"total"` // units of work, 0 while unknown
	Done       int64           `json:"done"`
	Failed     int64           `json:"failed"`
	Ref        string          `json:"ref,omitempty"`  // the record it works on: import, segment, campaign
	Code       string          `json:"code,omitempty"` // why it failed, a code of shared/errs
	CreatedAt  time.Time       `json:"createdAt"`
	StartedAt  *time.Time      `json:"startedAt,omitempty"`
	FinishedAt *time.Time      `json:"finishedAt,omitempty"`
	Result     json.RawMessage `json:"result,omitempty"`

	// Params is what was asked for; Cursor is where the next hop goes on. Both belong to the worker and are not shown.
	Params json.RawMessage `json:"-"`
	Cursor json.RawMessage `json:"-"`
	Hop    int             `json:"-"`
	// CancelAsked is set by the owner; the worker ends the job at its next hop or step.
	CancelAsked bool  `json:"-"`
	Version     int64 `json:"-"`
}

// Call is the queue message that asks for a hop of a job. A hop that was already done is ignored.
type Call struct {
	Tenant string `json:"tenant"`
	Job    string `json:"job"`
	Kind   Kind   `json:"kind"`
	Hop    int    `json:"hop"`
}
