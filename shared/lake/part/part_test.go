package part_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/dictionary"
	"github.com/dangol/dangol/shared/lake/part"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 123_000_000, time.UTC)

// sample is a row of the subject with a value in every column.
func sample(s dictionary.Subject, n int) lake.Row {
	r := lake.Row{Subject: s.Name, ID: fmt.Sprintf("id_%07d", n), Version: int64(n + 1), At: noon.Add(time.Duration(n) * time.Second)}
	for _, c := range s.Columns()[len(dictionary.Kept()):] {
		r.Cells = append(r.Cells, lake.Cell{Column: c.Name, Value: map[dictionary.Type]any{
			dictionary.Text: fmt.Sprintf("글 %d", n%7), dictionary.Integer: int64(-n), dictionary.Money: lake.Units(125000 + n), dictionary.Number: float64(n) / 4,
			dictionary.Date: "1969-12-30", dictionary.Moment: noon, dictionary.Bool: n%2 == 0, dictionary.List: []string{"vip", "책모임"},
		}[c.Type]})
	}
	return r
}

func write(t testing.TB, subject string, columns part.Columns, rows []lake.Row) part.Written {
	t.Helper()
	w, err := part.Create(filepath.Join(t.TempDir(), "part.parquet"), subject, columns)
	if err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		if err := w.Add(&rows[i]); err != nil {
			t.Fatal(err)
		}
	}
	done, err := w.Close()
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func readAll(t testing.TB, path, subject string) (columns part.Columns, rows []lake.Row) {
	t.Helper()
	r, err := part.Open(path, subject)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}()
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			return r.Columns, rows
		}
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
}

func columnsOf(t testing.TB, subject string, others []part.Columns, rows []lake.Row) part.Columns {
	t.Helper()
	columns, err := part.ColumnsOf(subject, others, rows)
	if err != nil {
		t.Fatal(err)
	}
	return columns
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	for _, s := range dictionary.Subjects() {
		full, bare := sample(s, 1), lake.Row{Subject: s.Name, ID: "id_2", Version: 7, At: noon, Gone: true}
		rows := []lake.Row{full, bare}
		columns := columnsOf(t, s.Name, nil, rows)
		done := write(t, s.Name, columns, rows)
		info, err := os.Stat(done.Path)
		if err != nil || info.Size() != done.Bytes || done.Rows != 2 || done.First != lake.PlaceOf(&full).Sort || done.Last != lake.PlaceOf(&bare).Sort || len(done.Hash) != 64 {
			t.Errorf("%s: got %+v, %v", s.Name, done, err)
		}
		found, got := readAll(t, done.Path, s.Name)
		if !slices.Equal(found, columns) || !slices.Equal(found, part.Columns(s.Columns())) {
			t.Errorf("%s: got the columns %v, want %v", s.Name, found, columns)
		}
		if !reflect.DeepEqual(got, rows) {
			t.Errorf("%s:\ngot  %v\nwant %v", s.Name, got, rows)
		}
		if again := write(t, s.Name, columns, rows); again.Hash != done.Hash {
			t.Errorf("%s: the same rows are another file", s.Name)
		}
	}
}

// TestAFileOfManyGroups is read as it was written, and a file of none too.
func TestAFileOfManyGroups(t *testing.T) {
	s, _ := dictionary.Find("scores")
	for _, n := range []int{0, 1, 255, 256, 50_000, 120_001} {
		rows := make([]lake.Row, n)
		for i := range rows {
			rows[i] = sample(s, i)
		}
		_, got := readAll(t, write(t, s.Name, columnsOf(t, s.Name, nil, nil), rows).Path, s.Name)
		if len(got) != n || n > 0 && (!reflect.DeepEqual(got[n-1], rows[n-1]) || !reflect.DeepEqual(got[n/2], rows[n/2])) {
			t.Errorf("of %d rows: got %d", n, len(got))
		}
	}
}

// TestCustomColumns: a file has those of the files that it takes the place of, and of its rows; what is of several types is text.
func TestCustomColumns(t *testing.T) {
	row := func(id string, cells ...lake.Cell) lake.Row {
		return lake.Row{Subject: "customers", ID: id, Version: 1, At: noon, Cells: cells}
	}
	first := []lake.Row{row("a", lake.Cell{Column: "custom.size", Value: 42.5}, lake.Cell{Column: "custom.vip", Value: true},
		lake.Cell{Column: "custom.credit.amount", Value: lake.Units(-5000)}, lake.Cell{Column: "custom.credit.currency", Value: "KRW"}, lake.Cell{Column: "custom.shops", Value: []string{"합정", "망원"}})}
	was, _ := readAll(t, write(t, "customers", columnsOf(t, "customers", nil, first), first).Path, "customers")
	next := []lake.Row{row("b", lake.Cell{Column: "custom.size", Value: "large"}, lake.Cell{Column: "custom.age", Value: 7.0}, lake.Cell{Column: "unknown", Value: "x"})}
	columns := columnsOf(t, "customers", []part.Columns{was}, next)
	var custom []string
	for _, c := range columns[len(columns)-6:] {
		custom = append(custom, c.Name+" "+string(c.Type))
	}
	if want := []string{"custom.age number", "custom.credit.amount money", "custom.credit.currency text", "custom.shops list", "custom.size text", "custom.vip bool"}; !slices.Equal(custom, want) {
		t.Errorf("got %q, want %q", custom, want)
	}
	_, got := readAll(t, write(t, "customers", columns, append(first, next...)).Path, "customers")
	want := [][]lake.Cell{
		{{Column: "custom.credit.amount", Value: lake.Units(-5000)}, {Column: "custom.credit.currency", Value: "KRW"}, {Column: "custom.shops", Value: []string{"합정", "망원"}},
			{Column: "custom.size", Value: "42.5"}, {Column: "custom.vip", Value: true}},
		{{Column: "custom.age", Value: 7.0}, {Column: "custom.size", Value: "large"}},
	}
	for i := range want {
		if !reflect.DeepEqual(got[i].Cells, want[i]) {
			t.Errorf("got %v, want %v", got[i].Cells, want[i])
		}
	}
	mixed := columnsOf(t, "customers", nil, []lake.Row{row("a", lake.Cell{Column: "custom.x", Value: []string{"a", "b"}}), row("b", lake.Cell{Column: "custom.x", Value: true}), row("c", lake.Cell{Column: "custom.x", Value: lake.Units(15000)})})
	if got := mixed[len(mixed)-1]; got != (dictionary.Column{Name: "custom.x", Type: dictionary.Text}) {
		t.Errorf("a field of several types: got %v", got)
	}
	if _, err := part.ColumnsOf("tickets", nil, nil); err == nil {
		t.Error("a subject that nobody knows has columns")
	}
}

func TestWhatIsNoPartIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.parquet")
	if err := os.WriteFile(path, []byte("PAR1, or so it says"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := part.Open(path, "customers"); err == nil {
		t.Error("a file that is no part was opened")
	}
}

// BenchmarkParts writes and reads customers with all their columns; a row is an op.
func BenchmarkParts(b *testing.B) {
	s, _ := dictionary.Find("customers")
	rows := make([]lake.Row, 1000)
	for i := range rows {
		rows[i] = sample(s, i)
	}
	columns := columnsOf(b, s.Name, nil, nil)
	var path string
	b.Run("write", func(b *testing.B) {
		w, err := part.Create(filepath.Join(b.TempDir(), "part.parquet"), s.Name, columns)
		if err != nil {
			b.Fatal(err)
		}
		for i := range b.N {
			if err := w.Add(&rows[i%len(rows)]); err != nil {
				b.Fatal(err)
			}
		}
		if _, err := w.Close(); err != nil {
			b.Fatal(err)
		}
	})
	path = write(b, s.Name, columns, rows).Path
	b.Run("read", func(b *testing.B) {
		for i := 0; i < b.N; i += len(rows) {
			readAll(b, path, s.Name)
		}
	})
}

// TestTheOrderOfCellsIsNoMatter, nor is a column that comes twice: the first one holds.
func TestTheOrderOfCellsIsNoMatter(t *testing.T) {
	s, _ := dictionary.Find("customers")
	full := sample(s, 1)
	full.Cells = append(full.Cells, lake.Cell{Column: "custom.size", Value: 42.5})
	mixed := full
	mixed.Cells = slices.Clone(full.Cells)
	slices.Reverse(mixed.Cells)
	mixed.Cells = append(mixed.Cells, lake.Cell{Column: "name", Value: "again"}, lake.Cell{Column: "tags", Value: []string{"again"}}, lake.Cell{Column: "custom.size", Value: 1.0})
	columns := columnsOf(t, s.Name, nil, []lake.Row{full})
	want := write(t, s.Name, columns, []lake.Row{full, full})
	if got := write(t, s.Name, columns, []lake.Row{mixed, mixed}); got.Hash != want.Hash {
		_, rows := readAll(t, got.Path, s.Name)
		t.Errorf("another file: %v", rows)
	}
}
