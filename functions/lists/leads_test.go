//go:build cgo

package lists_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/crm/lead"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

// meet adds leads, a second apart, and returns their ids.
func (s *shop) meet(people ...lead.Fields) (ids []string) {
	s.Helper()
	for _, f := range people {
		s.Time.Advance(time.Second)
		l := &lead.Lead{ID: s.IDs.New(id.Lead), Fields: f}
		tx := s.tenant().Begin()
		tx.CreateLead(l)
		s.do(tx.Commit(s.Context()))
		ids = append(ids, l.ID)
	}
	return ids
}

// fair is a workspace with four leads, and a neighbour with one.
func fair(t *testing.T) (s *shop, ids []string) {
	t.Helper()
	s = open(t)
	ids = s.meet(
		lead.Fields{Name: "홍길동", Email: "hong@example.kr", Phone: "+821012345678", Company: "한빛상사", Source: "도서전", Status: lead.New},
		lead.Fields{Name: "Anna Kim", Email: "anna@shop.kr", Source: "Web", Status: lead.Working, Notes: "단체 주문"},
		lead.Fields{Name: "김서연", Company: "새벽커피", Source: "web", Status: lead.Working, OwnerID: "usr_1"},
		lead.Fields{Company: "Moon Trading", Phone: "+8225551234", Status: lead.Lost})
	s.feed(ids...)
	next := s.neighbour()
	next.feed(next.meet(lead.Fields{Name: "홍길동", Source: "web", Status: lead.New})...)
	return s, ids
}

func (s *shop) leads(query url.Values, header ...string) answer {
	s.Helper()
	return s.listed("/v1/leads", query, header...)
}

// who are the leads of a page by the first letter of their name, or of their company.
func (a answer) who() (out string) {
	for _, d := range a.Data {
		name, has := d["name"].(string)
		if !has {
			name, _ = d["company"].(string)
		}
		out += string([]rune(name)[0])
	}
	return out
}

func TestAnyFieldFiltersLeads(t *testing.T) {
	s, ids := fair(t)
	for filter, want := range map[string]string{
		`status eq working`: "김A", `status in (new,lost)`: "M홍", `source eq WEB`: "김A", `source isEmpty`: "M", `not source eq web`: "M홍", `company contains 커피`: "김",
		`notes contains 단체`: "A", `ownerId eq usr_1`: "김", `phone startsWith +822`: "M", `lead.email eq hong@example.kr`: "홍", `id eq ` + ids[2]: "김",
		`score isEmpty`: "M김A홍", `score gt 3`: "", `convertedAt isEmpty and createdAt inLast P1D`: "M김A홍", `customerId isNotEmpty`: "", `status eq new or (status eq working and name eq "anna kim")`: "A홍",
	} {
		a := s.leads(values("filter", filter))
		if got := a.who(); got != want || a.Total != int64(len([]rune(want))) || a.NextCursor != "" {
			t.Errorf("%s: got %q of %d, want %q", filter, got, a.Total, want)
		}
	}
}

func TestLeadsAreSearched(t *testing.T) {
	s, _ := fair(t)
	for q, want := range map[string]string{"길동": "홍", "ㅎㄱㄷ": "홍", "ㅅㅂㅋ": "김", "ANNA": "A", "kim anna": "A", "trading": "M", "010-1234": "홍", "02-555": "M", "shop": "A", "nobody": "", "%": ""} {
		if got := s.leads(values("q", q)).who(); got != want {
			t.Errorf("%q: got %q, want %q", q, got, want)
		}
	}
}

// Pages put together are the whole list, by whatever field it is sorted.
func TestAnyFieldSortsLeads(t *testing.T) {
	s, _ := fair(t)
	for sort, want := range map[string]string{"createdAt": "홍A김M", "-createdAt": "M김A홍", "name": "A김홍M", "-company": "홍김MA", "status,name": "M홍A김", "source,-name": "김A홍M"} {
		s.inPages("/v1/leads", sort, want)
	}
}

// inPages holds a sorted list of four against who should be in it, read in pages of every size.
func (s *shop) inPages(path, sort, want string) {
	s.Helper()
	for limit := 1; limit <= 4; limit++ {
		var got string
		query := values("sort", sort, "limit", fmt.Sprint(limit))
		for {
			a := s.listed(path, query)
			if got += a.who(); a.Total != 4 {
				s.Errorf("by %s: %d in all", sort, a.Total)
			}
			if a.NextCursor == "" {
				break
			}
			query.Set("cursor", a.NextCursor)
		}
		if got != want {
			s.Errorf("by %s, %d a page: got %q, want %q", sort, limit, got, want)
		}
	}
}

func TestLeadsAreCounted(t *testing.T) {
	s, _ := fair(t)
	for by, want := range map[string]string{"status": "working:2 lost:1 new:1", "source": "Web:2 도서전:1 -:1", "createdAt": "2026-03:4", "score": "-:4"} {
		if got := s.counted("/v1/leads/groups", by, 4); got != want {
			t.Errorf("by %s: got %s, want %s", by, got, want)
		}
	}
}

// counted are the groups of a list that has so many records: value:count.
func (s *shop) counted(path, by string, total int) string {
	s.Helper()
	var out struct {
		Data []struct {
			Value *string
			Count int
		}
		Total, Groups int
	}
	s.at(path, values("by", by)).Into(s.TB, &out)
	var got []string
	for _, g := range out.Data {
		name := "-"
		if g.Value != nil {
			name = *g.Value
		}
		got = append(got, fmt.Sprint(name, ":", g.Count))
	}
	if out.Total != total || out.Groups != len(got) {
		s.Errorf("by %s: %d in %d groups", by, out.Total, out.Groups)
	}
	return strings.Join(got, " ")
}

// What somebody changed a moment ago is in their next list, before the feed brings it.
func TestAWriterReadsTheLeadsTheyWrote(t *testing.T) {
	s, ids := fair(t)
	l, err := s.tenant().Lead(t.Context(), ids[0])
	s.do(err)
	l.Status = lead.Lost
	tx := s.tenant().Begin()
	tx.SaveLead(l, []string{"status"})
	s.do(tx.Commit(t.Context()))
	made := s.meet(lead.Fields{Name: "새사람", Status: lead.Lost})
	if got := s.leads(values("filter", "status eq lost")).who(); got != "M" {
		t.Errorf("others see %q", got)
	}
	if got := s.leads(values("filter", "status eq lost"), "Dangol-Recent", ids[0]+","+made[0]).who(); got != "새M홍" {
		t.Errorf("the writer sees %q", got)
	}
	if got := s.leads(values("limit", "2")); got.who() != "새M" || got.Total != 5 || got.NextCursor == "" {
		t.Errorf("the plain list is %q of %d", got.who(), got.Total)
	}
}

func TestRefusalsOfLeads(t *testing.T) {
	s, _ := fair(t)
	for _, c := range []struct{ path, name, value, want string }{
		{"/v1/leads", "filter", "colour eq red", "filter_invalid ?filter:rule_field_unknown"},
		{"/v1/leads", "filter", "orders.count gt 1", "filter_invalid ?filter:rule_node_unknown"},
		{"/v1/leads", "filter", "segment eq seg_1", "filter_invalid ?filter:rule_node_unknown"},
		{"/v1/leads", "filter", "score contains x", "filter_invalid ?filter:rule_op_unfit"},
		{"/v1/leads", "sort", "colour", "sort_invalid ?sort:sort_field"},
		{"/v1/leads/groups", "by", "colour", "groups_invalid ?by:groups_field"},
	} {
		if r := s.at(c.path, values(c.name, c.value)); r.Problem() != c.want {
			t.Errorf("%s %s: got %d %s, want %s", c.path, c.value, r.Status, r.Problem(), c.want)
		}
	}
	key := s.key("orders:read")
	if r := s.Do(t, testenv.Request{Method: http.MethodGet, Path: "/v1/leads", Token: key}); r.Status != http.StatusForbidden {
		t.Errorf("without the scope: %d", r.Status)
	}
}
