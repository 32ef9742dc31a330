// Package job is long work as its owner sees it, and as its worker resumes it: cut into hops, each of which may be repeated.
package job

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
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
	ListExport    Kind = "listExport" // the file of what a list shows
	// SegmentRebuild counts who is in a segment anew, or in all of them.
	SegmentRebuild Kind = "segmentRebuild"
	CampaignPlan   Kind = "campaignPlan"
	SampleData     Kind = "sampleData"
	// CustomerMerge and CustomerUnmerge move what hangs on a customer who became one with another, or is one of their own again.
	CustomerMerge   Kind = "customerMerge"
	CustomerUnmerge Kind = "customerUnmerge"
	// CustomerBulk changes many customers at once, and CustomerBulkUndo takes that back.
	CustomerBulk     Kind = "customerBulk"
	CustomerBulkUndo Kind = "customerBulkUndo"
	// FileExpiry removes the files of exports and imports whose time is over, every night.
	FileExpiry Kind = "fileExpiry"
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
	StartedBy  string          `json:"startedBy,omitempty" doc:"Who asked for it: a user or an API key, to whom what it changes is put down; else the function that did."`
	CreatedAt  time.Time       `json:"createdAt"`
	StartedAt  *time.Time      `json:"startedAt,omitempty"`
	FinishedAt *time.Time      `json:"finishedAt,omitempty"`
	Result     json.RawMessage `json:"result,omitempty"`
	// UndoUntil is until when what the job did can be taken back; nil when it cannot.
	UndoUntil *time.Time `json:"undoUntil,omitempty" doc:"Until when POST /v1/jobs/{id}/undo takes back what the job did; absent when nothing does."`
	UndoneBy  string     `json:"undoneBy,omitempty" doc:"The job that takes it back, or took it back."`

	// Params is what was asked for; Cursor is where the next hop goes on. Both belong to the worker and are not shown.
	Params json.RawMessage `json:"-"`
	Cursor json.RawMessage `json:"-"`
	Hop    int             `json:"-"`
	// Mark is where the job stood when its present hop was asked for, as At tells it; 0 for one that was asked for before marks were kept.
	Mark uint64 `json:"-"`
	// CancelAsked is set by the owner; the worker ends the job at its next hop or step.
	CancelAsked bool  `json:"-"`
	Version     int64 `json:"-"`
}

// At is a fingerprint of how far the work has come.
func (j *Job) At() uint64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%d %s", j.Done, j.Cursor)
	return h.Sum64()
}

// Moved says whether progress was saved since the present hop was asked for: a delivery that comes again after that was not in vain.
func (j *Job) Moved() bool { return j.Mark != 0 && j.Mark != j.At() }

// Call is the queue message that asks for a hop of a job. A hop that was already done is ignored.
type Call struct {
	Tenant string `json:"tenant"`
	Job    string `json:"job"`
	Kind   Kind   `json:"kind"`
	Hop    int    `json:"hop"`
	// DelaySeconds is how long the call waits before it is delivered; at most 900, as queues can.
	DelaySeconds int `json:"delaySeconds,omitempty"`
}
