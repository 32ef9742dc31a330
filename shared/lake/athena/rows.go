package athena

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// page is a page of an answer, as Athena gives it: values are texts, and a missing one is NULL.
type page struct {
	NextToken string
	ResultSet struct {
		Rows []struct {
			Data []struct{ VarCharValue *string }
		}
		ResultSetMetadata struct {
			ColumnInfo []struct{ Type string }
		}
	}
}

type pageRequest struct {
	QueryExecutionId string
	MaxResults       int
	NextToken        string `json:",omitempty"`
}

// pageRows is the most that Athena gives at a time. The first row of all is the names of the columns.
const pageRows = 1000

// rows hands over the answer, page after page.
func (q *question) rows(ctx context.Context, lists map[int]bool, each func([]any) error) error {
	for next, first := "", true; first || next != ""; first = false {
		var p page
		if err := q.call(ctx, "GetQueryResults", pageRequest{q.execution, pageRows, next}, &p); err != nil {
			return err
		}
		rows := p.ResultSet.Rows
		if first && len(rows) > 0 {
			rows = rows[1:]
		}
		for _, r := range rows {
			values := make([]any, len(r.Data))
			for i, d := range r.Data {
				var err error
				if values[i], err = valueOf(d.VarCharValue, p.ResultSet.ResultSetMetadata.ColumnInfo[i].Type, lists[i]); err != nil {
					return err
				}
			}
			if err := each(values); err != nil {
				return err
			}
		}
		next = p.NextToken
	}
	return nil
}

// valueOf reads a value of an answer as the port promises it. Types are Athena's.
func valueOf(text *string, kind string, list bool) (any, error) {
	if text == nil {
		return nil, nil
	}
	if list {
		var out []string
		err := json.Unmarshal([]byte(*text), &out)
		return out, err
	}
	kind, _, _ = strings.Cut(kind, "(") // of a precision
	read, ok := readers[kind]
	if !ok {
		return nil, fmt.Errorf("%w: an answer of type %s", ErrDialect, kind)
	}
	v, err := read(*text)
	if err != nil {
		return nil, fmt.Errorf("athena: read %q as %s: %w", *text, kind, err)
	}
	return v, nil
}

var readers = map[string]func(string) (any, error){
	"varchar": func(s string) (any, error) { return s, nil },
	"bigint":  whole, "integer": whole, "smallint": whole, "tinyint": whole,
	"double":    func(s string) (any, error) { return strconv.ParseFloat(s, 64) },
	"boolean":   func(s string) (any, error) { return strconv.ParseBool(s) },
	"decimal":   func(s string) (any, error) { return decimal.NewFromString(s) },
	"date":      func(s string) (any, error) { return time.Parse(time.DateOnly, s) },
	"timestamp": func(s string) (any, error) { return time.Parse("2006-01-02 15:04:05", s) }, // fractions of any length are read too
}

func whole(s string) (any, error) { return strconv.ParseInt(s, 10, 64) }
