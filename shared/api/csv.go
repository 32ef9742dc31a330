package api

import (
	"bytes"
	"fmt"
	"io"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"github.com/dangol/dangol/shared/crm/csvsafe"
)

const csvType = "text/csv"

// Tabular is a body that can also be had as a table: a caller who sends Accept: text/csv gets it as CSV (RFC 4180, UTF-8 without a mark), with cells
// that a spreadsheet could run defused as in exports. The header is the names of the JSON document, whatever the caller's language: programs read
// these files by name, and people have exports.
type Tabular interface {
	// Table returns the header, and rows of as many cells.
	Table() (header []string, rows [][]string)
}

// tabular says whether the Body of O is.
func tabular[O any]() bool {
	body, ok := reflect.TypeFor[O]().FieldByName("Body")
	return ok && body.Type.Implements(reflect.TypeFor[Tabular]())
}

// marshalCSV is Huma's CSV format. What is no table, and a reply that was stored as JSON, is answered as JSON all the same.
func marshalCSV(w io.Writer, v any) error {
	r, ok := w.(*reply)
	if !ok {
		return fmt.Errorf("write CSV to a %T", w)
	}
	t, ok := v.(Tabular)
	if !ok || r.stored != nil {
		r.Header().Set("Content-Type", jsonType)
		return marshal(w, v)
	}
	r.Header().Set("Content-Type", csvType+"; charset=utf-8")
	return withBuffer(func(b *bytes.Buffer) error {
		if err := encodeCSV(b, t); err != nil {
			r.failed = true
			return err
		}
		if r.keep {
			r.kept = bytes.Clone(b.Bytes())
		}
		return r.writeAll(b.Bytes())
	})
}

func encodeCSV(w io.Writer, t Tabular) error {
	header, rows := t.Table()
	out := csvsafe.NewWriter(w, false)
	for _, row := range append([][]string{header}, rows...) {
		if err := out.Write(row); err != nil {
			return err
		}
	}
	return out.Flush()
}

// offerCSV documents that an operation's body can be had as CSV.
func offerCSV(op *huma.Operation) {
	if ok := op.Responses["200"]; ok != nil && ok.Content != nil {
		ok.Content[csvType] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString}}
	}
}
