// Package origin is the mark that an import leaves on the records it writes, so that its undo can tell them from those that someone has changed since.
package origin

// Origin names the import that wrote a record, and the version of the record that it wrote.
type Origin struct {
	ImportID string `json:"importId"`
	Version  int64  `json:"version"`
}

// By marks a record that the import is about to write as version next.
func By(importID string, next int64) *Origin { return &Origin{ImportID: importID, Version: next} }

// Holds says whether the record at this version is as the import left it.
func (o *Origin) Holds(importID string, version int64) bool {
	return o != nil && o.ImportID == importID && o.Version == version
}

// Moved returns the mark of a record that is restored: was is the mark it had at the version before, next the version that the restoring writes. A mark
// that held before holds again, so that undoing imports one after the other works.
func (o *Origin) Moved(was, next int64) *Origin {
	if o == nil || o.Version != was {
		return o
	}
	return By(o.ImportID, next)
}
