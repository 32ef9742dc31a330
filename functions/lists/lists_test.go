//go:build cgo

package lists_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/customfield"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

// street are five neighbours, the first one the oldest.
func street() []customer.Fields {
	seoul, busan := customer.Address{Region: "서울"}, customer.Address{Region: "부산"}
	return []customer.Fields{
		{Name: "홍길동", Email: "hong@example.com", Phone: "+821012345678", Address: seoul, Tags: []string{"vip", "gold"}, Custom: map[string]any{"size": 3.0}},
		{Name: "김서연", Email: "kim@example.com", ExternalID: "K-77", Address: seoul, Tags: []string{"vip"}},
		{Name: "Anna", Email: "anna@shop.example", Address: busan, Custom: map[string]any{"size": 10.0}},
		{Name: "단골상사", Kind: customer.Business, Phone: "+8225551234"},
		{Name: "이몽룡", Address: busan, Custom: map[string]any{"size": 7.0}},
	}
}

// settled is a street with its neighbours in the lake, beside another street with the same.
func settled(t *testing.T) (s *shop, ids []string) {
	s = open(t)
	n := s.neighbour()
	n.feed(n.come(street()...)...)
	ids = s.come(street()...)
	s.feed(ids...)
	return s, ids
}

func TestAnyFieldFilters(t *testing.T) {
	s, ids := settled(t)
	for range 3 {
		s.feed(s.buy(ids[0], "12000"))
	}
	s.feed(s.buy(ids[2], "9000"))
	for filter, want := range map[string]string{
		`address.region eq "서울"`:                                 "김서연 홍길동",
		`address.region eq 부산 and custom.size gte 8`:             "Anna",
		`tags in (gold) or kind eq business`:                     "단골상사 홍길동",
		`not email isEmpty`:                                      "Anna 김서연 홍길동",
		`orders.count gte 3 within P90D`:                         "홍길동",
		`orders.sum between (5000,10000)`:                        "Anna",
		`orders.count eq 0 and address.region isNotEmpty`:        "이몽룡 김서연",
		`createdAt inLast P1D and name startsWith 김`:             "김서연",
		`name eq ANNA`:                                           "Anna",
		`(custom.size lt 5 or custom.size gt 9) and email ne ""`: "Anna 홍길동",
		`name eq nobody`:                                         "",
	} {
		a := s.page(values("filter", filter))
		if got := a.names(); got != want || a.Total != int64(len(a.Data)) || a.NextCursor != "" {
			t.Errorf("%s: got %q of %d, want %q", filter, got, a.Total, want)
		}
	}
}

func TestAnyFieldSorts(t *testing.T) {
	s, _ := settled(t)
	for sort, want := range map[string]string{
		"name": "Anna 김서연 단골상사 이몽룡 홍길동", "-custom.size": "Anna 이몽룡 홍길동 단골상사 김서연", "createdAt": "홍길동 김서연 Anna 단골상사 이몽룡",
		"address.region,-custom.size": "Anna 이몽룡 홍길동 김서연 단골상사", "-createdAt": "이몽룡 단골상사 Anna 김서연 홍길동",
	} {
		whole := s.page(values("sort", sort))
		if whole.names() != want || whole.Total != 5 {
			t.Errorf("by %s: got %s of %d, want %s", sort, whole.names(), whole.Total, want)
		}
		for limit := 1; limit <= 5; limit++ {
			got, pages := s.turn(values("sort", sort, "limit", fmt.Sprint(limit)))
			s.expect(fmt.Sprint("by ", sort, " in pages of ", limit), got, strings.Fields(want))
			if pages != (5+limit-1)/limit {
				t.Errorf("by %s in pages of %d: %d pages", sort, limit, pages)
			}
		}
	}
}

func TestSearch(t *testing.T) {
	s, ids := settled(t)
	s.change(ids[1], func(c *customer.Customer) { c.CompanyID = ids[3] })
	s.feed(ids[1])
	for q, want := range map[string]string{
		"길동": "홍길동", "ㅎㄱㄷ": "홍길동", "ㅁㄹ": "이몽룡", "example": "Anna 김서연 홍길동", "kim@": "김서연", "010-1234": "홍길동", "02-555": "단골상사", "K-7": "김서연",
		"단골": "단골상사 김서연", "ㄷㄱㅅㅅ": "단골상사 김서연", "shop anna": "Anna", "anna kim": "", "%": "",
	} {
		if a := s.page(values("q", q)); a.names() != want || a.Total != int64(len(a.Data)) {
			t.Errorf("%s: got %q of %d, want %q", q, a.names(), a.Total, want)
		}
	}
	if a := s.page(values("q", "ㄱ", "filter", "address.region eq 서울", "sort", "name", "limit", "1")); a.names() != "김서연" || a.Total != 2 {
		t.Errorf("search, filter and order: got %s of %d", a.names(), a.Total)
	}
}

func TestGroups(t *testing.T) {
	s, _ := settled(t)
	for by, want := range map[string]string{
		"address.region": "부산:2 서울:2 -:1", "tags": "-:3 vip:2 gold:1", "kind": "-:4 business:1", "custom.size": "-:2 10:1 3:1 7:1", "createdAt": "2026-03:5",
	} {
		r := s.at("/v1/customers/groups", values("by", by))
		var reply struct {
			Data []struct {
				Value *string
				Count int
			}
			Total, Groups int
		}
		r.Into(t, &reply)
		var got []string
		for _, g := range reply.Data {
			if g.Value == nil {
				g.Value = new("-")
			}
			got = append(got, fmt.Sprint(*g.Value, ":", g.Count))
		}
		slices.Sort(got)
		s.expect(by, got, slices.Sorted(slices.Values(strings.Fields(want))))
		if reply.Total != 5 || reply.Groups != len(got) {
			t.Errorf("%s: %s", by, r.Text)
		}
	}
	if r := s.at("/v1/customers/groups", values("by", "address.region", "filter", "name eq nobody")); r.Status != http.StatusOK || !strings.Contains(r.Text, `"data":[]`) {
		t.Errorf("of nobody: %d %s", r.Status, r.Text)
	}
}

func TestRefusals(t *testing.T) {
	s, _ := settled(t)
	for _, c := range []struct{ path, name, value, want string }{
		{"/v1/customers", "filter", "colour eq red", "filter_invalid ?filter:rule_field_unknown"},
		{"/v1/customers", "filter", "custom.siez eq 3", "filter_invalid ?filter:rule_field_unknown"},
		{"/v1/customers", "filter", "segment eq seg_none", "filter_invalid ?filter:rule_segment_unknown"},
		{"/v1/customers", "filter", "name eq a or not segment eq seg_none", "filter_invalid ?filter:rule_segment_unknown"},
		{"/v1/customers", "filter", "name eq", "filter_malformed ?filter:filter_malformed"},
		{"/v1/customers", "filter", "custom.size eq big", "filter_invalid ?filter:rule_value_type"},
		{"/v1/customers", "sort", "colour", "sort_invalid ?sort:sort_field"},
		{"/v1/customers", "sort", "tags", "sort_invalid ?sort:sort_field"},
		{"/v1/customers", "sort", "name,email,phone,kind,gender,id", "sort_invalid ?sort:sort_field"},
		{"/v1/customers", "fields", "colour", "fields_unknown ?fields:fields_unknown"},
		{"/v1/customers/groups", "by", "colour", "groups_invalid ?by:groups_field"},
		{"/v1/customers/groups", "by", "custom.siez", "groups_invalid ?by:groups_field"},
	} {
		if r := s.at(c.path, values(c.name, c.value)); r.Status != http.StatusBadRequest || r.Problem() != c.want {
			t.Errorf("%s=%s: got %d %s, want %s", c.name, c.value, r.Status, r.Problem(), c.want)
		}
	}
}

// Amounts are not counted by, whether they are built in or one's own, defined or as they came, and whether somebody has one or nobody.
func TestNothingIsCountedByMoney(t *testing.T) {
	s, _ := settled(t)
	s.feed(s.come(customer.Fields{Name: "성춘향", Custom: map[string]any{"deposit": map[string]any{"amount": "12.50", "currency": "USD"}}})...)
	tx := s.tenant().Begin()
	tx.SaveCustomFields(&customfield.Set{Fields: []customfield.Field{{Key: "debt", Type: customfield.Money, Currency: "KRW", Label: customfield.Label{Korean: "외상", English: "Debt"}}}}, []string{"debt"})
	s.do(tx.Commit(t.Context()))
	for _, c := range [][2]string{{"/v1/customers/groups", "score.revenue"}, {"/v1/customers/groups", "custom.deposit"}, {"/v1/customers/groups", "custom.debt"},
		{"/v1/orders/groups", "total"}, {"/v1/orders/groups", "customer.custom.deposit"}, {"/v1/orders/groups", "score.revenue"}} {
		if r := s.at(c[0], values("by", c[1])); r.Status != http.StatusUnprocessableEntity || r.Problem() != "groups_invalid ?by:groups_money" {
			t.Errorf("%s by %s: got %d %s", c[0], c[1], r.Status, r.Problem())
		}
	}
}

func TestACursorIsOfItsListAlone(t *testing.T) {
	s, _ := settled(t)
	cursor := s.page(values("sort", "name", "limit", "2")).NextCursor
	if a := s.page(values("sort", "name", "limit", "2", "cursor", cursor)); a.names() != "단골상사 이몽룡" {
		t.Errorf("the second page: %s", a.names())
	}
	for what, r := range map[string]*testenv.Reply{
		"another order": s.get(values("sort", "-name", "cursor", cursor)), "a filter": s.get(values("sort", "name", "filter", "kind eq business", "cursor", cursor)),
		"a search": s.get(values("sort", "name", "q", "a", "cursor", cursor)), "the plain list": s.get(values("cursor", cursor)),
		"a neighbour": s.neighbour().get(values("sort", "name", "cursor", cursor)),
	} {
		if r.Status != http.StatusBadRequest || r.Problem() != "cursor_invalid ?cursor:cursor_invalid" {
			t.Errorf("%s: got %d %s", what, r.Status, r.Text)
		}
	}
}

// While pages are turned customers come, go and change: none of the others is shown twice or left out.
func TestPagesHoldStillWhileCustomersComeAndGo(t *testing.T) {
	s, ids := settled(t)
	first := s.page(values("sort", "name", "limit", "2"))
	s.archive(ids[1])
	s.feed(ids[1])
	s.feed(s.come(customer.Fields{Name: "Aaron"}, customer.Fields{Name: "마중물"})...)
	rest := s.page(values("sort", "name", "limit", "9", "cursor", first.NextCursor))
	if got := first.names() + " | " + rest.names(); got != "Anna 김서연 | 단골상사 마중물 이몽룡 홍길동" || rest.Total != 6 {
		t.Errorf("got %s of %d", got, rest.Total)
	}
}

// The feed has stopped: the lake knows nobody's last changes. Who names what they changed has it in the next list all the same.
func TestAWriterReadsWhatTheyWrote(t *testing.T) {
	s, ids := settled(t)
	fresh := s.come(customer.Fields{Name: "새손님", Address: customer.Address{Region: "서울"}})[0]
	s.change(ids[0], func(c *customer.Customer) { c.Address.Region = "제주" })
	s.archive(ids[1])
	bought := s.buy(ids[4], "5000")
	theirs := s.neighbour().come(customer.Fields{Name: "남의손님", Address: customer.Address{Region: "서울"}})[0]

	stale := s.page(values("filter", "address.region eq 서울"))
	if stale.names() != "홍길동" || stale.Total != 2 { // one is archived, and the table says so
		t.Errorf("without a word: got %s of %d", stale.names(), stale.Total)
	}
	recent := []string{"Dangol-Recent", strings.Join([]string{fresh, ids[0], ids[1], bought, theirs, id.Derived(id.Customer, "nobody"), "; DROP"}, ", ")}
	for filter, want := range map[string]string{
		"address.region eq 서울": "새손님", "address.region eq 제주": "홍길동", "orders.count gte 1": "이몽룡", "name isNotEmpty": "새손님 이몽룡 단골상사 Anna 홍길동",
	} {
		if a := s.page(values("filter", filter), recent...); a.names() != want || a.Total != int64(len(a.Data)) {
			t.Errorf("%s: got %s of %d, want %s", filter, a.names(), a.Total, want)
		}
	}
	if a := s.page(values("limit", "1"), recent...); a.Total != 5 {
		t.Errorf("the plain list: %d, want 5", a.Total)
	}
	if r := s.at("/v1/customers/groups", values("by", "address.region"), recent...); !strings.Contains(r.Text, `"제주"`) || strings.Contains(r.Text, "남의") {
		t.Errorf("groups: %s", r.Text)
	}
}

// The list that the table has lies over several shards: pages are merged newest first, without a gap or a repetition.
func TestThePlainListGoesOnToItsEnd(t *testing.T) {
	s := open(t)
	for _, who := range []*shop{s.neighbour(), s} {
		var people []customer.Fields
		for i := range 23 {
			people = append(people, customer.Fields{Name: fmt.Sprintf("김%03d", i)})
		}
		who.feed(who.come(people...)...)
	}
	all := s.page(values("limit", "200"))
	if names := strings.Fields(all.names()); len(names) != 23 || names[0] != "김022" || !slices.IsSortedFunc(names, func(a, b string) int { return strings.Compare(b, a) }) || all.Total != 23 {
		t.Fatalf("got %v of %d", names, all.Total)
	}
	for _, limit := range []int{1, 7, 22, 23, 24} {
		got, pages := s.turn(values("limit", fmt.Sprint(limit)))
		s.expect(fmt.Sprint("pages of ", limit), got, strings.Fields(all.names()))
		if want := (23 + limit - 1) / limit; pages != want {
			t.Errorf("pages of %d: got %d, want %d", limit, pages, want)
		}
	}
	if a := s.page(values("limit", "5")); a.Total != 23 {
		t.Errorf("total of a page: %d", a.Total)
	}
}

func TestOneByAUniqueValue(t *testing.T) {
	s, ids := settled(t)
	for name, value := range map[string]string{"email": "KIM@example.com ", "externalId": "K-77"} {
		if a := s.page(values(name, value)); a.names() != "김서연" || a.Total != 1 {
			t.Errorf("%s: got %s of %d", name, a.names(), a.Total)
		}
	}
	s.archive(ids[1])
	if a := s.page(values("email", "kim@example.com")); len(a.Data) != 0 || a.Total != 0 {
		t.Errorf("of an archived one: %v", a.Data)
	}
	if a := s.page(values("fields", "name,address", "sort", "name", "limit", "1")); len(a.Data[0]) != 3 || a.Total != 5 {
		t.Errorf("narrowed: %v of %d", a.Data, a.Total)
	}
}
