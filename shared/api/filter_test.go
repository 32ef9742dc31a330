package api_test

import (
	"errors"
	"reflect"
	"testing"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/errs"
)

func TestFilterGrammar(t *testing.T) {
	one := func(field, op string, values ...string) api.Filter {
		return api.Filter{{Field: field, Op: op, Values: values}}
	}
	for text, want := range map[string]api.Filter{
		``:                                 nil,
		`  `:                               nil,
		`stage eq customer`:                one("stage", "eq", "customer"),
		`stage   eq   customer`:            one("stage", "eq", "customer"),
		`name contains "kim lee"`:          one("name", "contains", "kim lee"),
		`name eq "say \"hi\" and go"`:      one("name", "eq", `say "hi" and go`),
		`name eq ""`:                       one("name", "eq", ""),
		`name eq and`:                      one("name", "eq", "and"),
		`at gte 2026-01-01T00:00:00Z`:      one("at", "gte", "2026-01-01T00:00:00Z"),
		`tags in (vip,gold)`:               one("tags", "in", "vip", "gold"),
		`tags in("a, b",c)`:                one("tags", "in", "a, b", "c"),
		`at between (2026-01-01,2026-2-1)`: one("at", "between", "2026-01-01", "2026-2-1"),
		`email isEmpty`:                    one("email", "isEmpty"),
		`email isNotEmpty and stage ne lead and stars lt -1.5`: {{"email", "isNotEmpty", nil}, {"stage", "ne", []string{"lead"}}, {"stars", "lt", []string{"-1.5"}}},
		`name startsWith 김`: one("name", "startsWith", "김"),
	} {
		got, err := api.FilterInput{Filter: text}.Conditions("stage", "name", "at", "tags", "email", "stars")
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: got %v, %v", text, got, err)
		}
	}
}

func TestFilterRefusals(t *testing.T) {
	for text, want := range map[string]string{
		`stage`: "filter_malformed near stage", `stage eq`: "filter_malformed near eq", `stage is x`: "filter_malformed near is", `eq`: "filter_malformed near eq",
		`stage eq a b`: "filter_malformed near b", `stage eq a and`: "filter_malformed near and", `and stage eq a`: "filter_malformed near stage",
		`stage in a`: "filter_malformed near a", `stage in ()`: "filter_malformed near )", `stage in (a`: "filter_malformed near a", `stage in (a b)`: "filter_malformed near b",
		`stage between (a)`: "filter_malformed near )", `stage eq "open`: `filter_malformed near "open`, `"stage" eq a`: "filter_malformed near stage",
		`stage eq (a)`: "filter_malformed near (", `stage in ("a b", (c))`: "filter_malformed near (", `colour eq red`: "filter_field_unknown near ", `stage eq a or stage eq b`: "filter_malformed near or",
	} {
		_, err := api.FilterInput{Filter: text}.Conditions("stage", "name")
		var e *errs.Error
		if !errors.As(err, &e) || e.Kind != errs.Malformed {
			t.Errorf("%q was taken: %v", text, err)
			continue
		}
		near, _ := e.Args["at"].(string)
		if got := e.Code + " near " + near; got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

// FuzzFilter reads anything, and what it reads has one form that reads the same.
func FuzzFilter(f *testing.F) {
	for _, s := range []string{`a eq b`, `a in (b,"c d")`, `a between (1,2) and b isEmpty`, `a eq "`, `((`, `a eq "x" and`, "a\x00eq b", `a eq \`, `"\ud800"`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := api.FilterInput{Filter: s}.Conditions("a", "b")
		if err != nil {
			return
		}
		for _, c := range got {
			if c.Field != "a" && c.Field != "b" || c.Op == "" {
				t.Errorf("%q gave %v", s, got)
			}
		}
		if again, err := (api.FilterInput{Filter: s + "  "}).Conditions("a", "b"); err != nil || again.String() != got.String() {
			t.Errorf("%q: %s, then %s (%v)", s, got, again, err)
		}
	})
}

func TestSortKeys(t *testing.T) {
	keys, err := api.SortInput{Sort: "-createdAt, name"}.Keys("id", "createdAt", "name", "id")
	if want := []api.SortKey{{"createdAt", true}, {"name", false}}; err != nil || !reflect.DeepEqual(keys, want) {
		t.Errorf("got %v, %v", keys, err)
	}
	keys, err = api.SortInput{}.Keys("-id", "id")
	if want := []api.SortKey{{"id", true}}; err != nil || !reflect.DeepEqual(keys, want) {
		t.Errorf("default: got %v, %v", keys, err)
	}
}
