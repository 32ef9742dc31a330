package lake_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/origin"
	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

// BenchmarkFeed is what lakefeed does for an imported record: a customer, and an order of two lines, each with the other items of its transaction. An op is a
// record of the import; a thousand are a batch. It prints what the processor works for each: other programs on the machine make the time longer.
func BenchmarkFeed(b *testing.B) {
	for name, create := range map[string]func(s *shop, x *store.Tx, i int){
		"customer": func(s *shop, x *store.Tx, i int) {
			x.CreateCustomer(&customer.Customer{ID: s.NewID(id.Customer), Consents: consent.States{"email.marketing": consent.Granted}, Origin: &origin.Origin{ImportID: "imp_1", Row: int64(i), Version: 1}, Fields: customer.Fields{
				Kind: "consumer", Name: fmt.Sprintf("김단골 %d", i), Email: fmt.Sprintf("kim%d@example.kr", i), Phone: fmt.Sprintf("+8210%08d", i), BirthDate: "1988-02-29",
				Address: customer.Address{City: "마포구", Region: "서울특별시", Country: "KR"}, Tags: []string{"vip"}}})
		},
		"order": func(s *shop, x *store.Tx, i int) {
			var o order.Order
			if err := json.Unmarshal([]byte(`{"lines":[{"name":"원두","quantity":1,"unitPrice":{"amount":"12000","currency":"KRW"}},{"name":"컵","quantity":2,"unitPrice":{"amount":"8000","currency":"KRW"}}],"total":{"amount":"28000","currency":"KRW"}}`), &o); err != nil {
				b.Fatal(err)
			}
			o.ID, o.CustomerID, o.ExternalID, o.OrderedAt, o.Channel = s.NewID(id.Order), kim, fmt.Sprint("O-", i), noon, "web"
			x.CreateOrder(&o)
		},
	} {
		b.Run(name, func(b *testing.B) {
			s, to := open(b), objects(b)
			const batch = 1000
			var records []feed.Record
			for i := range batch {
				records = append(records, s.does(b, func(x *store.Tx) { create(s, x, i) })...)
			}
			b.ResetTimer()
			began := testenv.Processor()
			for done := 0; done < b.N; done += batch {
				var rows []lake.Row
				for _, r := range records {
					_, some, err := lake.Rows(r, noon)
					if err != nil {
						b.Fatal(err)
					}
					rows = append(rows, some...)
				}
				if _, err := lake.WriteDelta(b.Context(), to, tenant, rows); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64((testenv.Processor()-began).Microseconds())/float64(b.N), "cpu-us/record")
		})
	}
}
