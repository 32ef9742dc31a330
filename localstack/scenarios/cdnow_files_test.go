package scenarios_test

import (
	"bufio"
	"bytes"
	"fmt"
	"math/big"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// purchase is a line of the sample: customer, day, dollars.
type purchase struct {
	customer string
	day      time.Time
	dollars  string
}

// readCDNOW reads the 1/10 sample of Fader and Hardie (testdata/cdnow/README.md): number in the whole data, number in the sample, day, CDs, dollars.
func readCDNOW(t *testing.T) (all []purchase) {
	t.Helper()
	file, err := os.Open("../../testdata/cdnow/CDNOW_sample.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		w := strings.Fields(lines.Text())
		if len(w) == 0 {
			continue
		}
		day, err := time.Parse("20060102", w[2])
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, purchase{w[0], day, w[4]})
	}
	return all
}

// consents says what the n-th customer answered to the shop's newsletter: one in ten said no, one in ten was never asked.
func consents(n int) string {
	switch n % 10 {
	case 3:
		return "no"
	case 7:
		return ""
	}
	return "yes"
}

// address is where the n-th customer reads mail. One in fifty has left that address: the local mailbox bounces it.
func address(customer string, n int) string {
	if n%50 == 11 {
		return "c" + customer + "@bounce.test"
	}
	return "c" + customer + "@mail.test"
}

// customersCSV has a line for each customer of the sample, as a shop of 1998 might have exported it: the sample itself knows numbers only, so names,
// addresses and answers are made from them.
func customersCSV(all []purchase) []byte {
	var b bytes.Buffer
	b.WriteString("Customer number,Name,E-mail,Newsletter\n")
	for n, c := range numbers(all) {
		fmt.Fprintf(&b, "%s,Customer %s,%s,%s\n", c, c, address(c, n), consents(n))
	}
	return b.Bytes()
}

// ordersCSV has a line for each purchase; each is an order of its own, numbered by its line.
func ordersCSV(all []purchase) []byte {
	var b bytes.Buffer
	b.WriteString("Order number,Customer number,Order date,Total\n")
	for i, p := range all {
		fmt.Fprintf(&b, "P%05d,%s,%s,%s\n", i+1, p.customer, p.day.Format(time.DateOnly), p.dollars)
	}
	return b.Bytes()
}

// numbers lists the customers, each once, in the order of the file.
func numbers(all []purchase) (out []string) {
	for _, p := range all {
		if !slices.Contains(out[max(0, len(out)-1):], p.customer) {
			out = append(out, p.customer)
		}
	}
	return out
}

// figures are one customer's, counted by this test alone.
type figures struct {
	r, f    int
	days    int
	orders  int
	revenue *big.Rat
}

// recount computes recency and frequency anew, sharing nothing with shared/crm/score: each customer's rank is found by counting the others.
func recount(all []purchase, asOf time.Time) map[string]*figures {
	out := map[string]*figures{}
	for _, p := range all {
		c := out[p.customer]
		if c == nil {
			c = &figures{days: 1 << 30, revenue: new(big.Rat)}
			out[p.customer] = c
		}
		paid, _ := new(big.Rat).SetString(p.dollars)
		c.orders, c.days = c.orders+1, min(c.days, int(asOf.Sub(p.day).Hours()/24))
		c.revenue.Add(c.revenue, paid)
	}
	byDays, byOrders := map[int]int{}, map[int]int{}
	for _, c := range out {
		byDays[c.days]++
		byOrders[c.orders]++
	}
	for _, c := range out {
		c.r = 6 - fifth(byDays, c.days, len(out), true)
		c.f = fifth(byOrders, c.orders, len(out), false)
	}
	return out
}

// fifth is the quintile, 1 to 5, of a value among n: floor(5 * (those below + half of its equals) / n) + 1. Counted from above, it is the mirror.
func fifth(counts map[int]int, value, n int, above bool) int {
	beyond := 0
	for v, many := range counts {
		if v < value && !above || v > value && above {
			beyond += many
		}
	}
	q := (10*beyond+5*counts[value])/(2*n) + 1
	if above {
		return 6 - q
	}
	return q
}
