// Package export is a file made of a workspace's records, kept in its object store until it expires.
package export

import "time"

// Format is how the file is written.
type Format string

// The formats. Parquet comes with the lake.
const (
	CSV     Format = "csv"
	Parquet Format = "parquet"
)

// KeptDays is how long the file of an export can be downloaded.
const KeptDays = 30

// Export is one file.
type Export struct {
	ID        string    `json:"id"`
	Format    Format    `json:"format"`
	SegmentID string    `json:"segmentId"`
	FileName  string    `json:"fileName"`
	Rows      int64     `json:"rows"`
	Bytes     int64     `json:"bytes"`
	JobID     string    `json:"jobId,omitempty"`
	Scheduled bool      `json:"scheduled,omitempty"` // made by the calendar, not by a person
	CreatedAt time.Time `json:"createdAt"`
	ExpiresAt time.Time `json:"expiresAt"`
	Version   int64     `json:"-"`
}

// Params are what an export's job is started with.
type Params struct {
	SegmentID string `json:"segmentId"`
	Format    Format `json:"format"`
	Scheduled bool   `json:"scheduled,omitempty"`
}
