//go:build cgo

package rules_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/compact"
	"github.com/dangol/dangol/shared/lake/duck"
	"github.com/dangol/dangol/shared/lake/rules"
	"github.com/dangol/dangol/shared/testkit/lakekit"
)

// TestListsOfOlderLakes: before lists of custom fields had a column of their own they stood in custom.<key>. Such records are found, counted and sorted beside those
// written since, in deltas and in parts, until they change.
func TestListsOfOlderLakes(t *testing.T) {
	const shop = "wsp_01KJQ6PSG02X9YPKYC3QEKNM3P"
	objects, runner := lakekit.Bare(t)
	l, err := runner.Lake(shop, duck.Of(objects, shop))
	if err != nil {
		t.Fatal(err)
	}
	write := func(column string, version int64, hobbies map[string][]string) {
		var rows []lake.Row
		for id, list := range hobbies {
			rows = append(rows, lake.Row{Subject: "customers", ID: id, Version: version, At: now, Cells: []lake.Cell{{Column: "name", Value: id}, {Column: column, Value: list}}})
		}
		if _, err := lake.WriteDelta(t.Context(), objects, shop, rows); err != nil {
			t.Fatal(err)
		}
	}
	check := func(when, groups string, want map[string]string) {
		t.Helper()
		g := &generator{rand.New(rand.NewPCG(1, 1)), segment.Env{Now: now, Zone: time.UTC, Currency: "KRW"}, nil}
		w := g.world(t, l)
		for rule, ids := range want {
			r, err := segment.FromFilter(rule, func(string) (segment.Type, bool) { return segment.Tags, true })
			if err != nil {
				t.Fatal(err)
			}
			if got, _ := listed(t, l, w, rules.List{Rule: r, Limit: 50}); strings.Join(got, " ") != ids {
				t.Errorf("%s: %s: got %q, want %q", when, rule, got, ids)
			}
		}
		s, err := rules.Groups{Rule: everybody, By: "customer.custom.hobby", Limit: 9}.Statement(w)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		run(t, l, s, func(row []any) { got = append(got, fmt.Sprint(row[0], ":", row[1])) })
		if strings.Join(got, " ") != groups {
			t.Errorf("%s: groups: got %v, want %s", when, got, groups)
		}
	}
	fold := func() {
		if _, err := compact.Turn(t.Context(), objects, shop, compact.Options{Now: time.Now, Dir: t.TempDir()}); err != nil {
			t.Fatal(err)
		}
	}
	write("custom.hobby", 1, map[string][]string{"cus_0": {"tea", "poem"}, "cus_1": {"tea"}})
	fold()
	want := map[string]string{"custom.hobby contains tea": "cus_0 cus_1 cus_2", "custom.hobby eq poem": "cus_0 cus_2", "custom.hobby isEmpty": "", "not custom.hobby contains poem": "cus_1"}
	write("custom.hobby.items", 1, map[string][]string{"cus_2": {"poem", "tea"}})
	check("a delta over older parts", "tea:3 poem:2", want)
	fold()
	check("parts of both", "tea:3 poem:2", want)
	write("custom.hobby.items", 2, map[string][]string{"cus_0": {"tea"}})
	want = map[string]string{"custom.hobby contains tea": "cus_0 cus_1 cus_2", "custom.hobby eq poem": "cus_2"}
	check("one has changed", "tea:3 poem:1", want)
	fold()
	check("one has changed, in parts", "tea:3 poem:1", want)
}
