package compact

import (
	"fmt"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

// BenchmarkTurn folds new customers, and then a change of each hundredth, into a lake of many: a row is an op.
func BenchmarkTurn(b *testing.B) {
	o := objects(b)
	opt := Options{Now: time.Now, Dir: b.TempDir(), DeltaBytes: 1 << 40}
	row := func(i int, version int64) lake.Row {
		return lake.Row{Subject: "customers", ID: fmt.Sprintf("cus_%022d", i), Version: version, At: noon, Cells: []lake.Cell{
			{Column: "kind", Value: "consumer"}, {Column: "name", Value: fmt.Sprintf("김단골 %d", i%5000)}, {Column: "email", Value: fmt.Sprintf("kim%d@example.kr", i)},
			{Column: "phone", Value: fmt.Sprintf("+8210%08d", i)}, {Column: "birthDate", Value: "1988-02-29"}, {Column: "address.region", Value: "서울특별시"},
			{Column: "address.city", Value: "마포구"}, {Column: "lifecycleStage", Value: "buyer"}, {Column: "tags", Value: []string{"vip", "web"}},
			{Column: "consents.email.marketing", Value: "granted"}, {Column: "sample", Value: false}, {Column: "createdAt", Value: noon}, {Column: "updatedAt", Value: noon}}}
	}
	deliver := func(step int, version int64) {
		var rows []lake.Row
		for i := 0; i < b.N; i += step {
			rows = append(rows, row(i, version))
			if len(rows) == 1000 {
				write(b, o, rows...)
				rows = rows[:0]
			}
		}
		write(b, o, rows...)
	}
	deliver(1, 1)
	b.ResetTimer()
	began := testenv.Processor()
	turn(b, o, opt)
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "new/s")
	b.ReportMetric(float64((testenv.Processor()-began).Microseconds())/float64(b.N), "cpu-us/new")
	b.StopTimer()
	deliver(100, 2)
	start := time.Now()
	began = testenv.Processor()
	b.StartTimer()
	turn(b, o, opt)
	b.ReportMetric(float64(b.N)/time.Since(start).Seconds(), "rewritten/s")
	b.ReportMetric(float64((testenv.Processor()-began).Microseconds())/float64(b.N), "cpu-us/rewritten")
}
