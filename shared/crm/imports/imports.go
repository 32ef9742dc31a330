// Package imports is a file of customers, orders or leads on its way in: its states, its counts that must balance, and the journal that undoes it.
package imports

import (
	"encoding/json"
	"time"

	"github.com/dangol/dangol/shared/errs"
)

// Kind is what the file's rows are.
type Kind string

// The kinds.
const (
	Customers Kind = "customers"
	Orders    Kind = "orders"
	Leads     Kind = "leads"
)

// Status is where an import stands.
type Status string

// The states.
const (
	AwaitingFile Status = "awaitingFile"
	Mapping      Status = "mapping" // the file is there and readable; columns are matched to fields
	Checking     Status = "checking"
	Ready        Status = "ready" // every row was checked
	Committing   Status = "committing"
	Succeeded    Status = "succeeded"
	PartlyFailed Status = "partlyFailed"
	Canceled     Status = "canceled" // what was brought in until then stays, and can be undone
	Undoing      Status = "undoing"
	Undone       Status = "undone"
)

// UndoDays is for how long an import can be undone.
const UndoDays = 30

// KeptDays is how long the file of an import, its sample and its failed rows are kept, as is the journal: somewhat longer than an undo is allowed.
const KeptDays = UndoDays + 5

// Counts are of rows of the file, the header not counted. Read = Created + Updated + Skipped + Failed at every moment.
type Counts struct {
	Read    int64 `json:"read"`
	Created int64 `json:"created"`
	Updated int64 `json:"updated"`
	Skipped int64 `json:"skipped"`
	Failed  int64 `json:"failed"`
}

// Add counts n rows with the outcome.
func (c *Counts) Add(o Outcome, n int64) {
	c.Read += n
	switch o {
	case Created:
		c.Created += n
	case Updated:
		c.Updated += n
	case Skipped:
		c.Skipped += n
	default:
		c.Failed += n
	}
}

// Outcome is what became of a row.
type Outcome string

// The outcomes. Skipped rows were empty or changed nothing.
const (
	Created Outcome = "created"
	Updated Outcome = "updated"
	Skipped Outcome = "skipped"
	Failed  Outcome = "failed"
)

// Problem is one thing wrong with one row. Row counts from 1 below the header.
type Problem struct {
	Row    int64  `json:"row"`
	Column string `json:"column,omitempty"`
	Code   string `json:"code"`
	Value  string `json:"value,omitempty"` // cut to 100 characters
	Detail string `json:"detail,omitempty"`
	// Args fill the words of the code.
	Args map[string]any `json:"args,omitempty"`
}

// ProblemGroup is how often a problem was found.
type ProblemGroup struct {
	Code   string `json:"code"`
	Column string `json:"column,omitempty"`
	Rows   int64  `json:"rows"`
}

// FileProblem is why a file cannot be read at all.
type FileProblem struct {
	Code   string `json:"code"`
	Detail string `json:"detail,omitempty"`
}

// Import is one file of one tenant.
type Import struct {
	ID       string            `json:"id"`
	Kind     Kind              `json:"kind"`
	FileName string            `json:"fileName"`
	Status   Status            `json:"status"`
	Counts   Counts            `json:"counts"` // of the commit; while checking and ready, of the check: what would fail
	Header   []string          `json:"header,omitempty"`
	Mapping  map[string]string `json:"mapping,omitempty"`
	JobID    string            `json:"jobId,omitempty"` // the job at work, or the last one
	// FileBytes is the size of the file; Done of it has been worked through, for the progress bar.
	FileBytes   int64        `json:"fileBytes,omitempty"`
	Rows        int64        `json:"rows,omitempty"` // known after the check
	FileProblem *FileProblem `json:"fileProblem,omitempty"`
	CreatedAt   time.Time    `json:"createdAt"`
	CommittedAt *time.Time   `json:"committedAt,omitempty"`
	// Undo counts what an undo gave back; Kept are records that someone has changed since, which it left alone.
	Undo *UndoCounts `json:"undo,omitempty"`

	// Format is how the file is written, as csvfile found it.
	Format  json.RawMessage `json:"-"`
	Version int64           `json:"-"`
}

// UndoCounts are the results of an undo, in records.
type UndoCounts struct {
	Removed  int64 `json:"removed"`
	Restored int64 `json:"restored"`
	Kept     int64 `json:"kept"`
}

// Undo is what an undo did with a record.
type Undo string

// What an undo does.
const (
	Removed  Undo = "removed"
	Restored Undo = "restored"
	Kept     Undo = "kept" // someone has changed it since
)

// Add counts one record.
func (c *UndoCounts) Add(u Undo) {
	switch u {
	case Removed:
		c.Removed++
	case Restored:
		c.Restored++
	case Kept:
		c.Kept++
	}
}

// next tells which states an import may go to from each.
var next = map[Status][]Status{
	AwaitingFile: {Mapping, Canceled},
	Mapping:      {Mapping, Checking, Canceled},
	Checking:     {Ready, Mapping, Canceled},
	Ready:        {Mapping, Checking, Committing, Canceled},
	Committing:   {Succeeded, PartlyFailed, Canceled},
	Succeeded:    {Undoing},
	PartlyFailed: {Undoing},
	Canceled:     {Undoing},
	Undoing:      {Undone},
}

// Move changes the status, or refuses with import_wrong_state when that does not follow from where the import stands.
func (i *Import) Move(to Status) error {
	for _, s := range next[i.Status] {
		if s == to {
			i.Status = to
			return nil
		}
	}
	return errs.Newf(errs.Conflict, "import_wrong_state", "status", string(i.Status), "to", string(to))
}

// CanUndo refuses when there is nothing to undo, or it is too late.
func (i *Import) CanUndo(now time.Time) error {
	if i.CommittedAt == nil {
		return errs.Newf(errs.Conflict, "import_wrong_state", "status", string(i.Status), "to", string(Undoing))
	}
	if now.After(i.CommittedAt.AddDate(0, 0, UndoDays)) {
		return errs.Newf(errs.Conflict, "import_undo_expired", "days", UndoDays)
	}
	return nil
}

// FilesUntil is until when the file is kept, with what was found in it: so long after it was brought in or, before that, after the import was begun.
func (i *Import) FilesUntil() time.Time {
	if i.CommittedAt != nil {
		return i.CommittedAt.AddDate(0, 0, KeptDays)
	}
	return i.CreatedAt.AddDate(0, 0, KeptDays)
}

// Undoable is what the journal keeps of a row that was brought in: enough to count it again and to take it back.
type Undoable struct {
	Outcome Outcome         `json:"o"`
	Rows    int64           `json:"n"`           // rows of the file that it stands for: the lines of an order
	ID      string          `json:"id"`          // the record
	Version int64           `json:"v,omitempty"` // the record's version before, when it was updated
	Before  json.RawMessage `json:"b,omitempty"` // the record as it was, when it was updated
	Undone  Undo            `json:"u,omitempty"`
}

// Progress is how far a job over the file has come.
type Progress struct {
	Phase  Status `json:"phase"`
	Row    int64  `json:"row"`    // rows read so far
	Offset int64  `json:"offset"` // bytes of the file read so far
	Bytes  int64  `json:"bytes"`  // of the whole file
	Counts Counts `json:"counts"`
	// GaveUp says that the job got nowhere and ended. The same step can be started again: rows that were done are not done twice.
	GaveUp bool `json:"gaveUp,omitempty"`
}

// Report is what a check found, and later which rows failed.
type Report struct {
	Problems []Problem      `json:"problems"` // the first MaxProblems
	Groups   []ProblemGroup `json:"groups"`
}

// MaxProblems is how many problems are kept for the screen; the file of failed rows has all of them.
const MaxProblems = 1000

// Note adds a problem to the report. A row with two problems counts in both groups.
func (r *Report) Note(p Problem) {
	if len(r.Problems) < MaxProblems {
		r.Problems = append(r.Problems, p)
	}
	for i := range r.Groups {
		if g := &r.Groups[i]; g.Code == p.Code && g.Column == p.Column {
			g.Rows++
			return
		}
	}
	r.Groups = append(r.Groups, ProblemGroup{Code: p.Code, Column: p.Column, Rows: 1})
}

// Working says whether a job is at work on the import.
func (i *Import) Working() bool {
	return i.Status == Checking || i.Status == Committing || i.Status == Undoing
}

// The objects of an import in the blob store, beside its file.
const (
	FileObject   = "file"
	SampleObject = "sample.json"
	ReportObject = "problems.json"
	CheckedParts = "checked" // a folder: rows that the check found failing
	FailedParts  = "failed"  // a folder: rows that the commit left out
)

// FailedRow is a row that was not brought in, as it stands in the file.
type FailedRow struct {
	Row      int64         `json:"row"`
	Cells    []string      `json:"cells"`
	Problems []CellProblem `json:"problems"`
}

// CellProblem is one thing wrong with a row.
type CellProblem struct {
	Column string         `json:"column,omitempty"`
	Code   string         `json:"code"`
	Value  string         `json:"value,omitempty"`
	Args   map[string]any `json:"args,omitempty"`
}

// JobParams are what an import's jobs are started with.
type JobParams struct {
	ImportID string `json:"importId"`
}
