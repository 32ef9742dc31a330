package customfield_test

import (
	"testing"

	"github.com/dangol/dangol/shared/crm/customfield"
)

func TestProse(t *testing.T) {
	likes := []customfield.Option{{Key: "poem", Label: customfield.Label{Korean: "시", English: "Poems"}}, {Key: "novel", Label: customfield.Label{Korean: "소설"}}}
	amount := func(figure, code string) any { return map[string]any{"amount": figure, "currency": code} }
	for name, c := range map[string]struct {
		kind   customfield.Type
		value  any
		ko, en string
	}{
		"thousands":                 {customfield.Number, 1234567.25, "1,234,567.25", "1,234,567.25"},
		"below a thousand":          {customfield.Number, -999.0, "-999", "-999"},
		"below minus a thousand":    {customfield.Number, -100000.0, "-100,000", "-100,000"},
		"won have no coins":         {customfield.Money, amount("12000", "KRW"), "₩12,000", "₩12,000"},
		"dollars have":              {customfield.Money, amount("1234.5", "USD"), "$1,234.50", "$1,234.50"},
		"a debt":                    {customfield.Money, amount("-1000", "KRW"), "-₩1,000", "-₩1,000"},
		"a currency without a sign": {customfield.Money, amount("1000", "CHF"), "1,000.00 CHF", "1,000.00 CHF"},
		"what is no amount":         {customfield.Money, map[string]any{"amount": "1"}, "", ""},
		"a day":                     {customfield.Date, "2026-03-01", "2026년 3월 1일", "1 March 2026"},
		"what is no day":            {customfield.Date, "soon", "soon", "soon"},
		"a day in a text":           {customfield.Text, "2026-03-01", "2026-03-01", "2026-03-01"},
		"yes":                       {customfield.YesNo, true, "예", "Yes"},
		"no":                        {customfield.YesNo, false, "아니요", "No"},
		"a choice":                  {customfield.Choice, "poem", "시", "Poems"},
		"one that is gone":          {customfield.Choice, "song", "song", "song"},
		"choices, as JSON has them": {customfield.Choices, []any{"poem", "novel"}, "시, 소설", "Poems, 소설"},
		"a link":                    {customfield.Link, "https://shop.example/?a=1000&b=2", "https://shop.example/?a=1000&b=2", "https://shop.example/?a=1000&b=2"},
		"nothing":                   {customfield.Text, nil, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			f := customfield.Field{Key: "x", Type: c.kind, Choices: likes}
			if got := f.Prose(c.value, "ko"); got != c.ko {
				t.Errorf("ko: got %q, want %q", got, c.ko)
			}
			if got := f.Prose(c.value, "en"); got != c.en {
				t.Errorf("en: got %q, want %q", got, c.en)
			}
		})
	}
}
