//go:build cgo

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/dangol/dangol/shared/blob/dir"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/crm/forecast"
	"github.com/dangol/dangol/shared/crm/lifecycle"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/crm/valuation"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/duck"
	"github.com/dangol/dangol/shared/lake/scoring"
)

// bareRFM is what DuckDB alone takes to group the orders for R, F and M with distinct days.
const bareRFM = `SELECT sum(days), sum(orders), sum(revenue) FROM (SELECT "customerId", count(DISTINCT CAST("orderedAt" AS DATE)) AS days, count(*) AS orders,
	max("orderedAt") AS last, sum("total.amount") AS revenue FROM orders GROUP BY ALL)`

// step measures one step of a rebuild: the clock's time, and what the processors worked.
func step(name string, f func() error) error {
	began, worked := time.Now(), processor()
	err := f()
	fmt.Printf("%-32s %6.2f s, processor %6.2f s, %5d MB resident\n", name, time.Since(began).Seconds(), (processor() - worked).Seconds(), resident("VmRSS")>>10)
	return err
}

func processor() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// rescore does a whole rebuild of the scores, from the lake to the lake.
func rescore(ctx context.Context, l *duck.Lake, o options) error {
	store, err := dir.New(filepath.Join(o.dir, "scored"), func() string { return "" }, []byte("0123456789abcdef0123456789abcdef"), clock.System{})
	if err != nil {
		return err
	}
	defer func() { _ = store.Close(); _ = os.RemoveAll(filepath.Join(o.dir, "scored")) }()
	rules := lifecycle.Usual()
	p := forecast.Plan{AsOf: until.AddDate(0, 0, -1), Zone: time.FixedZone("KST", 9*3600), Currency: "KRW", Model: score.BGNBD, ChosenBy: "settings",
		Terms: score.Terms{HorizonDays: score.DefaultHorizonDays, LifetimeYears: score.LifetimeYears, DiscountPercent: 10, MarginPercent: 100}}
	if err := step("bare DuckDB groups by customer", func() error { return l.Query(ctx, duck.Statement{SQL: bareRFM}, ignore) }); err != nil {
		return err
	}
	return step("scores, from the lake to the lake", func() error {
		var facts []score.Input
		var r valuation.Result
		var parts []lake.Part
		for _, s := range []struct {
			name string
			do   func() error
		}{
			{"  facts of the lake", func() (err error) {
				facts, err = scoring.Facts(ctx, l, scoring.Question{Until: until.Add(-9 * time.Hour), Rules: rules, Answered: until.AddDate(0, -1, -rules.RespondentDays),
					Wallet: scoring.Wallet{Key: "yearly", Currency: "KRW"}})
				return err
			}},
			{"  RFM, forecasts, lifecycle", func() (err error) {
				r, err = valuation.Of(p, valuation.Rules{RFM: score.UsualRFM(), Lifecycle: rules}, facts)
				return err
			}},
			{"  scores as parts", func() (err error) {
				parts, err = scoring.Parts(ctx, store, "tenant", r.Scores, until)
				return err
			}},
			{"  parts into the lake", func() error { return scoring.Show(ctx, store, "tenant", parts, until) }},
		} {
			if err := step(s.name, s.do); err != nil {
				return fmt.Errorf("%s: %w", s.name, err)
			}
		}
		fmt.Printf("%d customers, %d buyers, %d parts; models %+v\n", r.Summary.Customers, r.Summary.Buyers, len(parts), r.Card.Estimates())
		return nil
	})
}
