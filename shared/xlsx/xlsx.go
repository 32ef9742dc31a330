// Package xlsx writes a spreadsheet of plain rows as Office Open XML (ECMA-376), in a stream: no row is held, so that a million of them need no more memory than one.
//
// Texts are inline strings, which no spreadsheet takes for a formula, whatever they begin with. Numbers, yes and no, and moments are cells of those types.
package xlsx

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// MaxRows is how many rows a sheet holds; what is more goes on in the next one, under the header again. MaxText is how many characters a cell holds: the rest is cut.
// Both are the limits of Excel.
const (
	MaxRows = 1_048_576
	MaxText = 32_767
)

// Writer writes one file.
type Writer struct {
	zip    *zip.Writer
	out    *bufio.Writer // the sheet that is being written, nil before the first
	name   string
	header []any
	sheets int
	rows   int // of the sheet
	most   int
}

// NewWriter begins a file whose sheets are called after name and begin with a header.
func NewWriter(to io.Writer, name string, header []string) *Writer {
	w := &Writer{zip: zip.NewWriter(to), name: sheetName(name), most: MaxRows}
	for _, h := range header {
		w.header = append(w.header, h)
	}
	return w
}

// Row adds a row of string, float64, int64, decimal.Decimal, bool, time.Time (shown in UTC) or nil.
func (w *Writer) Row(cells []any) error {
	if w.out == nil || w.rows >= w.most {
		if err := w.next(); err != nil {
			return err
		}
	}
	return w.row(cells)
}

// next ends the sheet and begins another with the header.
func (w *Writer) next() error {
	if err := w.end(); err != nil {
		return err
	}
	w.sheets++
	f, err := w.zip.Create("xl/worksheets/sheet" + strconv.Itoa(w.sheets) + ".xml")
	if err != nil {
		return err
	}
	w.out, w.rows = bufio.NewWriterSize(f, 64<<10), 0
	_, _ = w.out.WriteString(xml.Header + `<worksheet xmlns="` + main + `"><sheetData>`) // its error is that of the row
	return w.row(w.header)
}

func (w *Writer) end() error {
	if w.out == nil {
		return nil
	}
	_, _ = w.out.WriteString("</sheetData></worksheet>")
	return w.out.Flush()
}

func (w *Writer) row(cells []any) error {
	w.rows++
	_, _ = w.out.WriteString(`<row r="` + strconv.Itoa(w.rows) + `">`)
	for i, c := range cells {
		w.cell(column(i)+strconv.Itoa(w.rows), c)
	}
	_, err := w.out.WriteString("</row>")
	return err
}

// The cell formats of styles.
const (
	general = iota
	momentStyle
)

func (w *Writer) cell(at string, v any) {
	switch v := v.(type) {
	case string:
		if v != "" {
			_, _ = w.out.WriteString(`<c r="` + at + `" t="inlineStr"><is><t xml:space="preserve">`)
			_ = xml.EscapeText(w.out, []byte(cut(v)))
			_, _ = w.out.WriteString("</t></is></c>")
		}
	case bool:
		_, _ = w.out.WriteString(`<c r="` + at + `" t="b"><v>` + map[bool]string{true: "1", false: "0"}[v] + "</v></c>")
	case float64:
		w.number(at, v, general)
	case int64:
		w.number(at, float64(v), general)
	case decimal.Decimal:
		w.figure(at, v.String(), general)
	case time.Time:
		w.number(at, serial(v), momentStyle)
	}
}

func (w *Writer) number(at string, v float64, style int) {
	w.figure(at, strconv.FormatFloat(v, 'g', -1, 64), style)
}

func (w *Writer) figure(at, digits string, style int) {
	_, _ = w.out.WriteString(`<c r="` + at + `" s="` + strconv.Itoa(style) + `"><v>` + digits + "</v></c>")
}

// serial counts days since the last of 1899, which from March 1900 on is what spreadsheets count (ECMA-376 part 1, 18.17.4.1).
func serial(t time.Time) float64 {
	return t.UTC().Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24
}

func cut(s string) string {
	if utf8.RuneCountInString(s) <= MaxText {
		return s
	}
	return string([]rune(s)[:MaxText])
}

// column names a column by its place: A to Z, AA and so on.
func column(i int) (name string) {
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}

// sheetName keeps what a sheet may be called, and room for a number.
func sheetName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`[]:*?/\'`, r) {
			return '-'
		}
		return r
	}, name)
	if r := []rune(name); len(r) > 25 {
		name = string(r[:25])
	}
	if strings.TrimSpace(name) == "" {
		name = "Sheet"
	}
	return name
}

// Close ends the file. One without rows has its header.
func (w *Writer) Close() error {
	if w.out == nil {
		if err := w.next(); err != nil {
			return err
		}
	}
	if err := w.end(); err != nil {
		return err
	}
	for _, f := range w.frame() {
		to, err := w.zip.Create(f.path)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(to, xml.Header+f.text); err != nil {
			return err
		}
	}
	return w.zip.Close()
}

// The namespaces of the parts.
const (
	main          = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packages      = "http://schemas.openxmlformats.org/package/2006/"
	sheetsType    = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

type file struct{ path, text string }

// frame are the parts around the sheets.
func (w *Writer) frame() []file {
	var types, sheets, related strings.Builder
	for n := 1; n <= w.sheets; n++ {
		name := w.name
		if n > 1 {
			name += fmt.Sprintf(" (%d)", n)
		}
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>`, n, sheetsType)
		sheets.WriteString(`<sheet name="`)
		_ = xml.EscapeText(&sheets, []byte(name))
		fmt.Fprintf(&sheets, `" sheetId="%d" r:id="rId%d"/>`, n, n)
		fmt.Fprintf(&related, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, n, relationships, n)
	}
	return []file{
		{"xl/workbook.xml", `<workbook xmlns="` + main + `" xmlns:r="` + relationships + `"><sheets>` + sheets.String() + "</sheets></workbook>"},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="` + packages + `relationships">` + related.String() +
			fmt.Sprintf(`<Relationship Id="rId%d" Type="%s/styles" Target="styles.xml"/></Relationships>`, w.sheets+1, relationships)},
		{"xl/styles.xml", `<styleSheet xmlns="` + main + `"><fonts count="1"><font/></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
			`<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>`},
		{"_rels/.rels", `<Relationships xmlns="` + packages + `relationships"><Relationship Id="rId1" Type="` + relationships + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"[Content_Types].xml", `<Types xmlns="` + packages + `content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="` + sheetsType + `sheet.main+xml"/>` +
			`<Override PartName="/xl/styles.xml" ContentType="` + sheetsType + `styles+xml"/>` + types.String() + "</Types>"},
	}
}
