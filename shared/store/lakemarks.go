package store

import (
	"strconv"
	"time"

	"github.com/dangol/dangol/shared/table"
)

// LakeMarks is how many items a mark is. The embedded engine's feed is one log, in which one would do; in DynamoDB each part of the table has a log of its own, and marks over
// many partitions stand in each of a few parts almost surely.
const LakeMarks = 8

// LakeMark is an item that says nothing but when it was written: the change feed has brought what was written before it, in its part of the table, once it brings the mark.
type LakeMark struct {
	Number int   `json:"n"`
	At     int64 `json:"at"` // Unix milliseconds
}

// PutLakeMarks adds the marks of a moment.
func (x *Tx) PutLakeMarks(at time.Time) {
	for n := range LakeMarks {
		key := table.Key{PK: x.t.keys.pk("lakemark", strconv.Itoa(n)), SK: "lakemark"}
		x.put(table.CRM, table.Item{Key: key, Head: encode(LakeMark{n, at.UnixMilli()})})
	}
}

// LakeMarkIn reads a mark.
func LakeMarkIn(it *table.Item) (m LakeMark, err error) { return m, decode(it, &m) }
