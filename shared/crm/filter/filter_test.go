package filter_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/crm/filter"
)

// told writes a filter out with all of its brackets.
func told(f filter.Filter) string {
	if f.Kind == filter.One {
		out := f.Condition.Field + "." + f.Condition.Op
		for _, v := range f.Condition.Values {
			if v.Quoted {
				v.Text = `"` + v.Text + `"`
			}
			out += ":" + v.Text
		}
		if f.Condition.Within != "" {
			out += "@" + f.Condition.Within
		}
		return out
	}
	parts := make([]string, len(f.Parts))
	for i, p := range f.Parts {
		parts[i] = told(p)
	}
	return string(f.Kind) + "(" + strings.Join(parts, " ") + ")"
}

func TestFilters(t *testing.T) {
	for text, want := range map[string]string{
		``:                                      "and()",
		`  `:                                    "and()",
		`stage eq customer`:                     "stage.eq:customer",
		`stage   eq   customer`:                 "stage.eq:customer",
		`name contains "kim lee"`:               `name.contains:"kim lee"`,
		`name eq "say \"hi\" and go"`:           `name.eq:"say "hi" and go"`,
		`name eq ""`:                            `name.eq:""`,
		`name eq and`:                           "name.eq:and",
		`name eq not`:                           "name.eq:not",
		`at gte 2026-01-01T00:00:00Z`:           "at.gte:2026-01-01T00:00:00Z",
		`tags in("a, b",c)`:                     `tags.in:"a, b":c`,
		`at between (2026-01-01,2026-2-1)`:      "at.between:2026-01-01:2026-2-1",
		`email isEmpty`:                         "email.isEmpty",
		`a eq 1 and b eq 2 and c isEmpty`:       "and(a.eq:1 b.eq:2 c.isEmpty)",
		`a eq 1 or b eq 2 and c eq 3`:           "or(a.eq:1 and(b.eq:2 c.eq:3))",
		`(a eq 1 or b eq 2) and c eq 3`:         "and(or(a.eq:1 b.eq:2) c.eq:3)",
		`not a eq 1 and not (b eq 2 or c eq 3)`: "and(not(a.eq:1) not(or(b.eq:2 c.eq:3)))",
		`((a eq 1))`:                            "a.eq:1",
		`orders.count gte 3 within P90D`:        "orders.count.gte:3@P90D",
		`orders.sum between (1,2) within P1Y and a isEmpty`: "and(orders.sum.between:1:2@P1Y a.isEmpty)",
		`name startsWith 김`:                                 "name.startsWith:김",
		`createdAt inLast P7D`:                              "createdAt.inLast:P7D",
	} {
		f, near, ok := filter.Parse(text)
		if got := told(f); !ok || got != want {
			t.Errorf("%q: got %s near %q, want %s", text, got, near, want)
		}
	}
}

func TestRefusals(t *testing.T) {
	for text, want := range map[string]string{
		`stage`: "stage", `stage eq`: "eq", `stage is x`: "is", `eq`: "eq", `stage eq a b`: "b", `stage eq a and`: "and", `and stage eq a`: "stage", `stage in a`: "a",
		`stage in ()`: ")", `stage in (a`: "a", `stage in (a b)`: "b", `stage between (a)`: ")", `stage eq "open`: `"open`, `"stage" eq a`: "stage", `stage eq (a)`: "(",
		`(stage eq a`: "a", `stage eq a)`: ")", `not`: "not", `()`: ")", `stage eq a or`: "or", `n gte 1 within`: "within", `n gte 1 within "P1D"`: "P1D",
		strings.Repeat("(", 20) + "a eq 1" + strings.Repeat(")", 20): "(",
	} {
		if f, near, ok := filter.Parse(text); ok || near != want {
			t.Errorf("%q: got %s, near %q, want near %q", text, told(f), near, want)
		}
	}
}

// FuzzParse reads anything, and what it reads holds only conditions that are whole.
func FuzzParse(f *testing.F) {
	for _, s := range []string{`a eq b`, `a in (b,"c d") or not c isEmpty`, `a between (1,2) and b isEmpty`, `a eq "`, `((`, `a eq "x" and`, "a\x00eq b", `a eq \`, `"\ud800"`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, _, ok := filter.Parse(s)
		if !ok {
			return
		}
		if again, _, ok := filter.Parse(s + "  "); !ok || told(again) != told(got) {
			t.Errorf("%q: %s, then %s", s, told(got), told(again))
		}
		if _, err := json.Marshal(got); err != nil {
			t.Error(err)
		}
	})
}
