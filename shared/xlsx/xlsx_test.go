package xlsx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
)

func written(t *testing.T, most int, rows ...[]any) map[string]string {
	t.Helper()
	var b bytes.Buffer
	w := NewWriter(&b, "단골/VIP", []string{"name", "orders"})
	w.most = most
	for _, r := range rows {
		if err := w.Row(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return parts(t, b.Bytes())
}

// parts are the files inside, each of which is XML.
func parts(t *testing.T, content []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(bytes.NewReader(text))
		for err == nil {
			_, err = d.Token()
		}
		if err != io.EOF {
			t.Errorf("%s is no XML: %v", f.Name, err)
		}
		out[f.Name] = string(text)
	}
	return out
}

func TestCellsKeepTheirTypes(t *testing.T) {
	sheet := written(t, MaxRows, []any{"=HYPERLINK(1) <&>", 12.5}, []any{nil, int64(7)}, []any{decimal.RequireFromString("-12000.5000"), "KRW"}, []any{true, time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)})["xl/worksheets/sheet1.xml"]
	for _, want := range []string{
		`<c r="A1" t="inlineStr"><is><t xml:space="preserve">name</t></is></c>`,
		`<c r="A2" t="inlineStr"><is><t xml:space="preserve">=HYPERLINK(1) &lt;&amp;&gt;</t></is></c><c r="B2" s="0"><v>12.5</v></c>`,
		`<row r="3"><c r="B3" s="0"><v>7</v></c></row>`, `<c r="A4" s="0"><v>-12000.5</v></c>`, `<c r="A5" t="b"><v>1</v></c><c r="B5" s="1"><v>46083.5</v></c>`,
	} {
		if !strings.Contains(sheet, want) {
			t.Errorf("%s is not in\n%s", want, sheet)
		}
	}
	if strings.Contains(sheet, "<f>") {
		t.Error("there is a formula")
	}
}

func TestWhatASheetCannotHoldGoesOnInTheNext(t *testing.T) {
	in := written(t, 3, []any{"a"}, []any{"b"}, []any{"c"})
	for file, want := range map[string]string{"xl/worksheets/sheet2.xml": `<row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve">name</t>`, "xl/workbook.xml": `name="단골-VIP (2)"`} {
		if !strings.Contains(in[file], want) {
			t.Errorf("%s: %s is not in %s", file, want, in[file])
		}
	}
	if in["xl/worksheets/sheet3.xml"] != "" {
		t.Error("there is a third sheet")
	}
}

func TestAFileWithoutRowsHasItsHeader(t *testing.T) {
	if sheet := written(t, MaxRows)["xl/worksheets/sheet1.xml"]; !strings.Contains(sheet, ">orders<") {
		t.Errorf("got %s", sheet)
	}
}

func TestColumnsAreCalledAsSpreadsheetsCallThem(t *testing.T) {
	for i, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 51: "AZ", 52: "BA", 701: "ZZ", 702: "AAA"} {
		if got := column(i); got != want {
			t.Errorf("%d: got %s, want %s", i, got, want)
		}
	}
}
