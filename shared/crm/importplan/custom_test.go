package importplan_test

import (
	"encoding/json"
	"testing"

	"github.com/dangol/dangol/shared/crm/customfield"
	"github.com/dangol/dangol/shared/crm/importplan"
)

func TestCellsOfCustomFieldsAreReadByTheirType(t *testing.T) {
	grades := []customfield.Option{{Key: "g", Label: customfield.Label{Korean: "골드 회원", English: "Gold"}}, {Key: "s", Label: customfield.Label{Korean: "실버"}}}
	for _, c := range []struct {
		of         customfield.Type
		cell, want string // JSON, or the code of what is wrong
	}{
		{customfield.Text, "1,200", `"1,200"`},
		{customfield.Link, "https://shop.kr", `"https://shop.kr"`},
		{customfield.Number, "1,200.5", `1200.5`},
		{customfield.Number, "(3)", `-3`},
		{customfield.Number, "셋", "number_invalid"},
		{customfield.Money, "₩12,000", `{"amount":"12000","currency":"KRW"}`},
		{customfield.Money, "12000", `{"amount":"12000","currency":"KRW"}`},
		{customfield.Money, "7.5 USD", `{"amount":"7.50","currency":"USD"}`},
		{customfield.Money, "1234567890123", "money_invalid"},
		{customfield.Money, "많음", "money_invalid"},
		{customfield.Date, "2024.3.1", `"2024-03-01"`},
		{customfield.Date, "2024년 3월 1일", `"2024-03-01"`},
		{customfield.Date, "3월", "date_invalid"},
		{customfield.YesNo, "동의", `true`},
		{customfield.YesNo, "N", `false`},
		{customfield.YesNo, "글쎄", "yes_no_invalid"},
		{customfield.Choice, "골드회원", `"g"`},
		{customfield.Choice, "GOLD", `"g"`},
		{customfield.Choice, "s", `"s"`},
		{customfield.Choice, "브론즈", `"브론즈"`}, // the field refuses it, see customfield
		{customfield.Choices, "실버, Gold ;", `["s","g"]`},
	} {
		t.Run(string(c.of)+" "+c.cell, func(t *testing.T) {
			v, code := importplan.ReadCustom(&customfield.Field{Key: "x", Type: c.of, Currency: "KRW", Choices: grades}, c.cell)
			got := code
			if code == "" {
				b, err := json.Marshal(v)
				if err != nil {
					t.Fatal(err)
				}
				got = string(b)
			}
			if got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestColumnsAreKnownByTheLabelsOfCustomFields(t *testing.T) {
	set := &customfield.Set{Fields: []customfield.Field{
		{Key: "card", Type: customfield.Text, Label: customfield.Label{Korean: "카드번호", English: "Card no."}},
		{Key: "alias", Type: customfield.Text, Label: customfield.Label{Korean: "이름"}},
		{Key: "gone", Type: customfield.Text, Label: customfield.Label{Korean: "옛 항목"}, Archived: true},
	}}
	own := importplan.CustomFields(set)
	for name, c := range map[string]struct {
		header []string
		want   string
	}{
		"by the Korean label":                 {[]string{"카드 번호"}, `{"카드 번호":"custom.card"}`},
		"by the English label":                {[]string{"CARD NO"}, `{"CARD NO":"custom.card"}`},
		"by the key":                          {[]string{"card"}, `{"card":"custom.card"}`},
		"a usual field comes first":           {[]string{"이름"}, `{"이름":"name"}`},
		"an archived one is not proposed":     {[]string{"옛 항목"}, `{}`},
		"the path of a file from an export":   {[]string{"custom.card", "카드번호"}, `{"custom.card":"custom.card"}`},
		"a label that nobody gave to a field": {[]string{"전표"}, `{}`},
	} {
		t.Run(name, func(t *testing.T) {
			b, err := json.Marshal(importplan.Guess(importplan.Customers, c.header, nil, own...))
			if err != nil {
				t.Fatal(err)
			}
			if string(b) != c.want {
				t.Errorf("got %s, want %s", b, c.want)
			}
		})
	}
}
