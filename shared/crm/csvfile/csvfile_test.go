package csvfile_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/unicode"

	"github.com/dangol/dangol/shared/crm/csvfile"
)

// encodings are the ways in which the same text may be uploaded.
var encodings = map[string]struct {
	codec encoding.Encoding
	want  csvfile.Encoding
}{
	"UTF-8":               {unicode.UTF8, csvfile.UTF8},
	"UTF-8 with BOM":      {unicode.UTF8BOM, csvfile.UTF8},
	"UTF-16 LE":           {unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), csvfile.UTF16LE},
	"UTF-16 BE":           {unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), csvfile.UTF16BE},
	"UTF-16 LE with BOM":  {unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), csvfile.UTF16LE},
	"UTF-16 BE with BOM":  {unicode.UTF16(unicode.BigEndian, unicode.UseBOM), csvfile.UTF16BE},
	"CP949, also EUC-KR":  {korean.EUCKR, csvfile.CP949},
	"UTF-8, ASCII inside": {unicode.UTF8, csvfile.UTF8},
}

func encoded(t interface{ Fatal(...any) }, c encoding.Encoding, text string) []byte {
	b, err := c.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func sniff(file []byte) (csvfile.Format, error) {
	return csvfile.Sniff(file[:min(len(file), csvfile.HeadSize)], len(file) <= csvfile.HeadSize)
}

// read returns each row as "number@line cell|cell" or "number@line !code".
func read(r *csvfile.Reader) (out []string) {
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			return out
		}
		if p := (*csvfile.Problem)(nil); errors.As(err, &p) {
			out = append(out, place(p.Row, p.Line)+"!"+p.Code)
			continue
		}
		if err != nil {
			return append(out, err.Error())
		}
		out = append(out, place(row.Number, row.Line)+strings.Join(row.Cells, "|"))
	}
}

func place(row, line int) string {
	digits := "0123456789"
	return string(digits[row%10]) + "@" + string(digits[line%10]) + " "
}

func readAll(file []byte) ([]string, error) {
	f, err := sniff(file)
	if err != nil {
		return nil, err
	}
	return read(csvfile.Open(bytes.NewReader(file[f.Start.Offset:]), f, f.Start)), nil
}

func TestRowsOfOneFileAreTheSameInEveryEncoding(t *testing.T) {
	text := "고객명,이메일,메모\r\n김단골,kim@example.com,\"첫 줄\r\n둘째 줄, \"\"인용\"\"\"\r\n\r\n이한글,lee@example.com,뷁똠\r\n"
	want := []string{"1@2 김단골|kim@example.com|첫 줄\r\n둘째 줄, \"인용\"", "2@5 이한글|lee@example.com|뷁똠"}
	for name, e := range encodings {
		t.Run(name, func(t *testing.T) {
			file := encoded(t, e.codec, text)
			f, err := sniff(file)
			if err != nil || f.Encoding != e.want {
				t.Fatalf("encoding %q, %v; want %q", f.Encoding, err, e.want)
			}
			got, err := readAll(file)
			if err != nil || strings.Join(got, "\n") != strings.Join(want, "\n") {
				t.Errorf("got %q, %v\nwant %q", got, err, want)
			}
		})
	}
}

func TestRows(t *testing.T) {
	for name, c := range map[string]struct{ file, want string }{
		"line feeds":                    {"a,b\n1,2\n3,4\n", "1@2 1|2\n2@3 3|4"},
		"no end of the last line":       {"a,b\n1,2", "1@2 1|2"},
		"old Mac line ends":             {"a,b\r1,2\r3,4", "1@2 1|2\n2@3 3|4"},
		"semicolons and decimal commas": {"name;price\ntea;1,5\ncup;2,5", "1@2 tea|1,5\n2@3 cup|2,5"},
		"tabs":                          {"a\tb\n1,1\t2\n", "1@2 1,1|2"},
		"Excel's separator line":        {"sep=;\r\na,x;b\r\n1;2\r\n", "1@3 1|2"},
		"one column":                    {"email\na@example.com\n", "1@2 a@example.com"},
		"blank rows do not count":       {"\n\na,b\n\n1,2\n,\n , \n3,4\n\n", "1@5 1|2\n2@8 3|4"},
		"delimiters left behind":        {"a,b\n1,2,,\n", "1@2 1|2"},
		"quotes":                        {"a,b\n\"1\",\"\"\n\"x,\"\"y\"\"\",\"2\" \n", "1@2 1|\n2@3 x,\"y\"|2"},
		"inches":                        {"a,b\n5\" pipe,2\n", "1@2 5\" pipe|2"},
		"too few columns":               {"a,b\n1\n3,4\n", "1@2 !row_column_count\n2@3 3|4"},
		"too many columns":              {"a,b\n1,2,3\n3,4\n", "1@2 !row_column_count\n2@3 3|4"},
		"text behind a quote":           {"a,b\n\"1\"x,2\n3,4\n", "1@2 !row_quote_misplaced\n2@3 3|4"},
		"unclosed quote at the end":     {"a,b\n1,2\n\"3,4\n5,6\n", "1@2 1|2\n2@3 !row_unclosed_quote\n3@4 5|6"},
		"unclosed quote, closed by the next quote": {
			"a,b\n\"1,2\n3,4\n\"5\",6\n", "1@2 !row_quote_misplaced\n2@3 3|4\n3@4 5|6"},
		"a byte that is no UTF-8": {"a,b\n" + strings.Repeat("가나다라마바사아자차카타파하,1\n", 8) + "\xFF,2\n3,4\n",
			strings.Join(append(korean8(), "9@0 !cell_encoding", "0@1 3|4"), "\n")},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := readAll([]byte(c.file))
			if err != nil || strings.Join(got, "\n") != c.want {
				t.Errorf("got  %q, %v\nwant %q", strings.Join(got, "\n"), err, c.want)
			}
		})
	}
}

func korean8() (out []string) {
	for i := range 8 {
		out = append(out, place(i+1, i+2)+"가나다라마바사아자차카타파하|1")
	}
	return out
}

func TestFilesThatAreRefused(t *testing.T) {
	for name, c := range map[string]struct{ file, want string }{
		"nothing":             {"", "file_empty"},
		"blanks":              {" \r\n\r\n", "file_empty"},
		"a mark alone":        {"\uFEFF", "file_empty"},
		"an Excel workbook":   {"PK\x03\x04rest", "file_spreadsheet"},
		"an old workbook":     {"\xD0\xCF\x11\xE0rest", "file_spreadsheet"},
		"a picture":           {"\x89PNG\r\n", "file_binary"},
		"zero bytes":          {"a\x00\x01\x02\x00\x03\x04\x05\x06\x00", "file_binary"},
		"control characters":  {"a\x01\x02\x03,b\n", "file_binary"},
		"another encoding":    {"nom;ville\nJos\xE9;Orl\xE9ans\n", "file_encoding"},
		"rows from the start": {"kim,kim@example.com\n", "file_no_header at line 1"},
		"numbers, no names":   {"1,2,3\n4,5,6\n", "file_no_header at line 1"},
		"501 columns":         {strings.Repeat("a,", 500) + "b\n", "file_too_many_columns at line 1"},
		"a header unclosed":   {"a,\"b\n1,2\n", "row_unclosed_quote at line 1"},
		"no line in sight":    {strings.Repeat("ab,", 40_000), "row_too_large at line 1"},
		"one endless cell":    {strings.Repeat("a", 100_000), "row_too_large at line 1"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := sniff([]byte(c.file))
			if err == nil || err.Error() != c.want {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

func TestHeaderNamesDiffer(t *testing.T) {
	f, err := sniff([]byte(" name ,phone,phone,,\"two\nlines\"\na,1,2,3,4\n"))
	if got, want := strings.Join(f.Header, "|"), "name|phone|phone (2)|#4|two lines"; err != nil || got != want {
		t.Errorf("got %q, %v; want %q", got, err, want)
	}
}
