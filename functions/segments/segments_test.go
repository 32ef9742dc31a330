//go:build cgo

package segments_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/dangol/dangol/functions/segments"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/due"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/testkit/lakekit"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

// shop is a workspace with the feature of its segments and customers named by their regions.
type shop struct {
	testing.TB
	*testenv.Place
	*testenv.Server
	*store.Tenant
	token string
}

func open(t testing.TB, regions ...string) *shop {
	t.Helper()
	p := testenv.New(t)
	p.Files(t)
	lakekit.Open(t, p.Env, p.Engine)
	owner := p.Owner(t, "mina@shop.kr")
	s := &shop{t, p, p.Serve(t, segments.New(p.Env)), p.DB.Tenant(owner.Workspace.ID).As("test"), owner.Token}
	for i, r := range regions {
		s.add(fmt.Sprintf("%02d", i), r)
	}
	return s
}

func (s *shop) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

func (s *shop) add(name, region string) *customer.Customer {
	s.Helper()
	c := &customer.Customer{ID: s.NewID(id.Customer), Fields: customer.Fields{Kind: customer.Consumer, Name: name, Address: customer.Address{Region: region}}}
	tx := s.Begin()
	tx.CreateCustomer(c)
	s.must(tx.Commit(s.Context()))
	return c
}

func (s *shop) call(method, path string, body any, header ...string) *testenv.Reply {
	s.Helper()
	return s.Do(s.TB, testenv.Request{Method: method, Path: path, Token: s.token, Body: body, Header: header})
}

type object = map[string]any

func in(region string) object {
	return object{"field": "customer.address.region", "op": "eq", "value": region}
}

func part(segment string) object { return object{"segment": segment} }

func (s *shop) create(name string, rule object, more ...any) string {
	s.Helper()
	body := object{"name": name, "rule": rule}
	for i := 0; i+1 < len(more); i += 2 {
		body[more[i].(string)] = more[i+1]
	}
	r := s.call(http.MethodPost, "/v1/segments", body)
	if r.Status != http.StatusCreated {
		s.Fatalf("create: %d %s", r.Status, r.Text)
	}
	return r.At("id").(string)
}

func (s *shop) patch(segment string, body object) *testenv.Reply {
	s.Helper()
	return s.call(http.MethodPatch, "/v1/segments/"+segment, body)
}

// page reads one page of members by name.
func (s *shop) page(segment string, limit int, cursor string) (names []string, next string) {
	s.Helper()
	var page struct {
		Data       []struct{ Name string }
		NextCursor string
	}
	r := s.call(http.MethodGet, fmt.Sprintf("/v1/segments/%s/members?limit=%d&cursor=%s", segment, limit, url.QueryEscape(cursor)), nil)
	if r.Status != http.StatusOK {
		s.Fatalf("members: %d %s", r.Status, r.Text)
	}
	r.Into(s.TB, &page)
	for _, m := range page.Data {
		names = append(names, m.Name)
	}
	return names, page.NextCursor
}

func (s *shop) members(segment string) []string {
	s.Helper()
	names, _ := s.page(segment, 200, "")
	slices.Sort(names)
	return names
}

func (s *shop) expect(what string, got []string, want ...string) {
	s.Helper()
	if !slices.Equal(got, want) {
		s.Errorf("%s: got %q, want %q", what, got, want)
	}
}

func TestALiveSegmentFollowsAndAFrozenOneStays(t *testing.T) {
	s := open(t, "서울", "부산")
	live, frozen := s.create("살아 있는", in("서울")), s.create("굳은", in("서울"), "membership", "frozen")
	s.add("02", "서울")
	s.expect("live", s.members(live), "00", "02")
	s.expect("frozen", s.members(frozen), "00")
	if r := s.patch(frozen, object{"name": "굳은 채로", "description": "3월의 서울"}); r.Status != http.StatusOK || r.At("count") != 1.0 {
		t.Errorf("renamed: got %d %s", r.Status, r.Text)
	}
	s.expect("frozen and renamed", s.members(frozen), "00")
	if r := s.patch(frozen, object{"rule": in("부산")}); r.Status != http.StatusOK {
		t.Errorf("another rule: got %d %s", r.Status, r.Text)
	}
	s.expect("frozen anew by another rule", s.members(frozen), "01")
	if r := s.patch(frozen, object{"membership": "live"}); r.Status != http.StatusOK {
		t.Errorf("thawed: got %d %s", r.Status, r.Text)
	}
	s.add("03", "부산")
	s.expect("thawed", s.members(frozen), "01", "03")
}

func TestARefusedChangeLeavesTheFrozenMembersAlone(t *testing.T) {
	s := open(t, "서울", "부산")
	frozen := s.create("굳은", in("서울"), "membership", "frozen")
	if r := s.call(http.MethodPatch, "/v1/segments/"+frozen, object{"rule": in("부산")}, "If-Match", `"9"`); r.Status != http.StatusPreconditionFailed {
		t.Errorf("got %d %s", r.Status, r.Text)
	}
	s.expect("members", s.members(frozen), "00")
}

func TestSegmentsWithinSegments(t *testing.T) {
	s := open(t, "서울", "부산", "제주")
	seoul, busan := s.create("서울", in("서울")), s.create("부산", in("부산"))
	both := s.create("둘", object{"any": []any{part(seoul), part(busan)}})
	neither := s.create("아닌", object{"not": part(both)})
	s.expect("either", s.members(both), "00", "01")
	s.expect("neither", s.members(neither), "02")
	for name, c := range map[string]struct{ segment, rule, code string }{
		"itself":             {seoul, seoul, "rule_segment_cycle"},
		"through another":    {seoul, both, "rule_segment_cycle"},
		"through two others": {seoul, neither, "rule_segment_cycle"},
		"nobody's":           {seoul, "seg_01KJQ6PSG02X9YPKYC3QEKNM3P", "rule_segment_unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			if r := s.patch(c.segment, object{"rule": part(c.rule)}); r.Status != http.StatusUnprocessableEntity || r.Problem() != "validation_failed /rule:"+c.code {
				t.Errorf("got %d %s, want %s", r.Status, r.Problem(), c.code)
			}
			s := *s
			s.TB = t
			s.expect("seoul afterwards", s.members(seoul), "00")
		})
	}
	if r := s.call(http.MethodDelete, "/v1/segments/"+busan, nil); r.Status != http.StatusNoContent {
		t.Errorf("delete: got %d %s", r.Status, r.Text)
	}
	if r := s.call(http.MethodGet, "/v1/segments/"+both+"/members", nil); r.Status != http.StatusUnprocessableEntity || r.Problem() != "validation_failed /rule:rule_segment_unknown" {
		t.Errorf("members of a segment that lost a part: got %d %s", r.Status, r.Text)
	}
	if r := s.call(http.MethodGet, "/v1/segments/"+busan, nil); r.Status != http.StatusNotFound {
		t.Errorf("deleted: got %d %s", r.Status, r.Text)
	}
}

// Pages are of the evaluation that the first page made: customers who come meanwhile push nobody off them.
func TestPagesOfMembersStandStill(t *testing.T) {
	s := open(t, "서울", "서울", "서울", "서울", "서울")
	live := s.create("서울", in("서울"))
	first, next := s.page(live, 2, "")
	s.add("05", "서울")
	holder := s.customerNamed("03")
	was := *holder
	holder.Address.Region = "부산"
	tx := s.Begin()
	tx.SaveCustomer(&was, holder)
	tx2 := s.Begin()
	tx2.ArchiveCustomer(s.customerNamed("04"))
	s.must(tx.Commit(t.Context()))
	s.must(tx2.Commit(t.Context()))
	second, next := s.page(live, 2, next)
	third, end := s.page(live, 2, next)
	s.expect("first page", first, "00", "01")
	s.expect("second page", second, "02", "03")
	s.expect("third page, without the archived", third)
	if end != "" {
		t.Error("there is a fourth page")
	}
	s.expect("evaluated anew", s.members(live), "00", "01", "02", "05")
}

func (s *shop) customerNamed(name string) *customer.Customer {
	s.Helper()
	found, _, err := s.FindCustomers(s.Context(), store.ByName, name, store.Page{Limit: 1})
	s.must(err)
	return found[0]
}

func TestWhatPreviewAndExplainSay(t *testing.T) {
	s := open(t, "서울", "부산")
	r := s.call(http.MethodPost, "/v1/segments/preview", object{"rule": in("서울")})
	if r.Status != http.StatusOK || r.At("count") != 1.0 || r.At("value", "amount") != "0" || r.At("value", "currency") != "KRW" {
		t.Errorf("preview: got %d %s", r.Status, r.Text)
	}
	for name, member := range map[string]bool{"00": true, "01": false} {
		r = s.call(http.MethodPost, "/v1/segments/explain", object{"rule": in("서울"), "customerId": s.customerNamed(name).ID})
		if r.Status != http.StatusOK || r.At("member") != member {
			t.Errorf("explain %s: got %d %s, want member %v", name, r.Status, r.Text, member)
		}
	}
	r = s.call(http.MethodPost, "/v1/segments/explain", object{"rule": in("서울"), "customerId": "cus_01KJQ6PSG02X9YPKYC3QEKNM3P"})
	if r.Status != http.StatusNotFound {
		t.Errorf("explain nobody: got %d %s", r.Status, r.Text)
	}
}

func TestAScheduledExportStandsOnTheCalendar(t *testing.T) {
	s := open(t, "서울")
	segment := s.create("서울", in("서울"), "exportEvery", "daily")
	dates, err := s.DB.DueBy(t.Context(), due.Export, s.Time.Now().Add(48*time.Hour), 10)
	s.must(err)
	want := time.Date(2026, 3, 2, 18, 0, 0, 0, time.UTC) // three in the morning in Seoul
	if len(dates) != 1 || dates[0].Ref != segment || !dates[0].At.Equal(want) {
		t.Errorf("got %+v, want one at %s", dates, want)
	}
	r := s.call(http.MethodPost, "/v1/segments/"+segment+"/export", object{"format": "csv"})
	if r.Status != http.StatusAccepted || r.At("kind") != string(job.SegmentExport) {
		t.Errorf("by button: got %d %s", r.Status, r.Text)
	}
}
