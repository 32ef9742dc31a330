package order_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/order"
)

var now = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func amount(t *testing.T, text string) money.Money {
	t.Helper()
	number, code, _ := strings.Cut(text, " ")
	m, err := money.Parse(number, code)
	if err != nil && text != "" {
		t.Fatal(err)
	}
	return m
}

// lines reads "2 x 1000 KRW tea".
func lines(t *testing.T, texts ...string) (out []order.Line) {
	t.Helper()
	for _, text := range texts {
		w := strings.Fields(text)
		out = append(out, order.Line{Name: strings.Join(w[4:], " "), Quantity: decimal.RequireFromString(w[0]), UnitPrice: amount(t, w[2]+" "+w[3])})
	}
	return out
}

func TestTotals(t *testing.T) {
	for name, c := range map[string]struct {
		total string
		lines []string
		want  string
	}{
		"derived":                 {"", []string{"2 x 1000 KRW tea", "1 x 500 KRW cup"}, "2500 KRW"},
		"derived and rounded":     {"", []string{"0.333 x 9.99 USD tea"}, "3.33 USD"},
		"given without lines":     {"990 KRW", nil, "990 KRW"},
		"given and right":         {"2000 KRW", []string{"2 x 1000 KRW tea"}, "2000 KRW"},
		"off by a coin of a line": {"330 KRW", []string{"0.3333 x 990 KRW tea"}, "330 KRW"},
		"a return":                {"", []string{"-1 x 1000 KRW tea"}, "-1000 KRW"},
		"neither":                 {"", nil, "/total:required_missing"},
		"given, with a discount":  {"1800 KRW", []string{"2 x 1000 KRW tea"}, "1800 KRW"},
		"currencies mixed":        {"", []string{"1 x 1000 KRW tea", "1 x 5 USD cup"}, "/lines/1/unitPrice:currency_mixed"},
		"other than the total":    {"1000 KRW", []string{"1 x 1000 USD tea"}, "/lines/0/unitPrice:currency_mixed"},
		"quantity of nothing":     {"", []string{"0 x 1000 KRW tea"}, "/lines/0/quantity:quantity_invalid"},
		"quantity too fine":       {"", []string{"0.00001 x 1000 KRW tea"}, "/lines/0/quantity:quantity_invalid"},
		"line without a product":  {"", []string{"1 x 1000 KRW"}, "/lines/0/name:required_missing"},
		"too many lines":          {"", strings.Split(strings.Repeat("1 x 1 KRW tea,", 200)+"1 x 1 KRW tea", ","), "/lines:too_many"},
	} {
		t.Run(name, func(t *testing.T) {
			o, err := order.Normalise(order.Order{OrderedAt: now, Total: amount(t, c.total), Lines: lines(t, c.lines...)}, now)
			got := o.Total.Text() + " " + o.Total.Currency
			if err != nil {
				got = strings.TrimPrefix(err.Error(), "validation_failed ")
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestOrderedAt(t *testing.T) {
	for name, c := range map[string]struct {
		at   time.Time
		want string
	}{
		"now":               {now, ""},
		"tomorrow, far off": {now.Add(14 * time.Hour), ""},
		"next week":         {now.AddDate(0, 0, 7), "validation_failed /orderedAt:time_in_future"},
		"in 1969":           {time.Date(1969, 12, 31, 0, 0, 0, 0, time.UTC), "validation_failed /orderedAt:time_too_early"},
		"never":             {time.Time{}, "validation_failed /orderedAt:required_missing"},
	} {
		t.Run(name, func(t *testing.T) {
			got := ""
			if _, err := order.Normalise(order.Order{OrderedAt: c.at, Total: amount(t, "1 KRW")}, now); err != nil {
				got = err.Error()
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestBriefNamesEachProductOnce(t *testing.T) {
	o := order.Order{ID: "ord_1", CustomerID: "cus_1", Channel: "web", Lines: lines(t, "1 x 1 KRW tea", "2 x 1 KRW tea", "1 x 1 KRW cup")}
	o.Lines[2].ProductID = "prd_1"
	want := order.Brief{ID: "ord_1", CustomerID: "cus_1", Channel: "web", Products: []string{"tea", "cup", "prd_1"}}
	if got := order.BriefOf(&o); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
