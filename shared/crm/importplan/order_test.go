package importplan_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/crm/csvfile"
	"github.com/dangol/dangol/shared/crm/importplan"
	"github.com/dangol/dangol/shared/crm/order"
)

// orderRows reads rows of "product | quantity | unitPrice | total".
func orderRows(t *testing.T, lines ...string) (out []*importplan.OrderRow) {
	t.Helper()
	p := plan(t, importplan.Orders, "customerExternalId", "orderedAt", "externalId", "productName", "quantity", "unitPrice", "total")
	for _, line := range lines {
		r, problems := p.Row(append([]string{"A-1", "2026-11-22", "O-1"}, strings.Split(line, "|")...))
		if len(problems) > 0 {
			t.Fatalf("%s: %v", line, problems)
		}
		out = append(out, r.Order)
	}
	return out
}

func TestAssemble(t *testing.T) {
	for name, c := range map[string]struct {
		rows []string
		want string
	}{
		"unit prices alone":          {[]string{"tea|2|1000|", "cup|1|500|"}, "2500 KRW: 2 x 1000 tea, 1 x 500 cup"},
		"totals of the rows":         {[]string{"tea|2|1000|2000", "cup|1|500|500"}, "2500 KRW: 2 x 1000 tea, 1 x 500 cup"},
		"the order's total on each":  {[]string{"tea|2|1000|2500", "cup|1|500|2500"}, "2500 KRW: 2 x 1000 tea, 1 x 500 cup"},
		"the order's total once":     {[]string{"tea|2|1000|2500", "cup|1|500|"}, "2500 KRW: 2 x 1000 tea, 1 x 500 cup"},
		"a total alone":              {[]string{"|||2500"}, "2500 KRW: "},
		"a total of one product":     {[]string{"tea|2||2500"}, "2500 KRW: 2 x 1250 tea"},
		"a total with shipping":      {[]string{"tea|2|1000|2500"}, "2500 KRW: 2 x 1000 tea"},
		"row totals without prices":  {[]string{"tea|2||2000", "cup|1||500"}, "2500 KRW: 2 x 1000 tea, 1 x 500 cup"},
		"one total for two products": {[]string{"tea|2||2500", "cup|1||2500"}, "unit_price_missing"},
		"two currencies":             {[]string{"tea|2|1000|", "cup|1|$5|"}, "order_rows_differ"},
	} {
		t.Run(name, func(t *testing.T) {
			o, code := importplan.Assemble(orderRows(t, c.rows...))
			got := code
			if code == "" {
				got = o.Total.Text() + " " + o.Total.Currency + ": " + lineTexts(o.Lines)
			}
			if got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func lineTexts(lines []order.Line) string {
	var out []string
	for _, l := range lines {
		out = append(out, l.Quantity.String()+" x "+l.UnitPrice.Text()+" "+l.Name)
	}
	return strings.Join(out, ", ")
}

func TestKeys(t *testing.T) {
	p := plan(t, importplan.Orders, "customerExternalId", "orderedAt", "externalId", "total")
	row := func(external string) *importplan.OrderRow {
		r, _ := p.Row([]string{"A-1", "2026-11-22", external, "1000"})
		return r.Order
	}
	if got, want := row("O-1").Key("imp_1", 7), "externalId:O-1"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if row("").Key("imp_1", 7) != row("").Key("imp_1", 7) {
		t.Error("a repeated hop would create the order again")
	}
	if row("").Key("imp_1", 7) == row("").Key("imp_1", 8) {
		t.Error("two equal purchases would become one")
	}
}

func TestFailedRowsImportAgainOnceMended(t *testing.T) {
	var file bytes.Buffer
	f, err := importplan.NewFailedRows(&file, []string{"이름", "problem", "이메일"})
	if err != nil {
		t.Fatal(err)
	}
	_ = f.Write([]string{"'=김", "the old problem", "kim@"}, "이메일 주소가 아닙니다.")
	if err := f.Flush(); err != nil {
		t.Fatal(err)
	}
	if got, want := file.String(), "\uFEFF이름,이메일,problem\r\n'=김,kim@,이메일 주소가 아닙니다.\r\n"; got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	mended := bytes.ReplaceAll(file.Bytes(), []byte("kim@"), []byte("kim@example.com"))
	format, err := csvfile.Sniff(mended, true)
	if err != nil {
		t.Fatal(err)
	}
	row, err := csvfile.Open(bytes.NewReader(mended[format.Start.Offset:]), format, format.Start).Next()
	if err != nil {
		t.Fatal(err)
	}
	p, err := importplan.Compile(importplan.Customers, format.Header, importplan.Guess(importplan.Customers, format.Header, [][]string{row.Cells}), defaults)
	if err != nil {
		t.Fatal(err)
	}
	r, problems := p.Row(row.Cells)
	if len(problems) > 0 || r.Customer.Fields.Name != "=김" || r.Customer.Fields.Email != "kim@example.com" {
		t.Errorf("got %+v, %v", r.Customer, problems)
	}
}
