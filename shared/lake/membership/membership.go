// Package membership writes and asks who was in which segment when: the lake's subjects memberships, a row for each stay, and segmentSizes, a row for each day on
// which a segment was counted.
//
// # Two workers at once
//
// Nobody holds a lock. A stay is known by segment, customer and number, and the version of its row is the moment of writing: two workers who find the same write the
// same row, and of two who differ the later one holds. What a worker overlooks, the rebuild of the night finds.
package membership

import (
	"strconv"
	"time"

	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/dictionary"
)

// Stay is the time of a customer in a segment.
type Stay struct {
	Segment, Customer string
	Number            int64      // which stay of this customer it is, from 1
	Version           int64      // of the segment whose rule let them in
	Entered           time.Time  // UTC, ms
	Left              *time.Time // nil for one who is in
}

// Row is the stay as the lake has it, found at a moment that is not before any in it.
func (s Stay) Row(at time.Time) lake.Row {
	at = at.UTC().Truncate(time.Millisecond)
	r := lake.Row{Subject: "memberships", ID: s.Segment + "." + s.Customer + "." + strconv.FormatInt(s.Number, 10), Version: at.UnixMilli(), At: at, Cells: []lake.Cell{
		{Column: "segmentId", Value: s.Segment}, {Column: "customerId", Value: s.Customer}, {Column: "stay", Value: s.Number},
		{Column: "segmentVersion", Value: s.Version}, {Column: "enteredAt", Value: s.Entered.UTC().Truncate(time.Millisecond)},
	}}
	if s.Left != nil {
		r.Cells = append(r.Cells, lake.Cell{Column: "leftAt", Value: s.Left.UTC().Truncate(time.Millisecond)})
		r.Version++ // behind an entry of the same millisecond
	}
	return r
}

// Size is how large a segment was when it was counted on a day.
type Size struct {
	Segment string
	Version int64
	Day     string // YYYY-MM-DD, in the workspace's zone
	At      time.Time
	Members int64
	Revenue []money.Money // per currency; at least one
}

// Rows are the size as the lake has it, one for each currency. A later count of the day takes the place of an earlier one.
func (s Size) Rows() (rows []lake.Row) {
	at := s.At.UTC().Truncate(time.Millisecond)
	for _, sum := range s.Revenue {
		rows = append(rows, lake.Row{Subject: "segmentSizes", ID: s.Segment + "." + s.Day + "." + sum.Currency, Version: at.UnixMilli(), At: at, Cells: []lake.Cell{
			{Column: "segmentId", Value: s.Segment}, {Column: "day", Value: s.Day}, {Column: "countedAt", Value: at}, {Column: "segmentVersion", Value: s.Version},
			{Column: "members", Value: s.Members}, {Column: dictionary.Amount("revenue"), Value: lake.Units(sum.Units())}, {Column: dictionary.Currency("revenue"), Value: sum.Currency},
		}})
	}
	return rows
}
