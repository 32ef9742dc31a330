package customers_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// The list lies over several shards: pages are merged newest first, without a gap or a repetition, also while customers come and go.
func TestPagesGoOnToTheEndWithoutGaps(t *testing.T) {
	s := open(t)
	var items []fields
	for i := range 57 {
		items = append(items, fields{"externalId": fmt.Sprint(i), "name": fmt.Sprintf("김%03d", i)})
	}
	s.batch(items...)
	s.neighbour().batch(items...)
	all, _ := s.list("/v1/customers?limit=200", "id")
	if !slices.IsSortedFunc(all, func(a, b string) int { return strings.Compare(b, a) }) || len(all) != 57 {
		t.Fatalf("got %d customers, want 57, newest first", len(all))
	}
	for _, limit := range []int{1, 7, 56, 57, 58} {
		got, pages := s.list(fmt.Sprintf("/v1/customers?limit=%d", limit), "id")
		s.expect(fmt.Sprint("pages of ", limit), got, all)
		if want := (57 + limit - 1) / limit; pages != want {
			t.Errorf("pages of %d: got %d pages, want %d", limit, pages, want)
		}
	}
	found, _ := s.list("/v1/customers?limit=5&q="+url.QueryEscape("김"), "name")
	if !slices.IsSorted(found) || len(found) != 57 {
		t.Errorf("found by the beginning of a name: got %d, want 57 in the order of names", len(found))
	}
}

func TestFoundByTheBeginning(t *testing.T) {
	s := open(t)
	s.create(fields{"name": "김단골", "email": "Danny.Kim@shop.kr", "phone": "010-1234-5678"})
	s.create(fields{"name": "김 둘", "phone": "02-123-4567"})
	s.create(fields{"name": "Ångström", "email": "a@shop.kr", "phone": "+46 8 123 456 78"})
	s.neighbour().create(fields{"name": "김단골", "email": "danny.kim@shop.kr", "phone": "010-1234-5678"})
	for q, want := range map[string][]string{
		"김":          {"김 둘", "김단골"},
		"김단":         {"김단골"},
		"단골":         {},
		"åNG":        {"Ångström"},
		"danny":      {"김단골"},
		"DANNY.KIM@": {"김단골"},
		"shop.kr":    {},
		"010-12":     {"김단골"},
		"01012345":   {"김단골"},
		"02-123":     {"김 둘"},
		"+46 8":      {"Ångström"},
		"+82":        {"김단골", "김 둘"},
		"019":        {},
	} {
		t.Run(q, func(t *testing.T) {
			s := *s
			s.TB = t
			got, _ := s.list("/v1/customers?limit=1&q="+url.QueryEscape(q), "name")
			slices.Sort(got)
			slices.Sort(want)
			s.expect("found", got, want)
		})
	}
}
