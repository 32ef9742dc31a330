//go:build cgo

package lists_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/lake"
)

// A list by scores looks first at those with the highest ones. It is right also where some of them are archived, where scores are the same, and where it comes
// to those who have none.
func TestAListByScoresIsWhole(t *testing.T) {
	s := open(t)
	const scored, all = 60, 70
	people := make([]customer.Fields, all)
	for i := range people {
		people[i].Name = fmt.Sprintf("손님%02d", i)
	}
	ids := s.come(people...)
	s.feed(ids...)
	var rows []lake.Row
	for i := range scored {
		rows = append(rows, lake.Row{Subject: "scores", ID: ids[i], Version: 1, At: s.Time.Now(), Cells: []lake.Cell{{Column: "customerId", Value: ids[i]}, {Column: "rfm.orders", Value: int64(i / 2)}}})
	}
	_, err := lake.WriteDelta(s.Context(), s.Objects(s.tenant().ID), s.tenant().ID, rows)
	s.do(err)
	var want []string
	for i := scored - 1; i >= 0; i-- {
		if i >= 40 { // the twenty highest are archived
			s.archive(ids[i])
			s.feed(ids[i])
			continue
		}
		want = append(want, people[i].Name)
	}
	for i := all - 1; i >= scored; i-- {
		want = append(want, people[i].Name)
	}
	for _, limit := range []int{1, 2, 7, 50} {
		got, _ := s.turn(values("sort", "-score.orders", "limit", fmt.Sprint(limit)))
		s.expect(fmt.Sprint("in pages of ", limit), got, want)
	}
	if a := s.page(values("sort", "-score.orders,score.rfm.r", "limit", "3")); a.Total != 50 || a.names() != strings.Join(want[:3], " ") {
		t.Errorf("got %s of %d", a.names(), a.Total)
	}
}
