// Package origin is the mark that an import leaves on the records it writes, so that its undo can tell them from those that someone has changed since.
package origin

import "github.com/dangol/dangol/shared/crm/plainjson"

// Origin names the import that wrote a record, the row of its file, and the version of the record that it wrote.
type Origin struct {
	ImportID string `json:"importId"`
	Row      int64  `json:"row,omitempty"`
	Version  int64  `json:"version"`
}

// Read reads a mark as it stands in a record.
func Read(r *plainjson.Reader) *Origin {
	o := &Origin{}
	r.Skip(`{"importId":`)
	o.ImportID = r.String()
	if r.Has(`,"row":`) {
		o.Row = r.Integer()
	}
	r.Skip(`,"version":`)
	o.Version = r.Integer()
	r.Skip(`}`)
	return o
}

// By marks a record that a row of the import is about to write as version next.
func By(importID string, row, next int64) *Origin {
	return &Origin{ImportID: importID, Row: row, Version: next}
}

// Holds says whether the record at this version is as the import left it.
func (o *Origin) Holds(importID string, version int64) bool {
	return o != nil && o.ImportID == importID && o.Version == version
}

// LaterRow returns the row of the import that wrote the record last, if it stands behind the given one; 0 if there is none.
func (o *Origin) LaterRow(importID string, row int64) int64 {
	if o == nil || o.ImportID != importID || o.Row <= row {
		return 0
	}
	return o.Row
}

// Moved returns the mark of a record that is restored: was is the mark it had at the version before, next the version that the restoring writes. A mark
// that held before holds again, so that undoing imports one after the other works.
func (o *Origin) Moved(was, next int64) *Origin {
	if o == nil || o.Version != was {
		return o
	}
	return By(o.ImportID, o.Row, next)
}
