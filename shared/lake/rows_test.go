package lake_test

import (
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/product"
	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

var (
	kim = "cus_" + "01KJQ6PSG02X9YPKYC3QEKNM3P"
	lee = "cus_" + "01KJQ6PSG02X9YPKYC3QEKNM4Q"
	ord = "ord_" + "01KJQ6PSG02X9YPKYC3QEKNM5R"
)

func bought(lines int, by string, at time.Time) *order.Order {
	o := &order.Order{ID: ord, CustomerID: by, OrderedAt: at, Total: won(12000)}
	for range lines {
		o.Lines = append(o.Lines, order.Line{Name: "원두", Quantity: decimal.NewFromInt(1), UnitPrice: won(12000)})
	}
	return o
}

func won(n int64) money.Money { return money.Money{Amount: decimal.NewFromInt(n), Currency: "KRW"} }

// TestWhatAnOrderLeaves tells the life of one order as rows: with the lines that it loses, and the places that it leaves.
func TestWhatAnOrderLeaves(t *testing.T) {
	march, april := noon, noon.AddDate(0, 1, 0)
	last := bought(2, kim, march)
	s := open(t)
	for _, step := range []struct {
		name string
		do   func(x *store.Tx)
		want []string
	}{
		{"it is recorded", func(x *store.Tx) { x.CreateOrder(last) }, []string{
			"orders ord v1 customerId=kim orderedAt=2026-03-02", "orderLines ord.001 v1 customerId=kim orderedAt=2026-03-02", "orderLines ord.002 v1 customerId=kim orderedAt=2026-03-02"}},
		{"it loses a line", func(x *store.Tx) { is := bought(1, kim, march); x.SaveOrder(last, is); last = is }, []string{
			"orders ord v2 customerId=kim orderedAt=2026-03-02", "orderLines ord.001 v2 customerId=kim orderedAt=2026-03-02", "orderLines ord.002 v2 gone customerId=kim orderedAt=2026-03-02"}},
		{"it moves to another month", func(x *store.Tx) { is := bought(1, kim, april); x.SaveOrder(last, is); last = is }, []string{
			"orders ord v3 customerId=kim orderedAt=2026-04-02", "orderLines ord.001 v3 customerId=kim orderedAt=2026-04-02",
			"orders ord v2 gone customerId=kim orderedAt=2026-03-02", "orderLines ord.001 v2 gone customerId=kim orderedAt=2026-03-02"}},
		{"it was another's", func(x *store.Tx) { is := bought(0, lee, april); x.SaveOrder(last, is); last = is }, []string{
			"orders ord v4 customerId=lee orderedAt=2026-04-02", "orders ord v3 gone customerId=kim orderedAt=2026-04-02", "orderLines ord.001 v4 gone customerId=kim orderedAt=2026-04-02"}},
		{"a day of the same month is the same place", func(x *store.Tx) { is := bought(0, lee, april.AddDate(0, 0, 1)); x.SaveOrder(last, is); last = is }, []string{
			"orders ord v5 customerId=lee orderedAt=2026-04-03"}},
		{"it is removed", func(x *store.Tx) { x.EraseOrder(last) }, []string{"orders ord v6 gone customerId=lee orderedAt=2026-04-03"}},
	} {
		got := short(told(rows(t, s.does(t, step.do)), "customerId", "orderedAt"))
		if !slices.Equal(got, step.want) {
			t.Errorf("%s:\ngot  %q\nwant %q", step.name, got, step.want)
		}
	}
}

// TestWhatHappensToAMessage: every version has all responses that were seen, so that a lake that is built anew has the same.
func TestWhatHappensToAMessage(t *testing.T) {
	s := open(t)
	m := message.Message{ID: id.Derived(id.Message, "m"), CampaignID: id.Derived(id.Campaign, "c"), CustomerID: kim, Channel: message.Email, State: message.Planned, PlannedAt: noon}
	move := func(step func(*message.Message)) []lake.Row {
		x, is := s.BeginChunk(m.CampaignID, 3), m
		step(&is)
		if m.Version == 0 {
			x.Plan(&is)
		} else {
			x.Move(&m, &is)
		}
		if err := x.Commit(t.Context()); err != nil {
			t.Fatal(err)
		}
		m = is
		return rows(t, s.records(t))
	}
	for _, step := range []struct {
		name string
		do   func(*message.Message)
		want []string
	}{
		{"planned", func(*message.Message) {}, []string{"messages msg v1 state=planned"}},
		{"accepted", func(m *message.Message) { m.State, m.Address = message.Accepted, "kim@x.kr" }, []string{"messages msg v2 state=accepted"}},
		{"opened", func(m *message.Message) { m.Respond(message.Opened, noon.AddDate(0, 0, 2)) }, []string{"messages msg v3 state=accepted", "responses msg.opened v3 kind=opened at=2026-03-04"}},
		{"clicked", func(m *message.Message) { m.Respond(message.Clicked, noon.AddDate(0, 0, 2)) }, []string{
			"messages msg v4 state=accepted", "responses msg.opened v4 kind=opened at=2026-03-04", "responses msg.clicked v4 kind=clicked at=2026-03-04"}},
	} {
		if got := short(told(move(step.do), "state", "kind", "at")); !slices.Equal(got, step.want) {
			t.Errorf("%s:\ngot  %q\nwant %q", step.name, got, step.want)
		}
	}
}

// TestACustomerIsRemovedWithAllThatIsTheirs, in whatever order the feed tells it.
func TestACustomerIsRemovedWithAllThatIsTheirs(t *testing.T) {
	s := open(t)
	c := &customer.Customer{ID: kim, Fields: customer.Fields{Name: "김단골", Email: "kim@x.kr"}}
	if got := short(told(rows(t, s.does(t, func(x *store.Tx) { x.CreateCustomer(c) })), "name", "type")); !slices.Equal(got, []string{"customers kim v1 name=김단골", "events evt v1 type=profileCreated"}) {
		t.Errorf("created: got %q", got)
	}
	if err := s.PurgeCustomer(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	got := short(told(rows(t, s.records(t)), "name", "customerId"))
	if want := []string{"events evt v2 gone customerId=kim", "customers kim v2 gone"}; !slices.Equal(got, want) {
		t.Errorf("removed: got %q, want %q", got, want)
	}
}

func TestWhatTheLakeDoesNotHaveBringsNoRows(t *testing.T) {
	s := open(t)
	if got := rows(t, s.does(t, func(x *store.Tx) {
		x.CreateProduct(&product.Product{ID: id.Derived(id.Product, "p"), Fields: product.Fields{Name: "원두", Price: won(12000)}})
	})); got != nil {
		t.Errorf("a product: got %v", told(got))
	}
	counted := feed.Record{Table: table.CRM, Old: &table.Item{Key: table.Key{PK: "t#" + tenant + "#cmp#cmp_1", SK: "ctl"}, Version: 3, Head: []byte(`{"status":"sending"}`)}}
	next := *counted.Old
	next.Counters = map[string]int64{"complete": 1}
	counted.New = &next
	if _, got, err := lake.Rows(counted, noon); got != nil || err != nil {
		t.Errorf("a counter that moved: got %v, %v", told(got), err)
	}
	if of, _, err := lake.Rows(feed.Record{Table: table.CRM, New: &table.Item{Key: table.Key{PK: "t#" + other + "#cus#" + kim, SK: "cus"}, Head: []byte(`{`)}}, noon); err == nil || of != other {
		t.Errorf("an item that nobody can read: got %q, %v", of, err)
	}
}
