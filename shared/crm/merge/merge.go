// Package merge decides what becomes of two records that are one customer: which value of each field stays, which consents hold, and how both are brought
// back when they were two after all.
package merge

import (
	"time"

	"github.com/dangol/dangol/shared/crm/customer"
)

// Side names one of the two records.
type Side string

// The sides: the customer who stays, and the one who becomes part of them.
const (
	This  Side = "this"
	Other Side = "other"
)

// Status is how far a merge has come.
type Status string

// The statuses. The records are changed at once; what hangs on them moves while it is Moving or Undoing.
const (
	Moving  Status = "moving"
	Merged  Status = "merged"
	Undoing Status = "undoing"
	Undone  Status = "undone"
)

// Ended says whether nothing is on the move.
func (s Status) Ended() bool { return s == Merged || s == Undone }

// Merge is one merge of two customers, kept for good so that it can be taken back.
type Merge struct {
	ID         string          `json:"id"`
	CustomerID string          `json:"customerId" doc:"The customer who stays."`
	MergedID   string          `json:"mergedId" doc:"The customer who became part of them. Reading this id answers customer_merged."`
	MergedName string          `json:"mergedName,omitempty"`
	Status     Status          `json:"status" enum:"moving,merged,undoing,undone"`
	Fields     map[string]Side `json:"fields,omitempty" doc:"What was chosen field by field."`
	JobID      string          `json:"jobId" doc:"The job that moves what hangs on the customer."`
	GaveUp     bool            `json:"gaveUp,omitempty" doc:"The job ended before everything had moved. The same request starts another, which moves the rest; nothing is moved twice."`
	Moved      Counts          `json:"moved" doc:"What came with the merged customer, once it has moved."`
	Actor      string          `json:"actor,omitempty"`
	At         time.Time       `json:"at"`
	UndoneAt   *time.Time      `json:"undoneAt,omitempty"`
	Version    int64           `json:"-"`

	// Before and After are the customer who stays, as of the merge; the other one keeps their record. They belong to the way back and are not shown.
	Before Image `json:"-"`
	After  Image `json:"-"`
}

// Image is a customer as the record held it, with what is not shown of it.
type Image struct {
	Customer *customer.Customer `json:"customer"`
	Known    []string           `json:"known,omitempty"`
	Holds    map[string]string  `json:"holds,omitempty"`
}

// ImageOf returns the image of a record.
func ImageOf(c *customer.Customer) Image { return Image{c, c.Known, c.Holds} }

// Counts are what hangs on a customer.
type Counts struct {
	Orders   int `json:"orders"`
	Entries  int `json:"entries" doc:"Entries of the timeline that are no orders, statements of consent or messages."`
	Consents int `json:"consents"`
	Messages int `json:"messages"`
}

// MaxMerged is how many customers one can stand for.
const MaxMerged = 20

// JobParams name the merge that a job works on.
type JobParams struct {
	CustomerID string `json:"customerId"`
	MergeID    string `json:"mergeId"`
}
