// Package dictionary says what stands in a tenant's lake: its subjects, and of every field the type, the meaning in Korean and English, the unit, where the
// value comes from and whether it is about a person. docs/lake.md is written from it; the writer of the files takes its columns from here.
package dictionary

import (
	"fmt"
	"slices"
	"sync"
)

// Type is what a column holds. The comment names the type of Parquet, and that of DuckDB where it is called otherwise.
type Type string

// The types.
const (
	Text    Type = "text"    // STRING; VARCHAR
	Integer Type = "integer" // INT64; BIGINT
	Money   Type = "money"   // DECIMAL(18,4), the amount; the currency (ISO 4217) stands in a column of its own
	Number  Type = "number"  // DOUBLE
	Date    Type = "date"    // DATE: a day of no zone
	Moment  Type = "moment"  // TIMESTAMP(ms, UTC)
	Bool    Type = "bool"    // BOOLEAN
	List    Type = "list"    // LIST of STRING; VARCHAR[]
)

// Types lists them.
func Types() []Type { return []Type{Text, Integer, Money, Number, Date, Moment, Bool, List} }

// Meaning is a sentence or a few words in both languages.
type Meaning struct{ Korean, English string }

// In is the meaning in a language: ko, or English for all others.
func (m Meaning) In(language string) string {
	if language == "ko" {
		return m.Korean
	}
	return m.English
}

// Field is one field of a subject. One of money is two columns: <name>.amount and <name>.currency.
type Field struct {
	Name    string // as the API names it, nested fields with a dot
	Type    Type
	Meaning Meaning
	Unit    string // "" where there is none: texts, yes or no
	Source  string // the record that it is read from, or who computes it
	PII     bool   // it is about a person, or leads to one without other records
}

// Subject is a table of the lake. Every row has the columns of Kept besides its fields.
type Subject struct {
	Name    string
	Meaning Meaning
	// Partitioned by month (UTC) of the field By; else all rows are one partition.
	Partitioned bool
	By          string
	// Sort is by which columns the rows of a partition stand in order; the last one is the id.
	Sort   []string
	Fields []Field
}

// Column is a column of a file.
type Column struct {
	Name string
	Type Type
}

// Kept are the columns of every row, before those of its subject.
func Kept() []Field {
	return []Field{
		{"id", Text, Meaning{"레코드 ID. 다시 쓰이지 않아요", "Id of the record, never used again"}, "", "the record's key", false},
		{"_v", Integer, Meaning{"레코드 버전. 같은 ID에서는 가장 큰 값이 맞아요", "Version of the record: of one id the highest one holds"}, "", "the table engine", false},
		{"_at", Moment, Meaning{"바뀐 시각", "When it changed"}, "UTC, ms", "the change", false},
		{"_gone", Bool, Meaning{"지워졌는지", "Whether it was removed"}, "", "the change", false},
	}
}

var subjects = sync.OnceValue(func() []Subject {
	return []Subject{customers(), leads(), orders(), orderLines(), campaigns(), campaignStates(), messages(), responses(), consents(), events(), scores(), memberships(), segmentSizes()}
})

// Subjects lists the subjects. The slices are shared: nobody may change them.
func Subjects() []Subject { return subjects() }

// Find returns a subject by its name.
func Find(name string) (Subject, bool) {
	all := subjects()
	if i := slices.IndexFunc(all, func(s Subject) bool { return s.Name == name }); i >= 0 {
		return all[i], true
	}
	return Subject{}, false
}

// Columns are those of every file of the subject, in their order: the kept ones, then its fields. Custom fields come behind them.
func (s Subject) Columns() []Column { return ColumnsOf(append(Kept(), s.Fields...)) }

// ColumnsOf writes fields out as columns.
func ColumnsOf(fields []Field) (out []Column) {
	for _, f := range fields {
		if f.Type != Money {
			out = append(out, Column{f.Name, f.Type})
			continue
		}
		out = append(out, Column{Amount(f.Name), Money}, Column{Currency(f.Name), Text})
	}
	return out
}

// Amount and Currency name the two columns of a field of money.
func Amount(field string) string { return field + ".amount" }

// Currency is described with Amount.
func Currency(field string) string { return field + ".currency" }

// Items names the column in which the lists of a custom field stand: a key may hold a list in one record and a text in another, and neither is the other.
func Items(field string) string { return field + ".items" }

// DuckDB names the type as DuckDB reads it.
func (t Type) DuckDB() string {
	name, ok := map[Type]string{Text: "VARCHAR", Integer: "BIGINT", Money: "DECIMAL(18,4)", Number: "DOUBLE", Date: "DATE", Moment: "TIMESTAMP", Bool: "BOOLEAN", List: "VARCHAR[]"}[t]
	if !ok {
		panic(fmt.Sprintf("dictionary: %q is no type", string(t))) // a programming error
	}
	return name
}
