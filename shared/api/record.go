package api

import (
	"strconv"
	"strings"

	"github.com/dangol/dangol/shared/errs"
)

// Record is the output of an operation that answers one record with its version.
type Record[T any] struct {
	ETag string `header:"ETag" doc:"The record's version, for If-Match and If-None-Match."`
	Body T
}

// NewRecord returns the output of a record at a version.
func NewRecord[T any](v T, version int64) *Record[T] {
	return &Record[T]{ETag: ETag(version), Body: v}
}

// Created is the output of an operation that made a record.
type Created[T any] struct {
	Location string `header:"Location" doc:"Where the new record is."`
	ETag     string `header:"ETag" doc:"The record's version."`
	Body     T
}

// NewCreated returns the output of a record just made.
func NewCreated[T any](location string, v T, version int64) *Created[T] {
	return &Created[T]{Location: location, ETag: ETag(version), Body: v}
}

// Accepted is the output of an operation whose work goes on as a job; its status is 202.
type Accepted[T any] struct {
	Location string `header:"Location" doc:"The job: ask it how far the work is."`
	Body     T
}

// NewAccepted returns the output of work that was just begun.
func NewAccepted[T any](jobID string, job T) *Accepted[T] {
	return &Accepted[T]{Location: "/v1/jobs/" + jobID, Body: job}
}

// ETag returns the entity tag of a record's version.
func ETag(version int64) string { return `"` + strconv.FormatInt(version, 10) + `"` }

// IfMatch is embedded by the input of an operation that changes a record.
type IfMatch struct {
	Match string `header:"If-Match" maxLength:"200" doc:"The ETag that was read; 412 when the record has changed since."`
}

// Check refuses with errs.Stale when the caller named another version than the record's. A caller that names none, or "*", accepts any.
func (m IfMatch) Check(version int64) error {
	if m.Match == "" || m.Match == "*" {
		return nil
	}
	for tag := range strings.SplitSeq(m.Match, ",") {
		if strings.TrimSpace(tag) == ETag(version) {
			return nil
		}
	}
	return errs.New(errs.Stale, "version_stale")
}
