package importplan_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/importplan"
)

var seoul = time.FixedZone("KST", 9*3600)

var defaults = importplan.Defaults{Country: "KR", Currency: "KRW", Zone: seoul}

// plan maps every column to the field of its own name.
func plan(t testing.TB, k importplan.Kind, fields ...string) *importplan.Plan {
	t.Helper()
	m := importplan.Mapping{}
	for _, f := range fields {
		m[f] = f
	}
	p, err := importplan.Compile(k, fields, m, defaults)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func codes(problems []importplan.Problem) string {
	var out []string
	for _, p := range problems {
		out = append(out, p.Column+":"+p.Code)
	}
	return strings.Join(out, " ")
}

func TestDates(t *testing.T) {
	p := plan(t, importplan.Orders, "customerExternalId", "orderedAt", "total")
	for cell, want := range map[string]string{
		"2026-11-22":                "2026-11-21T15:00:00Z",
		"2026.11.22":                "2026-11-21T15:00:00Z",
		"2026. 11. 22.":             "2026-11-21T15:00:00Z",
		"2026/1/2":                  "2026-01-01T15:00:00Z",
		"20261122":                  "2026-11-21T15:00:00Z",
		"2026년 11월 22일":             "2026-11-21T15:00:00Z",
		"2026-11-22 (일)":            "2026-11-21T15:00:00Z",
		"2026-11-22 14:05":          "2026-11-22T05:05:00Z",
		"2026-11-22T14:05:06Z":      "2026-11-22T14:05:06Z",
		"2026-11-22T14:05:06+01:00": "2026-11-22T13:05:06Z",
		"2026-11-22 14:05:06.123":   "2026-11-22T05:05:06Z",
		"2026. 11. 22. 오후 2:05":     "2026-11-22T05:05:00Z",
		"2026-11-22 오전 12:30:00":    "2026-11-21T15:30:00Z",
		"2026년 11월 22일 14시 5분":      "2026-11-22T05:05:00Z",
		"20261122140506":            "2026-11-22T05:05:06Z",
		"11/22/2026":                "2026-11-21T15:00:00Z",
		"22/11/2026":                "2026-11-21T15:00:00Z",
		"11/22/2026 2:05 PM":        "2026-11-22T05:05:00Z",
		"22 Nov 2026":               "2026-11-21T15:00:00Z",
		"November 22, 2026":         "2026-11-21T15:00:00Z",
		"46348":                     "2026-11-21T15:00:00Z",
		"46348.5":                   "2026-11-22T03:00:00Z",
		"２０２６-11-22":                "2026-11-21T15:00:00Z",
		"03/04/2026":                "orderedAt:date_invalid",
		"2026-02-30":                "orderedAt:date_invalid",
		"2026-11-22 25:00":          "orderedAt:date_invalid",
		"2026-11-22 오후 14:00":       "orderedAt:date_invalid",
		"26-11-22":                  "orderedAt:date_invalid",
		"어제":                        "orderedAt:date_invalid",
	} {
		r, problems := p.Row([]string{"A-1", cell, "1"})
		got := codes(problems)
		if got == "" {
			got = r.Order.OrderedAt.Format(time.RFC3339)
		}
		if got != want {
			t.Errorf("%q: got %s, want %s", cell, got, want)
		}
	}
}

func TestAmounts(t *testing.T) {
	p := plan(t, importplan.Orders, "customerExternalId", "orderedAt", "total", "currency")
	for in, want := range map[string]string{
		"12500":              "12500 KRW",
		"12,500":             "12500 KRW",
		"₩12,500":            "12500 KRW",
		"12,500원":            "12500 KRW",
		"￦ 12,500":           "12500 KRW",
		"-₩1,000":            "-1000 KRW",
		"(1,000)":            "-1000 KRW",
		"$12.50":             "12.50 USD",
		"USD 12.50":          "12.50 USD",
		"12.50 usd":          "12.50 USD",
		"€9.99":              "9.99 EUR",
		"12.50|USD":          "12.50 USD",
		"$12.50|CAD":         "12.50 CAD",
		"1,000|원":            "1000 KRW",
		"₩1,000|USD":         "total:currency_mixed",
		"10|XYZ":             "currency:currency_unknown",
		"1,00":               "total:money_invalid",
		"1.000,00":           "total:money_invalid",
		"만원":                 "total:money_invalid",
		"1.23456":            "total:money_invalid",
		"9999999999999":      "total:money_invalid",
		"":                   "total:required_missing",
		"1e5":                "total:money_invalid",
		"1,234,567.89|USD":   "1234567.89 USD",
		"1,234,567.89 | USD": "1234567.89 USD",
	} {
		cell, code, _ := strings.Cut(in, "|")
		r, problems := p.Row([]string{"A-1", "2026-11-22", cell, code})
		got := codes(problems)
		if got == "" {
			got = r.Order.Total.Text() + " " + r.Order.Total.Currency
		}
		if got != want {
			t.Errorf("%q: got %s, want %s", in, got, want)
		}
	}
}

func TestCustomerRows(t *testing.T) {
	p := plan(t, importplan.Customers, "externalId", "name", "email", "phone", "birthDate", "gender", "kind", "address.country", "tags", "custom.size", "consent.email.marketing")
	for name, c := range map[string]struct{ row, want string }{
		"everything": {"A-1|김단골|KIM@example.com|010-1234-5678|1984.2.29|남|기업|한국|VIP; 단골,vip|270|동의",
			"A-1 김단골 kim@example.com +821012345678 1984-02-29 male business KR [VIP 단골] map[size:270] email.marketing=granted"},
		"blank cells say nothing": {"|김단골||||||||| ", "김단골 []"},
		"refusal of marketing":    {"|김단골|||||||||수신거부", "김단골 [] email.marketing=withdrawn"},
		"a guarded cell":          {"|'=김단골|||||||||", "=김단골 []"},
		"nobody":                  {"|||||여|||||", ":customer_unidentified"},
		"every cell wrong": {"|" + strings.Repeat("가", 201) + "|kim@|12|1984-02-30|?|친구|Utopia|||maybe",
			"birthDate:date_invalid kind:option_unknown consent.email.marketing:yes_no_invalid name:value_too_long email:email_invalid phone:phone_invalid gender:option_unknown address.country:country_unknown"},
		"one wrong cell is one problem": {"||kim@|||||||| ", "email:email_invalid"},
	} {
		t.Run(name, func(t *testing.T) {
			r, problems := p.Row(strings.Split(c.row, "|"))
			got := codes(problems)
			if got == "" {
				got = summary(r.Customer)
			}
			if got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func summary(r *importplan.CustomerRow) string {
	f := r.Fields
	out := []string{f.ExternalID, f.Name, f.Email, f.Phone, f.BirthDate, f.Gender, string(f.Kind), f.Address.Country, fmt.Sprint(f.Tags)}
	if f.Custom != nil {
		out = append(out, fmt.Sprint(f.Custom))
	}
	for _, c := range r.Consents {
		out = append(out, string(c.Channel)+"."+string(c.Purpose)+"="+string(c.State))
	}
	return strings.Join(strings.Fields(strings.Join(out, " ")), " ")
}

func TestAProblemShowsItsCell(t *testing.T) {
	p := plan(t, importplan.Customers, "name", "email")
	_, problems := p.Row([]string{"Kim", "kim@@example"})
	if len(problems) != 1 || problems[0].Value != "kim@@example" || problems[0].Column != "email" {
		t.Errorf("got %+v", problems)
	}
}

func TestOntoKeepsWhatARowDoesNotSay(t *testing.T) {
	was := customer.Fields{Kind: customer.Business, Name: "Kim", Email: "a@example.com", Tags: []string{"x"}, Custom: map[string]any{"a": "1"}}
	p := plan(t, importplan.Customers, "name", "email", "tags", "custom.b")
	r, _ := p.Row([]string{"Lee", "", "y", "2"})
	got := summary(&importplan.CustomerRow{Fields: r.Customer.Onto(was)})
	if want := "Lee a@example.com business [x y] map[a:1 b:2]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestLeadRows(t *testing.T) {
	p := plan(t, importplan.Leads, "name", "phone", "status")
	r, problems := p.Row([]string{"Kim", "010 1234 5678", "진행 중"})
	if len(problems) > 0 || r.Lead.Phone != "+821012345678" || r.Lead.Status != "working" {
		t.Errorf("got %+v, %v", r.Lead, problems)
	}
	_, problems = p.Row([]string{"", "12", "converted"})
	if got, want := codes(problems), "status:option_unknown phone:phone_invalid"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestCompileRefusesMappingsThatCannotWork(t *testing.T) {
	for name, c := range map[string]struct {
		kind importplan.Kind
		m    importplan.Mapping
		want string
	}{
		"good":             {importplan.Customers, importplan.Mapping{"a": "email", "b": ""}, ""},
		"unknown field":    {importplan.Customers, importplan.Mapping{"a": "email", "b": "shoe"}, "/mapping/b:mapping_field_unknown"},
		"custom key":       {importplan.Customers, importplan.Mapping{"a": "email", "b": "custom.Shoe"}, "/mapping/b:mapping_field_unknown"},
		"custom of orders": {importplan.Orders, importplan.Mapping{"a": "customerExternalId", "b": "orderedAt", "c/d": "custom.x"}, "/mapping/c~1d:mapping_field_unknown /mapping:mapping_required_missing"},
		"field twice":      {importplan.Customers, importplan.Mapping{"a": "email", "b": "email"}, "/mapping/b:mapping_field_repeated"},
		"unknown column":   {importplan.Customers, importplan.Mapping{"a": "email", "z": "name"}, "/mapping/z:mapping_column_unknown"},
		"nobody":           {importplan.Customers, importplan.Mapping{"a": "gender"}, "/mapping:mapping_required_missing"},
		"order of nobody":  {importplan.Orders, importplan.Mapping{"b": "orderedAt", "c/d": "total"}, "/mapping:mapping_required_missing"},
	} {
		t.Run(name, func(t *testing.T) {
			got := ""
			if _, err := importplan.Compile(c.kind, []string{"a", "b", "c/d"}, c.m, defaults); err != nil {
				got = strings.TrimPrefix(err.Error(), "validation_failed ")
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func BenchmarkRow(b *testing.B) {
	p := plan(b, importplan.Customers, "externalId", "name", "email", "phone", "birthDate", "gender", "address.region", "address.city", "custom.size", "consent.email.marketing")
	row := strings.Split("A-1|김단골|kim@example.com|010-1234-5678|1984-02-29|여|서울|종로구|250|Y", "|")
	for b.Loop() {
		if _, problems := p.Row(row); len(problems) > 0 {
			b.Fatal(problems)
		}
	}
}
