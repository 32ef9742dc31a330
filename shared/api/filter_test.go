package api_test

import (
	"errors"
	"reflect"
	"testing"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/errs"
)

// The grammar is shared/crm/filter's; a list that takes only conditions joined by and refuses the rest of it.
func TestConditionsJoinedByAnd(t *testing.T) {
	one := func(field, op string, values ...string) api.Filter {
		return api.Filter{{Field: field, Op: op, Values: values}}
	}
	for text, want := range map[string]api.Filter{
		``:                        nil,
		`stage eq customer`:       one("stage", "eq", "customer"),
		`name contains "kim lee"`: one("name", "contains", "kim lee"),
		`tags in("a, b",c)`:       one("tags", "in", "a, b", "c"),
		`email isNotEmpty and stage ne lead and stars lt -1.5`: {{"email", "isNotEmpty", nil}, {"stage", "ne", []string{"lead"}}, {"stars", "lt", []string{"-1.5"}}},
	} {
		got, err := api.FilterInput{Filter: text}.Conditions("stage", "name", "tags", "email", "stars")
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: got %v, %v", text, got, err)
		}
	}
}

func TestFilterRefusals(t *testing.T) {
	for text, want := range map[string]string{
		`stage`: "filter_malformed near stage", `stage eq a b`: "filter_malformed near b", `stage eq "open`: `filter_malformed near "open`,
		`colour eq red`: "filter_field_unknown near ", `stage eq a or stage eq b`: "filter_malformed near or", `name eq x and not stage eq a`: "filter_malformed near not",
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

func TestSortKeys(t *testing.T) {
	keys, err := api.SortInput{Sort: "-createdAt, name"}.Keys("id", "createdAt", "name", "id")
	if want := []api.SortKey{{Field: "createdAt", Descending: true}, {Field: "name", Descending: false}}; err != nil || !reflect.DeepEqual(keys, want) {
		t.Errorf("got %v, %v", keys, err)
	}
	keys, err = api.SortInput{}.Keys("-id", "id")
	if want := []api.SortKey{{Field: "id", Descending: true}}; err != nil || !reflect.DeepEqual(keys, want) {
		t.Errorf("default: got %v, %v", keys, err)
	}
}
