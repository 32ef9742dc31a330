package score_test

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/score"
)

// cdnow reads the 1/10 sample of Fader and Hardie (testdata/cdnow/README.md), each line one order.
func cdnow(t testing.TB) (out []score.Input) {
	t.Helper()
	file, err := os.Open("../../../testdata/cdnow/CDNOW_sample.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	at := map[string]int{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		w := strings.Fields(lines.Text())
		if len(w) == 0 {
			continue
		}
		day, err := time.Parse("20060102", w[2])
		if err != nil {
			t.Fatal(err)
		}
		paid, err := money.Parse(w[4], "USD")
		if err != nil {
			t.Fatal(err)
		}
		if _, seen := at[w[0]]; !seen {
			at[w[0]] = len(out)
			out = append(out, score.Input{CustomerID: w[0]})
		}
		c := &out[at[w[0]]]
		c.Orders = append(c.Orders, order.SaleOf(&order.Brief{OrderedAt: day, Total: paid}))
	}
	return out
}

// The figures below were made once by a program that shares nothing with this one: Python, dictionaries of date and Decimal, ranks by counting each value
// among the sorted distinct ones, floor(5 * (below + equal / 2) / n) + 1.
func TestCDNOW(t *testing.T) {
	customers := cdnow(t)
	for day, want := range map[string]string{
		"1998-06-30": `buyers 2357 orders 6919 revenue 244091.94
r5: 335/111961.75 79/7635.16 57/3969.63 0/0.00 0/0.00
r4: 183/38289.31 98/10235.32 189/12537.44 0/0.00 0/0.00
r3: 15/8188.46 21/1955.28 84/4937.99 359/9970.25 0/0.00
r2: 5/1674.74 8/847.17 53/3385.72 389/12157.72 0/0.00
r1: 0/0.00 2/274.83 23/1525.76 457/14545.41 0/0.00
1%: 24/35525.16 0.145540 5%: 94/52510.59 0.360666 20%: 354/76616.51 0.674550 50%: 707/53698.13 0.894542 100%: 1178/25741.55 1.000000
fifth 0.674550 eighty 0.329656`,
		"1997-09-30": `buyers 2357 orders 4960 revenue 173115.55
r5: 342/71105.41 131/7948.12 0/0.00 0/0.00 0/0.00
r4: 146/26553.91 175/11419.67 0/0.00 146/4199.65 0/0.00
r3: 17/1975.56 58/3466.05 0/0.00 401/11712.64 0/0.00
r2: 13/2672.19 52/3439.83 0/0.00 410/13221.44 0/0.00
r1: 2/274.83 23/1277.86 0/0.00 441/13848.39 0/0.00
1%: 24/25479.89 0.147184 5%: 94/32651.88 0.335798 20%: 354/51533.07 0.633478 50%: 707/40625.48 0.868150 100%: 1178/22825.23 1.000000
fifth 0.633478 eighty 0.381841`,
	} {
		t.Run(day, func(t *testing.T) {
			asOf, _ := time.Parse(time.DateOnly, day)
			_, s := compute(asOf, time.UTC, "USD", customers)
			if got := picture(s); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func picture(s score.Summary) string {
	var b strings.Builder
	fmt.Fprintf(&b, "buyers %d orders %d revenue %s", s.Buyers, s.Orders, s.Revenue.Text())
	for i, c := range s.RFMGrid {
		if i%5 == 0 {
			fmt.Fprintf(&b, "\nr%d:", c.R)
		}
		fmt.Fprintf(&b, " %d/%s", c.Customers, c.Revenue.Text())
	}
	b.WriteString("\n")
	for i, t := range s.Pyramid.Tiers {
		if i > 0 {
			b.WriteString(" ")
		}
		fmt.Fprintf(&b, "%d%%: %d/%s %.6f", t.ToPercent, t.Customers, t.Revenue.Text(), t.Cumulative)
	}
	fmt.Fprintf(&b, "\nfifth %.6f eighty %.6f", s.Pyramid.TopFifthShare, s.Pyramid.BuyersFor80)
	return b.String()
}

func TestCDNOWCustomers(t *testing.T) {
	customers := cdnow(t)
	scores, _ := compute(time.Date(1998, 6, 30, 0, 0, 0, 0, time.UTC), time.UTC, "USD", customers)
	want := map[string]string{"00004": "454 200 days 4 orders 100.50", "00021": "134 533 days 2 orders 75.11"}
	for i, c := range customers {
		r := scores[i].RFM
		got := fmt.Sprintf("%d%d%d %d days %d orders %s", r.R, r.F, r.M, r.DaysSinceLast, r.Orders, r.Revenue.Text())
		if w, asked := want[c.CustomerID]; asked && got != w {
			t.Errorf("%s: got %s, want %s", c.CustomerID, got, w)
		}
	}
}
