package rebuild_test

import (
	"crypto/rand"
	"fmt"
	mrand "math/rand/v2"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/kv"
	"github.com/dangol/dangol/shared/lake/rebuild"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/table/embedded"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

// BenchmarkLake builds a lake from the embedded table: of 200,000 customers, and of 18,000 with ten orders each in three years, of a line or two. It prints
// records (customers and orders, without the entries of their timelines and lines) a second, and what the processor worked for each.
func BenchmarkLake(b *testing.B) {
	for _, c := range []struct {
		name              string
		customers, orders int
	}{{"customers", 200_000, 0}, {"orders", 18_000, 182_000}} {
		b.Run(c.name, func(b *testing.B) {
			t := filled(b, c.customers, c.orders)
			to, dir := objects(b), b.TempDir()
			b.ResetTimer()
			began := testenv.Processor()
			var r rebuild.Result
			for range b.N {
				r = rebuilt(b, t, to, rebuild.Options{Now: time.Now, Dir: dir})
			}
			b.ReportMetric(float64((testenv.Processor()-began).Microseconds())/float64(b.N*(c.customers+c.orders)), "cpu-us/record")
			b.ReportMetric(float64(b.N*(c.customers+c.orders))/b.Elapsed().Seconds(), "records/s")
			b.ReportMetric(float64(b.N*r.Rows)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

// filled is a tenant with so many customers and orders.
func filled(b *testing.B, customers, orders int) *store.Tenant {
	b.Helper()
	s, err := kv.Open(b.TempDir(), kv.Options{})
	must(b, err)
	engine, err := embedded.New(s, embedded.Options{Clock: clock.System{}})
	must(b, err)
	b.Cleanup(func() {
		engine.Close()
		_ = s.Close()
	})
	f := &filling{b: b, s: store.New(engine, clock.System{}, rand.Reader).Tenant(ours).As("usr_01JD0000000000000000000003"), luck: mrand.New(mrand.NewPCG(1, 2))}
	f.x = f.s.Begin()
	for i := range customers {
		f.customer(i)
	}
	for i := range orders {
		f.order(i, orders)
	}
	must(b, f.x.Commit(b.Context()))
	settle()
	return f.s
}

// settle waits until the engine has put what was written into its order, a minute at most.
func settle() {
	const tick = 300 * time.Millisecond
	for range time.Minute / tick {
		was := testenv.Processor()
		time.Sleep(tick)
		if testenv.Processor()-was < tick/20 {
			return
		}
	}
}

type filling struct {
	b    *testing.B
	s    *store.Tenant
	x    *store.Tx
	luck *mrand.Rand
	ids  []string
}

func (f *filling) next() {
	if f.x.Len() > table.MaxTxItems-8 {
		must(f.b, f.x.Commit(f.b.Context()))
		f.x = f.s.Begin()
	}
}

func (f *filling) customer(i int) {
	c := &customer.Customer{ID: f.s.NewID(id.Customer), Consents: consent.States{"email.marketing": consent.Granted}, Fields: customer.Fields{
		Kind: "consumer", Name: fmt.Sprintf("김단골 %d", i%5000), Email: fmt.Sprintf("kim%d@example.kr", i), Phone: fmt.Sprintf("+8210%08d", i), BirthDate: "1988-02-29", Gender: "female",
		Address: customer.Address{Line1: fmt.Sprintf("양화로 %d", i%300), City: "마포구", Region: "서울특별시", PostalCode: "04038", Country: "KR"}, Tags: []string{"vip", "web"}}}
	f.ids = append(f.ids, c.ID)
	f.x.CreateCustomer(c)
	f.next()
}

func (f *filling) order(i, of int) {
	won := money.Money{Amount: decimal.NewFromInt(1000 * f.luck.Int64N(90)), Currency: "KRW"}
	o := &order.Order{ID: f.s.NewID(id.Order), CustomerID: f.ids[f.luck.IntN(len(f.ids))], ExternalID: fmt.Sprintf("O-%d", i), Channel: "web", Total: won,
		OrderedAt: time.Date(2023, 3, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(i) * (3 * 365 * 24 * time.Hour / time.Duration(of)))}
	for range 1 + f.luck.IntN(2) {
		o.Lines = append(o.Lines, order.Line{ProductID: fmt.Sprintf("prd_%d", f.luck.IntN(500)), Name: fmt.Sprintf("원두 %d", f.luck.IntN(500)), Quantity: decimal.NewFromInt(1), UnitPrice: won})
	}
	f.x.CreateOrder(o)
	f.next()
}
