package csvfile_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"github.com/dangol/dangol/shared/crm/csvfile"
)

// drawn is a file of random rows as a program would write it, with the rows.
func drawn(t *rapid.T) (text string, rows [][]string) {
	columns := rapid.IntRange(1, 5).Draw(t, "columns")
	cell := rapid.StringOfN(rapid.SampledFrom([]rune("ab ,;\t|\"\r\n가힣0")), 0, 6, -1)
	rows = rapid.SliceOfN(rapid.SliceOfN(cell, columns, columns), 0, 8).Draw(t, "rows")
	delimiter := rapid.SampledFrom([]string{",", ";", "\t", "|"}).Draw(t, "delimiter")
	newline := rapid.SampledFrom([]string{"\n", "\r\n", "\r"}).Draw(t, "newline")
	b := strings.Builder{}
	b.WriteString("sep=" + delimiter + newline)
	header := make([]string, columns)
	for i := range header {
		header[i] = fmt.Sprintf("열 %d", i+1)
	}
	kept := rows[:0]
	for i, row := range append([][]string{header}, rows...) {
		quoted := make([]string, len(row))
		for j, c := range row {
			quoted[j] = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
		}
		b.WriteString(strings.Join(quoted, delimiter) + newline)
		if i > 0 && strings.TrimSpace(strings.Join(row, "")) != "" {
			kept = append(kept, row)
		}
	}
	return b.String(), kept
}

// TestEveryFileReadsBackAndResumes: whatever is written, in every encoding, read byte by byte, and from every position between two rows.
func TestEveryFileReadsBackAndResumes(t *testing.T) {
	for name, e := range encodings {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				text, rows := drawn(t)
				file := encoded(t, e.codec, text)
				f, err := sniff(file)
				if err != nil {
					t.Fatalf("sniff %q: %v", text, err)
				}
				at := f.Start
				for i := 0; ; i++ {
					r := csvfile.Open(iotest.OneByteReader(bytes.NewReader(file[at.Offset:])), f, at)
					row, err := r.Next()
					if errors.Is(err, io.EOF) {
						if i != len(rows) {
							t.Fatalf("%d rows, want %d", i, len(rows))
						}
						return
					}
					if err != nil || i >= len(rows) || strings.Join(row.Cells, "\x00") != strings.Join(rows[i], "\x00") || row.Number != i+1 {
						t.Fatalf("row %d: %q, %v in %q", i, row.Cells, err, text)
					}
					at = r.Position()
				}
			})
		})
	}
}

func FuzzReader(f *testing.F) {
	f.Add([]byte("a,b\n1,\"2\n3\"\r\n\"x\"y,\n"))
	f.Add([]byte("\xFF\xFEa\x00,\x00b\x00\n\x001\x00,\x002\x00"))
	f.Add([]byte("\xb0\xed\xb0\xb4,b\n\xb0\xa1,1\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		format, err := sniff(file)
		if err != nil {
			return
		}
		r := csvfile.Open(bytes.NewReader(file[format.Start.Offset:]), format, format.Start)
		for before := r.Offset(); ; before = r.Offset() {
			_, err := r.Next()
			if errors.Is(err, io.EOF) {
				return
			}
			if p := (*csvfile.Problem)(nil); err != nil && !errors.As(err, &p) {
				t.Fatalf("an error that is no problem of a row: %v", err)
			}
			if r.Offset() <= before && r.Offset() < int64(len(file)) || r.Offset() > int64(len(file)) {
				t.Fatalf("the offset went from %d to %d of %d", before, r.Offset(), len(file))
			}
		}
	})
}

// cellOf is a file whose second row has a cell of a size, made as it is read.
func cellOf(size int64, before, after string) io.Reader {
	return io.MultiReader(strings.NewReader(before), io.LimitReader(forever('x'), size), strings.NewReader(after))
}

type forever byte

func (f forever) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = byte(f)
	}
	return len(b), nil
}

func TestHugeCellsAndRowsAreRefusedWithoutHoldingThem(t *testing.T) {
	f := csvfile.Format{Encoding: csvfile.UTF8, Delimiter: ",", Header: []string{"a", "b"}, Start: csvfile.Position{Line: 1}}
	for name, c := range map[string]struct {
		file io.Reader
		want string
	}{
		"bare":     {cellOf(100<<20, "1,2\n3,", "\n5,6\n"), "1@1 1|2\n2@2 !cell_too_large\n3@3 5|6"},
		"quoted":   {cellOf(100<<20, "1,2\n3,\"", "\"\n5,6\n"), "1@1 1|2\n2@2 !cell_too_large\n3@3 5|6"},
		"unclosed": {cellOf(100<<20, "1,2\n3,\"4\n", "\n5,6\n"), "1@1 1|2\n2@2 !row_unclosed_quote\n3@3 !cell_too_large\n4@4 5|6"},
		"many":     {strings.NewReader("1,2\n" + strings.Repeat("3,", 600_000) + "\n5,6\n"), "1@1 1|2\n2@2 !row_too_large\n3@3 5|6"},
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			got := strings.Join(read(csvfile.Open(c.file, f, f.Start)), "\n")
			runtime.ReadMemStats(&after)
			if got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
			if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 12 {
				t.Errorf("allocated %d MB in all, want at most 12", used)
			}
		})
	}
}

func TestAReaderThatFailsLeavesThePositionBeforeTheRow(t *testing.T) {
	f := csvfile.Format{Encoding: csvfile.UTF8, Delimiter: ",", Header: []string{"a", "b"}, Start: csvfile.Position{Line: 1}}
	broken := errors.New("connection reset")
	r := csvfile.Open(io.MultiReader(strings.NewReader("1,2\n3,"), iotest.ErrReader(broken)), f, f.Start)
	if _, err := r.Next(); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Next(); !errors.Is(err, broken) || r.Offset() != 4 {
		t.Errorf("got %v at %d, want %v at 4", err, r.Offset(), broken)
	}
}

func BenchmarkReader(b *testing.B) {
	row := "C-100234,김단골,kim.dangol@example.com,010-1234-5678,1984-02-29,female,서울특별시,종로구,12500,2026-11-22\n"
	text := "a,b,c,d,e,f,g,h,i,j\n" + strings.Repeat(row, 20_000)
	for _, name := range []string{"UTF-8", "UTF-16 LE", "CP949, also EUC-KR"} {
		b.Run(name, func(b *testing.B) {
			file := encoded(b, encodings[name].codec, text)
			f, err := sniff(file)
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(file)))
			for b.Loop() {
				r := csvfile.Open(bytes.NewReader(file[f.Start.Offset:]), f, f.Start)
				for _, err = r.Next(); err == nil; _, err = r.Next() {
				}
			}
			b.ReportMetric(20_000*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
