package template_test

import (
	"testing"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/customfield"
	"github.com/dangol/dangol/shared/crm/template"
)

// bookshop has fields of every type.
var bookshop = &customfield.Set{Fields: []customfield.Field{
	{Key: "note", Type: customfield.Text}, {Key: "points", Type: customfield.Number}, {Key: "deposit", Type: customfield.Money, Currency: "KRW"},
	{Key: "joined", Type: customfield.Date}, {Key: "vip", Type: customfield.YesNo}, {Key: "page", Type: customfield.Link},
	{Key: "grade", Type: customfield.Choice, Choices: []customfield.Option{{Key: "gold", Label: customfield.Label{Korean: "골드 & 친구", English: "Gold & friends"}}}},
	{Key: "likes", Type: customfield.Choices, Choices: []customfield.Option{{Key: "poem", Label: customfield.Label{Korean: "시", English: "Poems"}},
		{Key: "novel", Label: customfield.Label{Korean: "소설", English: "Novels"}}}},
}}

func reader(language string) *template.Values {
	return &template.Values{Language: language, Fields: bookshop, Customer: &customer.Customer{Fields: customer.Fields{Custom: map[string]any{
		"note": "1250", "points": 1250.0, "deposit": map[string]any{"amount": "12000", "currency": "KRW"}, "joined": "2026-03-01", "vip": false,
		"page": "https://books.example/?a=1&b=2", "grade": "gold", "likes": []any{"poem", "novel"}, "free": 1250.0}}}}
}

func TestCustomFieldsArePrintedByTheirTypes(t *testing.T) {
	for source, want := range map[string]struct{ ko, en string }{
		`{{ customer.custom.points }}`:                                  {"1,250", "1,250"},
		`{{ customer.custom.deposit }}`:                                 {"₩12,000", "₩12,000"},
		`{{ customer.custom.joined }}`:                                  {"2026년 3월 1일", "1 March 2026"},
		`{{customer.custom.vip}}`:                                       {"아니요", "No"},
		`{{ customer.custom.grade }}`:                                   {"골드 &amp; 친구", "Gold &amp; friends"},
		`{{- customer.custom.likes -}}`:                                 {"시, 소설", "Poems, Novels"},
		`{{ customer.custom.page }}`:                                    {"https://books.example/?a=1&amp;b=2", "https://books.example/?a=1&amp;b=2"},
		`{{ customer.custom.note }}`:                                    {"1250", "1250"},
		`{{ customer.custom.free }}`:                                    {"1250", "1250"}, // nobody has defined it
		`{{ customer.custom.points | append: "점" }}`:                    {"1,250점", "1,250점"},
		`{{ customer.custom.none | default: "-" }}`:                     {"-", "-"},
		`{{ customer.custom.deposit | default: "a | plus: 1" }}`:        {"₩12,000", "₩12,000"},
		`{{ customer.custom.points | plus: 1 }}`:                        {"1251", "1251"},
		`{{ customer.custom.joined | date: "%Y" }}`:                     {"2026", "2026"},
		`{{ customer.custom.likes | join: "/" }}`:                       {"poem/novel", "poem/novel"},
		`{{ customer.custom.likes.size }}`:                              {"2", "2"},
		`{{ customer.custom.grade | url_encode }}`:                      {"gold", "gold"},
		`{% if customer.custom.points > 1000 %}yes{% endif %}`:          {"yes", "yes"},
		`{% if customer.custom.vip %}yes{% else %}no{% endif %}`:        {"no", "no"},
		`{% if customer.custom.grade == "gold" %}yes{% endif %}`:        {"yes", "yes"},
		`{% if customer.custom.likes contains "novel" %}yes{% endif %}`: {"yes", "yes"},
	} {
		t.Run(source, func(t *testing.T) {
			compiled, err := template.Compile(template.Source{Subject: "s", HTML: source})
			if err != nil {
				t.Fatal(err)
			}
			for language, want := range map[string]string{"ko": want.ko, "en": want.en} {
				if got, err := compiled.Render(reader(language)); err != nil || got.HTML != want {
					t.Errorf("%s: got %q, %v, want %q", language, got.HTML, err, want)
				}
			}
		})
	}
}

// A subject and a plain text say the same; nobody can ask for the printed form by a name of its own.
func TestCustomFieldsInSubjectAndText(t *testing.T) {
	compiled, err := template.Compile(template.Source{Subject: "{{ customer.custom.grade }}", Text: "{{ customer.custom.vip }} {{ customer.custom.none }}|"})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := compiled.Render(reader("ko")); err != nil || got.Subject != "골드 & 친구" || got.Text != "아니요 |" {
		t.Errorf("got %+v, %v", got, err)
	}
	if got := compiled.Missing(reader("ko").Customer); len(got) != 1 || got[0] != "customer.custom.none" {
		t.Errorf("missing: got %q", got)
	}
	if _, err := template.Compile(template.Source{Subject: "{{ customer.printed.vip }}", Text: "x"}); err == nil {
		t.Error("customer.printed.vip is a variable")
	}
}
