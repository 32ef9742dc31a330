// Package export is a file made of a workspace's records, kept in its object store until it expires.
package export

import "time"

// Format is how the file is written.
type Format string

// The formats: CSV and XLSX as a person reads them, Parquet as the lake has the records (docs/lake.md).
const (
	CSV     Format = "csv"
	Parquet Format = "parquet"
	XLSX    Format = "xlsx"
)

// Valid says whether it is a format.
func (f Format) Valid() bool { return f == CSV || f == Parquet || f == XLSX }

// KeptDays is how long the file of an export can be downloaded. Then its record ends, and the night removes the file.
const KeptDays = 30

// Subject is what the rows of an export are; its columns and its query are in shared/lake/sheet.
type Subject string

// The subjects. The members of a segment are customers.
const (
	Customers Subject = "customers"
	Orders    Subject = "orders"
)

// List says which rows of a list a file has, and in what order, as the list itself is asked.
type List struct {
	Subject Subject `json:"subject,omitempty" doc:"The list that it has: customers or orders; absent where it has the members of a segment."`
	Filter  string  `json:"filter,omitempty" doc:"The filter of that list."`
	Search  string  `json:"q,omitempty" doc:"The search of that list."`
	Sort    string  `json:"sort,omitempty" doc:"The order of that list; its own when absent."`
}

// Export is one file.
type Export struct {
	ID        string `json:"id"`
	Format    Format `json:"format"`
	SegmentID string `json:"segmentId,omitempty" doc:"The segment whose members it has; absent where it has what a list shows."`
	List
	FileName  string `json:"fileName"`
	Rows      int64  `json:"rows"`
	Bytes     int64  `json:"bytes"`
	JobID     string `json:"jobId,omitempty"`
	Scheduled bool   `json:"scheduled,omitempty"` // made by the calendar, not by a person
	// HasManifest says that a manifest lies beside the file.
	HasManifest bool      `json:"hasManifest,omitempty"`
	CreatedAt   time.Time `json:"createdAt"`
	ExpiresAt   time.Time `json:"expiresAt"`
	Version     int64     `json:"-"`
}

// Params are what an export's job is started with: a segment, or a list.
type Params struct {
	SegmentID string `json:"segmentId,omitempty"`
	List
	Columns   []string `json:"columns,omitempty"` // by their fields; none are those of the list
	Format    Format   `json:"format"`
	Scheduled bool     `json:"scheduled,omitempty"`
	// Impersonal files tell nothing of who placed orders, and a search does not look there: who asked may not read customers.
	Impersonal bool `json:"impersonal,omitempty"`
}

// Manifest says what a file is, for programs that take it up: it lies beside it, as JSON.
type Manifest struct {
	ID             string `json:"id"`
	SegmentID      string `json:"segmentId,omitempty"`
	SegmentVersion int64  `json:"segmentVersion,omitempty"`
	List
	AsOf    time.Time `json:"asOf"` // UTC; who was in the segment, or what the list had then
	Format  Format    `json:"format"`
	File    string    `json:"file"` // the name under which it is downloaded
	Rows    int64     `json:"rows"`
	Bytes   int64     `json:"bytes"`
	SHA256  string    `json:"sha256"` // of the file, in hexadecimal
	Columns []Column  `json:"columns"`
}

// Column is one of a file: text, number or moment, or a type of the lake's dictionary.
type Column struct {
	Name string `json:"name"`
	Type string `json:"type"`
}
