package lake

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/lake/dictionary"
)

// maxLine is the longest line of a delta: a record is at most 400 KB (shared/table), its escaped JSON at most six times that.
const maxLine = 4 << 20

// EachRow calls f for the rows of a delta. Rows of subjects, and cells of columns, that this program does not know are left out: a later one wrote them.
func EachRow(ctx context.Context, b blob.Blob, key string, f func(Row) error) error {
	in, _, err := b.Get(ctx, key, 0, -1)
	if err != nil {
		return fmt.Errorf("open %s: %w", key, err)
	}
	defer in.Close()
	z, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return fmt.Errorf("open %s: %w", key, err)
	}
	defer z.Close()
	if err := eachLine(z, f); err != nil {
		return fmt.Errorf("read %s: %w", key, err)
	}
	return nil
}

func eachLine(in io.Reader, f func(Row) error) error {
	texts, lines := bufio.NewScanner(in), newLines()
	texts.Buffer(make([]byte, 64<<10), maxLine)
	for texts.Scan() {
		r, known, err := lines.read(texts.Bytes())
		if err == nil && known {
			err = f(r)
		}
		if err != nil {
			return err
		}
	}
	return texts.Err()
}

// line is a row as a delta has it.
type line struct {
	Subject string          `json:"s"`
	Version int64           `json:"v"`
	At      time.Time       `json:"at"`
	Gone    bool            `json:"gone"`
	ID      string          `json:"id"`
	Row     json.RawMessage `json:"row"`
}

func parseLine(text []byte) (r Row, known bool, err error) {
	var l line
	if err := json.Unmarshal(text, &l); err != nil {
		return r, false, fmt.Errorf("line %.80q: %w", text, err)
	}
	types, known := columnTypes[l.Subject]
	if !known {
		return r, false, nil
	}
	r = Row{Subject: l.Subject, ID: l.ID, Version: l.Version, At: l.At.UTC(), Gone: l.Gone}
	if r.Cells, err = parseCells(l.Row, types); err != nil {
		return r, false, fmt.Errorf("line %.80q: %w", text, err)
	}
	return r, true, nil
}

// columnTypes are the types of the dictionary's columns, by subject and name.
var columnTypes = typesOfColumns()

func typesOfColumns() map[string]map[string]dictionary.Type {
	out := map[string]map[string]dictionary.Type{}
	for _, s := range dictionary.Subjects() {
		out[s.Name] = map[string]dictionary.Type{}
		for _, c := range s.Columns() {
			out[s.Name][c.Name] = c.Type
		}
	}
	return out
}

// parseCells reads the members of a row in their order.
func parseCells(row json.RawMessage, types map[string]dictionary.Type) (out []Cell, err error) {
	if len(row) == 0 {
		return nil, nil
	}
	members := json.NewDecoder(bytes.NewReader(row))
	if _, err := members.Token(); err != nil {
		return nil, err
	}
	for members.More() {
		name, err := members.Token()
		if err != nil {
			return nil, err
		}
		var value json.RawMessage
		if err := members.Decode(&value); err != nil {
			return nil, err
		}
		column, _ := name.(string)
		v, err := parseValue(column, value, types[column])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", column, err)
		}
		if v != nil {
			out = append(out, Cell{column, v})
		}
	}
	return out, nil
}

func parseValue(column string, value json.RawMessage, t dictionary.Type) (any, error) {
	switch t {
	case dictionary.Text, dictionary.Date:
		return as[string](value)
	case dictionary.Integer:
		return as[int64](value)
	case dictionary.Number:
		return as[float64](value)
	case dictionary.Bool:
		return as[bool](value)
	case dictionary.List:
		return as[[]string](value)
	case dictionary.Moment:
		return as[time.Time](value)
	case dictionary.Money:
		return parseAmount(value)
	}
	if !strings.HasPrefix(column, "custom.") {
		return nil, nil
	}
	return parseCustom(column, value)
}

func as[T any](value json.RawMessage) (any, error) {
	var v T
	if err := json.Unmarshal(value, &v); err != nil {
		return nil, err
	}
	return v, nil
}

// parseCustom reads a custom field by the type of its value. Keys have no dots, so that .amount is that of a field of money.
func parseCustom(column string, value json.RawMessage) (any, error) {
	switch value[0] {
	case '"':
		if strings.HasSuffix(column, ".amount") {
			return parseAmount(value)
		}
		return as[string](value)
	case '[':
		return as[[]string](value)
	case 't', 'f':
		return as[bool](value)
	default:
		return as[float64](value)
	}
}

// parseAmount reads what Units writes.
func parseAmount(value json.RawMessage) (any, error) {
	var text string
	if err := json.Unmarshal(value, &text); err != nil {
		return nil, err
	}
	return unitsOf([]byte(text))
}
