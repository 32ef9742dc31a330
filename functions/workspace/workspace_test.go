package workspace_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/functions/workspace"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/crm/segments"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/testkit/testenv"
	"github.com/dangol/dangol/tenants/demo"
)

// shop is a running feature with two owners.
type shop struct {
	*testenv.Place
	*testenv.Server
	ours, theirs *testenv.Owner
}

func open(t *testing.T) *shop {
	t.Helper()
	p := testenv.New(t)
	return &shop{p, p.Serve(t, workspace.New(p.Env)), p.Owner(t, "one@shop.kr"), p.Owner(t, "two@shop.kr")}
}

func (s *shop) do(t *testing.T, method, path string, body any, header ...string) *testenv.Reply {
	t.Helper()
	return s.Do(t, testenv.Request{Method: method, Path: "/v1/workspace" + path, Token: s.ours.Token, Body: body, Header: header})
}

func (s *shop) patch(t *testing.T, body any, header ...string) *testenv.Reply {
	t.Helper()
	return s.do(t, http.MethodPatch, "", body, header...)
}

func TestSettingsAreReadAndPatched(t *testing.T) {
	s := open(t)
	was := s.do(t, http.MethodGet, "", nil)
	if was.Status != 200 || was.At("company") != "모퉁이 커피" || was.Header.Get("ETag") != `"1"` {
		t.Fatalf("got %d %s, ETag %s", was.Status, was.Text, was.Header.Get("ETag"))
	}
	now := s.patch(t, map[string]any{"company": " 모퉁이 커피 로스터스 ", "senderEmail": "HI@cornerbean.kr", "attributionDays": 14, "onboarding": map[string]bool{"segment": true}},
		"If-Match", `"1"`)
	if now.Status != 200 || now.At("company") != "모퉁이 커피 로스터스" || now.At("senderEmail") != "hi@cornerbean.kr" || now.At("attributionDays") != 14.0 ||
		now.At("onboarding", "segment") != true || now.At("timeZone") != "Asia/Seoul" || now.Header.Get("ETag") != `"2"` {
		t.Errorf("got %d %s", now.Status, now.Text)
	}
	if stale := s.patch(t, map[string]any{"company": "x"}, "If-Match", `"1"`); stale.Status != http.StatusPreconditionFailed || stale.Problem() != "version_stale" {
		t.Errorf("stale: got %d %s", stale.Status, stale.Problem())
	}
	cleared := s.patch(t, map[string]any{"senderEmail": nil})
	if cleared.Status != 200 || cleared.At("senderEmail") != nil || cleared.At("attributionDays") != 14.0 {
		t.Errorf("cleared: got %d %s", cleared.Status, cleared.Text)
	}
	if same := s.patch(t, map[string]any{"currency": "KRW"}); same.Header.Get("ETag") != cleared.Header.Get("ETag") {
		t.Error("a patch that changes nothing wrote a new version")
	}
	theirs := s.Do(t, testenv.Request{Method: http.MethodGet, Path: "/v1/workspace", Token: s.theirs.Token})
	if theirs.At("company") != "모퉁이 커피" || theirs.At("id") == was.At("id") {
		t.Errorf("the other tenant: %s", theirs.Text)
	}
}

func TestSettingsThatBreakARuleAreNamed(t *testing.T) {
	s := open(t)
	for name, c := range map[string]struct {
		body map[string]any
		want string
	}{
		"several":               {map[string]any{"company": "", "timeZone": "Mars", "attributionDays": 0}, "validation_failed /company:required_missing /timeZone:format_invalid /attributionDays:below_minimum"},
		"what must stay":        {map[string]any{"language": nil}, "validation_failed /language:option_unknown"},
		"what is not theirs":    {map[string]any{"plan": "business"}, "validation_failed /plan:field_unknown"},
		"a rule of the stages":  {map[string]any{"lifecycle": map[string]any{"dormantDays": 0, "newDays": nil}}, "validation_failed /lifecycle/newDays:below_minimum /lifecycle/dormantDays:below_minimum"},
		"a margin of nothing":   {map[string]any{"marginPercent": 0, "discountPercent": 101}, "validation_failed /discountPercent:above_maximum /marginPercent:below_minimum"},
		"a model of its own":    {map[string]any{"scoreModel": "magic"}, "validation_failed /scoreModel:option_unknown"},
		"the id":                {map[string]any{"id": "wsp_1"}, "validation_failed /id:field_unknown"},
		"the sample mark":       {map[string]any{"sample": true}, "validation_failed /sample:field_unknown"},
		"a number for a name":   {map[string]any{"company": 7}, "validation_failed /company:type_wrong"},
		"an unknown first step": {map[string]any{"onboarding": map[string]bool{"fly": true}}, "validation_failed /onboarding/fly:option_unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			if r := s.patch(t, c.body); r.Status != 422 || r.Problem() != c.want {
				t.Errorf("got %d %s, want %s", r.Status, r.Problem(), c.want)
			}
		})
	}
	if r := s.do(t, http.MethodGet, "", nil); r.Header.Get("ETag") != `"1"` {
		t.Error("a refused patch wrote something")
	}
}

func (s *shop) steps(t *testing.T) string {
	t.Helper()
	r := s.do(t, http.MethodGet, "/checklist", nil)
	var list struct {
		Done  bool
		Steps []struct {
			Key           string
			Done, Skipped bool
		}
	}
	r.Into(t, &list)
	var said []string
	for _, st := range list.Steps {
		if st.Done || st.Skipped {
			said = append(said, st.Key+map[bool]string{true: "", false: "?"}[st.Done])
		}
	}
	if list.Done {
		said = append(said, "all")
	}
	return strings.Join(said, " ")
}

func TestTheChecklistTicksItself(t *testing.T) {
	s := open(t)
	own := s.DB.Tenant(s.ours.Workspace.ID).As("test")
	commit := func(f func(*store.Tx)) {
		t.Helper()
		x := own.Begin()
		f(x)
		if err := x.Commit(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	check := func(after, want string) {
		t.Helper()
		if got := s.steps(t); got != want {
			t.Errorf("after %s: got %q, want %q", after, got, want)
		}
	}
	check("sign-up", "")
	s.do(t, http.MethodPost, "/sample-data", nil)
	check("sample data, which is not the owner's doing", "")
	commit(func(x *store.Tx) {
		x.CreateCustomer(&customer.Customer{ID: own.NewID(id.Customer), Fields: customer.Fields{Kind: customer.Consumer, Name: "한 사람"}})
	})
	check("a customer", "customers")
	_, none := score.Compute(s.Time.Now(), time.UTC, "KRW", nil)
	commit(func(x *store.Tx) { x.PutSummary(none, nil, true) })
	check("scores", "customers scores")
	s.patch(t, map[string]any{"onboarding": map[string]bool{"campaign": true}})
	check("skipping the campaign", "customers scores campaign?")
	commit(func(x *store.Tx) {
		x.CreateSegment(&segments.Segment{ID: own.NewID(id.Segment), Fields: segments.Fields{Name: "모두", Rule: []byte(`{"all":[]}`)}})
	})
	check("a segment", "customers scores segment campaign? all")
}

// rows returns every item of the tenant's crm table, but the settings and what the nightly work keeps.
func (s *shop) rows(t *testing.T, tenant string) map[table.Key]bool {
	t.Helper()
	rows := map[table.Key]bool{}
	ids := demo.IDsOf(tenant)
	for _, part := range [][]string{ids.Customers, ids.Orders, ids.Products, ids.Segments} {
		for _, one := range part {
			noun, _, _ := strings.Cut(one, "_")
			page, err := s.Table.Query(context.Background(), table.Query{Table: table.CRM, PK: "t#" + tenant + "#" + noun + "#" + one})
			if err != nil {
				t.Fatal(err)
			}
			for _, it := range page.Items {
				rows[it.Key] = true
			}
		}
	}
	return rows
}

func TestSampleDataComesOnceAndGoesWithoutATrace(t *testing.T) {
	s := open(t)
	tenant := s.ours.Workspace.ID
	for range 2 {
		r := s.do(t, http.MethodPost, "/sample-data", nil)
		if r.Status != 200 || r.At("customers") != 60.0 || r.At("products") != 6.0 || r.At("segments") != 2.0 {
			t.Fatalf("got %d %s", r.Status, r.Text)
		}
	}
	list, _, err := s.DB.Tenant(tenant).Customers(t.Context(), store.Page{Limit: 200})
	if err != nil || len(list) != 60 || !list[0].Sample {
		t.Errorf("got %d customers, %v", len(list), err)
	}
	if orders, _, _ := s.DB.Tenant(tenant).Orders(t.Context(), store.Page{Limit: 1000}); len(orders) < 250 {
		t.Errorf("got %d orders", len(orders))
	}
	if s.do(t, http.MethodGet, "", nil).At("sample") != true {
		t.Error("the workspace does not say that it holds sample data")
	}
	if theirs, _, _ := s.DB.Tenant(s.theirs.Workspace.ID).Customers(t.Context(), store.Page{Limit: 200}); len(theirs) != 0 {
		t.Errorf("the other tenant got %d customers", len(theirs))
	}
	for range 2 {
		if r := s.do(t, http.MethodDelete, "/sample-data", nil); r.Status != 204 {
			t.Fatalf("removal: got %d %s", r.Status, r.Text)
		}
	}
	if left := s.rows(t, tenant); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
	if holder, err := s.DB.Tenant(tenant).CustomerIDBy(t.Context(), store.LabelEmail, list[0].Email); holder != "" || err != nil {
		t.Errorf("the address %s is still taken by %s, %v", list[0].Email, holder, err)
	}
	if s.do(t, http.MethodGet, "", nil).At("sample") != false {
		t.Error("the workspace still says that it holds sample data")
	}
	if r := s.do(t, http.MethodPost, "/sample-data", nil); r.Status != 200 {
		t.Errorf("once more: %d %s", r.Status, r.Text)
	}
}

// What the owner made stays, and so does a sample customer to whom the owner gave an order.
func TestRemovalLeavesWhatIsTheOwners(t *testing.T) {
	s := open(t)
	own := s.DB.Tenant(s.ours.Workspace.ID).As("test")
	s.do(t, http.MethodPost, "/sample-data", nil)
	ids := demo.IDsOf(own.ID)
	mine := &customer.Customer{ID: own.NewID(id.Customer), Fields: customer.Fields{Kind: customer.Consumer, Name: "김민서", Email: "me@shop.kr"}}
	total, _ := money.Parse("12000", "KRW")
	bought := &order.Order{ID: own.NewID(id.Order), CustomerID: ids.Customers[3], OrderedAt: s.Time.Now(), Total: total}
	x := own.Begin()
	x.CreateCustomer(mine)
	x.CreateOrder(bought)
	if err := x.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if r := s.do(t, http.MethodDelete, "/sample-data", nil); r.Status != 204 {
		t.Fatalf("got %d %s", r.Status, r.Text)
	}
	left, _, err := own.Customers(t.Context(), store.Page{Limit: 200})
	if err != nil || len(left) != 2 {
		t.Fatalf("got %d customers, %v; want the owner's and the one with an order", len(left), err)
	}
	for _, c := range left {
		if c.Sample || c.ID != mine.ID && c.ID != ids.Customers[3] {
			t.Errorf("got %+v", c)
		}
	}
	if orders, _, _ := own.Orders(t.Context(), store.Page{Limit: 1000}); len(orders) != 1 || orders[0].ID != bought.ID {
		t.Errorf("got %d orders", len(orders))
	}
}

// A process that dies anywhere in between leaves something that the next call completes, or takes away.
func TestSampleDataSurvivesACrashBetweenAnyTwoWrites(t *testing.T) {
	s := open(t)
	for _, crash := range []int{0, 1, 2, 5, 9, 14} {
		n := 0
		s.Engine.Faults.CrashBeforeWrite(func([]table.Op) error {
			if n++; n == crash+1 {
				return context.Canceled
			}
			return nil
		})
		s.do(t, http.MethodPost, "/sample-data", nil)
		s.Engine.Faults.CrashBeforeWrite(nil)
		if crash%2 == 0 {
			if r := s.do(t, http.MethodPost, "/sample-data", nil); r.Status != 200 {
				t.Errorf("adding after crash %d: %d %s", crash, r.Status, r.Text)
			}
			list, _, _ := s.DB.Tenant(s.ours.Workspace.ID).Customers(t.Context(), store.Page{Limit: 200})
			if len(list) != 60 {
				t.Errorf("after crash %d: %d customers", crash, len(list))
			}
		}
		if r := s.do(t, http.MethodDelete, "/sample-data", nil); r.Status != 204 {
			t.Errorf("removing after crash %d: %d %s", crash, r.Status, r.Text)
		}
		if left := s.rows(t, s.ours.Workspace.ID); len(left) != 0 {
			t.Fatalf("after crash %d %d items are left", crash, len(left))
		}
	}
}
