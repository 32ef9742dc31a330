package clv_test

import (
	"bufio"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/crm/clv"
)

// cdnow reads the 1/10 sample of Fader and Hardie (testdata/cdnow/README.md): the purchases of each customer.
func cdnow(t testing.TB) [][]clv.Purchase {
	t.Helper()
	file, err := os.Open("../../../testdata/cdnow/CDNOW_sample.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var out [][]clv.Purchase
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
		amount, err := strconv.ParseFloat(w[4], 64)
		if err != nil {
			t.Fatal(err)
		}
		if _, seen := at[w[0]]; !seen {
			at[w[0]] = len(out)
			out = append(out, nil)
		}
		out[at[w[0]]] = append(out[at[w[0]]], clv.Purchase{Day: clv.DayOf(day, time.UTC), Amount: amount})
	}
	return out
}

func day(t testing.TB, date string) clv.Day {
	t.Helper()
	at, err := time.Parse(time.DateOnly, date)
	if err != nil {
		t.Fatal(err)
	}
	return clv.DayOf(at, time.UTC)
}

// calibration is the sample up to the end of the 39th week, on which the papers estimate.
func calibration(t testing.TB) []clv.Customer {
	t.Helper()
	var out []clv.Customer
	for _, purchases := range cdnow(t) {
		if c, ok := clv.Summarise(purchases, day(t, "1997-09-30")); ok {
			out = append(out, c)
		}
	}
	return out
}

func cohort(t testing.TB, customers []clv.Customer) *clv.Cohort {
	t.Helper()
	c, err := clv.NewCohort(customers)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTheSampleIsThatOfThePapers(t *testing.T) {
	customers := calibration(t)
	repeaters, repeats := 0, 0
	for _, c := range customers {
		repeats += c.Repeats
		if c.Repeats > 0 {
			repeaters++
		}
	}
	got := fmt.Sprint(len(customers), repeaters, repeats)
	if want := "2357 946 2457"; got != want { // Fader, Hardie and Lee 2005, section 5: 2,357 customers; the note of 2013: 946 of them came back
		t.Errorf("customers, repeat buyers, repeat purchases: got %s, want %s", got, want)
	}
	oldest := slices.MaxFunc(customers, func(a, b clv.Customer) int { return int(7*a.Age) - int(7*b.Age) })
	if math.Abs(oldest.Age-38.857) > 0.001 {
		t.Errorf("longest history: got %.3f weeks, want 38.857", oldest.Age)
	}
}

// The published estimates, each to the digits that its paper prints.
func TestCDNOWEstimates(t *testing.T) {
	c := cohort(t, calibration(t))
	for model, s := range map[string]struct {
		fit  func() (string, error)
		want string
	}{
		// Fader, Hardie and Lee 2005, table 2.
		"BG/NBD": {func() (string, error) {
			f, err := clv.FitBGNBD(c)
			return fmt.Sprintf("%.3f %.3f %.3f %.3f %.1f", f.Model.R, f.Model.Alpha, f.Model.A, f.Model.B, f.LogLikelihood), err
		}, "0.243 4.414 0.793 2.426 -9582.4"},
		// The same table.
		"Pareto/NBD": {func() (string, error) {
			f, err := clv.FitParetoNBD(c)
			return fmt.Sprintf("%.3f %.3f %.3f %.3f %.1f", f.Model.R, f.Model.Alpha, f.Model.S, f.Model.Beta, f.LogLikelihood), err
		}, "0.553 10.578 0.606 11.669 -9595.0"},
		// The R package BTYDplus on the same data.
		"MBG/NBD": {func() (string, error) {
			f, err := clv.FitMBGNBD(c)
			return fmt.Sprintf("%.3f %.3f %.3f %.3f", f.Model.R, f.Model.Alpha, f.Model.A, f.Model.B), err
		}, "0.525 6.183 0.891 1.614"},
		// Fader and Hardie, "The Gamma-Gamma Model of Monetary Value" (2013), section 5.
		"Gamma-Gamma": {func() (string, error) {
			f, err := clv.FitGammaGamma(c)
			return fmt.Sprintf("%.2f %.2f %.2f %.2f %d", f.Model.P, f.Model.Q, f.Model.Gamma, f.LogLikelihood, f.Customers), err
		}, "6.25 3.74 15.44 -4055.92 946"},
	} {
		t.Run(model, func(t *testing.T) {
			got, err := s.fit()
			if err != nil {
				t.Fatal(err)
			}
			if got != s.want {
				t.Errorf("got %s, want %s", got, s.want)
			}
		})
	}
}
