// Package bulk is a change of many customers at once: who is meant, what is done to each, what is kept of it, and how it is taken back.
package bulk

import (
	"strings"
	"time"

	"github.com/dangol/dangol/shared/errs"
)

// UndoDays is for how long a bulk change can be taken back.
const UndoDays = 30

// Who says which customers are meant, in exactly one way: by their ids, as a filtered or searched list has them, or all.
type Who struct {
	IDs    []string `json:"ids,omitempty"`
	Filter string   `json:"filter,omitempty"`
	Search string   `json:"q,omitempty"`
	All    bool     `json:"all,omitempty"`
}

// Check refuses what names nobody, or names them in two ways.
func (w Who) Check() error {
	ways := 0
	for _, is := range []bool{len(w.IDs) > 0, w.Listed(), w.All} {
		if is {
			ways++
		}
	}
	if ways != 1 {
		return errs.InvalidField("", "bulk_who")
	}
	return nil
}

// Listed says whether they are those of a list.
func (w Who) Listed() bool {
	return strings.TrimSpace(w.Filter) != "" || strings.TrimSpace(w.Search) != ""
}

// Params are what the job is started with.
type Params struct {
	Who
	Change Change `json:"change"`
}

// UndoParams are what the job that takes a bulk change back is started with.
type UndoParams struct {
	JobID string `json:"jobId"` // of the bulk change
}

// Outcome is what became of a customer.
type Outcome string

// The outcomes. Of an undo, changed are those who are as before, and failed those who were kept.
const (
	Changed   Outcome = "changed"
	Unchanged Outcome = "unchanged" // they were so already
	Failed    Outcome = "failed"
)

// Counts are of customers. Read = Changed + Unchanged + Failed at every moment.
type Counts struct {
	Read      int64 `json:"read"`
	Changed   int64 `json:"changed"`
	Unchanged int64 `json:"unchanged"`
	Failed    int64 `json:"failed"`
}

// Add counts one customer.
func (c *Counts) Add(o Outcome) {
	c.Read++
	switch o {
	case Changed:
		c.Changed++
	case Unchanged:
		c.Unchanged++
	default:
		c.Failed++
	}
}

// UndoCounts are of the customers that a bulk change had changed. Read = Restored + Kept; of those kept, some field was changed by someone else since, or they
// are gone.
type UndoCounts struct {
	Read     int64 `json:"read"`
	Restored int64 `json:"restored"`
	Kept     int64 `json:"kept"`
}

// OfUndo are the counts as an undo shows them.
func (c Counts) OfUndo() UndoCounts { return UndoCounts{c.Read, c.Changed + c.Unchanged, c.Failed} }

// UndoUntil is until when a change that ended at a moment can be taken back; nil when it changed nobody.
func (c Counts) UndoUntil(ended time.Time) *time.Time {
	if c.Changed == 0 {
		return nil
	}
	until := ended.AddDate(0, 0, UndoDays)
	return &until
}

// Failure is a customer whom the job left as they were, and the code of the rule that said so.
type Failure struct {
	CustomerID string         `json:"customerId"`
	Code       string         `json:"code"`
	Args       map[string]any `json:"args,omitempty"` // fill the words of the code
}
