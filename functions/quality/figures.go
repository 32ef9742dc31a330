package quality

import (
	"context"

	"github.com/dangol/dangol/shared/lake/quality"
)

// Figures are how good the customers' data is.
type Figures struct {
	Customers   int64             `json:"customers" doc:"Those who are not archived."`
	StaleMonths int               `json:"staleMonths"`
	Sources     []SourceFigures   `json:"sources" doc:"By how the customers came."`
	Fields      []FieldFigures    `json:"fields"`
	Duplicates  DuplicatesFigures `json:"duplicates"`
}

// SourceFigures are the customers of one source.
type SourceFigures struct {
	Source    quality.Source `json:"source" enum:"import,api,console,lead,sample,other"`
	Customers int64          `json:"customers"`
	Stale     int64          `json:"stale" doc:"Neither changed nor active for staleMonths."`
}

// FieldFigures are one field of the customers of one source.
type FieldFigures struct {
	Field   string         `json:"field"`
	Source  quality.Source `json:"source" enum:"import,api,console,lead,sample,other"`
	Filled  int64          `json:"filled" doc:"Customers who have a value."`
	Invalid int64          `json:"invalid" doc:"Those of them whose value cannot be right."`
}

// DuplicatesFigures count records that are likely to be one person.
type DuplicatesFigures struct {
	Groups    int64 `json:"groups"`
	Customers int64 `json:"customers" doc:"Customers in any group."`
}

func (f *Feature) read(ctx context.Context, in *StaleInput) (*struct{ Body Figures }, error) {
	v, err := f.view(ctx, in.StaleMonths)
	if err != nil {
		return nil, err
	}
	rows, err := v.rows(ctx, quality.Figures(v.World))
	if err != nil {
		return nil, err
	}
	out := &struct{ Body Figures }{Figures{StaleMonths: in.StaleMonths, Sources: []SourceFigures{}, Fields: []FieldFigures{}}}
	for _, row := range rows {
		out.Body.add(row)
	}
	counted, err := v.rows(ctx, quality.DuplicateCount())
	for _, row := range counted {
		out.Body.Duplicates = DuplicatesFigures{Groups: number(row[0]), Customers: number(row[1])}
	}
	return out, err
}

// add adds a row of quality.Figures.
func (f *Figures) add(row []any) {
	name, _ := row[0].(string)
	source := quality.Source(name)
	f.Customers += number(row[1])
	f.Sources = append(f.Sources, SourceFigures{source, number(row[1]), number(row[2])})
	for i, field := range quality.Fields() {
		f.Fields = append(f.Fields, FieldFigures{field, source, number(row[3+2*i]), number(row[4+2*i])})
	}
}

func number(v any) int64 {
	n, _ := v.(int64)
	return n
}
