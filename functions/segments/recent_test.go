//go:build cgo

package segments_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/testkit/lakekit"
)

// The feed has stopped: the lake knows nobody's last changes. Who names what they changed has it in the next preview and among the next members all the same.
func TestAWriterReadsWhatTheyWrote(t *testing.T) {
	s := open(t, "서울", "서울", "부산")
	rule := object{"field": "customer.address.region", "op": "eq", "value": "서울"}
	segment := s.create("서울", rule)
	if got := s.previewed(rule); got != "2 00 01" {
		t.Fatalf("before: %s", got)
	}
	s.Lakes.(*lakekit.Lakes).Stop()

	fresh := s.add("03", "서울")
	gone, moved := s.customerNamed("00"), s.customerNamed("02")
	tx := s.Begin()
	tx.ArchiveCustomer(gone)
	s.must(tx.Commit(t.Context()))
	was := *moved
	moved.Address.Region = "서울"
	tx = s.Begin()
	tx.SaveCustomer(&was, moved)
	s.must(tx.Commit(t.Context()))

	if got := s.previewed(rule); got != "2 01" { // one is archived, and the table says so; nobody is new
		t.Errorf("a preview without a word: %s", got)
	}
	recent := []string{"Dangol-Recent", strings.Join([]string{fresh.ID, gone.ID, moved.ID}, ",")}
	if got := s.listed(segment, recent...); got != "01 02 03" {
		t.Errorf("members: %s", got)
	}
	if got := s.previewed(rule, recent...); got != "3 01 02 03" {
		t.Errorf("a preview: %s", got)
	}
}

// previewed is how many meet a rule, and the names of some, by their names.
func (s *shop) previewed(rule object, header ...string) string {
	s.Helper()
	var reply struct {
		Count  int
		Sample []struct{ Name string }
	}
	s.call(http.MethodPost, "/v1/segments/preview", object{"rule": rule}, header...).Into(s.TB, &reply)
	names := make([]string, len(reply.Sample))
	for i, c := range reply.Sample {
		names[i] = c.Name
	}
	return fmt.Sprint(reply.Count, " ", inOrder(names))
}

func (s *shop) listed(segment string, header ...string) string {
	s.Helper()
	var reply struct{ Data []struct{ Name string } }
	s.call(http.MethodGet, "/v1/segments/"+segment+"/members", nil, header...).Into(s.TB, &reply)
	names := make([]string, len(reply.Data))
	for i, c := range reply.Data {
		names[i] = c.Name
	}
	return inOrder(names)
}

func inOrder(names []string) string {
	slices.Sort(names)
	return strings.Join(names, " ")
}
