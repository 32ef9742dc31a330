package clv_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/crm/clv"
)

func TestSummarise(t *testing.T) {
	for name, s := range map[string]struct {
		purchases []clv.Purchase
		want      clv.Customer
		ok        bool
	}{
		"nothing bought":                          {nil, clv.Customer{}, false},
		"bought only after the end":               {[]clv.Purchase{{Day: 71, Amount: 5}}, clv.Customer{}, false},
		"bought on the last day":                  {[]clv.Purchase{{Day: 70, Amount: 5}}, clv.Customer{}, true},
		"bought once":                             {[]clv.Purchase{{Day: 56, Amount: 5}}, clv.Customer{Age: 2}, true},
		"twice in a day is once":                  {[]clv.Purchase{{Day: 56, Amount: 5}, {Day: 56, Amount: 7}}, clv.Customer{Age: 2}, true},
		"the first amount does not count":         {[]clv.Purchase{{Day: 0, Amount: 99}, {Day: 7, Amount: 5}}, clv.Customer{Repeats: 1, Recency: 1, Age: 10, Spend: 5}, true},
		"amounts of a day are added":              {[]clv.Purchase{{Day: 7, Amount: 5}, {Day: 0, Amount: 1}, {Day: 7, Amount: 4}}, clv.Customer{Repeats: 1, Recency: 1, Age: 10, Spend: 9}, true},
		"in any order, what comes after left out": {[]clv.Purchase{{Day: 71, Amount: 9}, {Day: 35, Amount: 8}, {Day: 0}, {Day: 14, Amount: 4}}, clv.Customer{Repeats: 2, Recency: 5, Age: 10, Spend: 6}, true},
	} {
		t.Run(name, func(t *testing.T) {
			before := slices.Clone(s.purchases)
			if got, ok := clv.Summarise(s.purchases, 70); got != s.want || ok != s.ok {
				t.Errorf("got %+v %v, want %+v %v", got, ok, s.want, s.ok)
			}
			if !slices.Equal(before, s.purchases) {
				t.Errorf("the caller's purchases are now %v", s.purchases)
			}
		})
	}
}

func TestADayIsThatOfTheWorkspacesCalendar(t *testing.T) {
	seoul := time.FixedZone("KST", 9*60*60)
	at := time.Date(1970, 1, 2, 15, 0, 0, 0, time.UTC)
	if got := clv.DayOf(at, seoul); got != 2 {
		t.Errorf("in Seoul: got %d, want 2", got)
	}
	if got := clv.DayOf(at, time.UTC); got != 1 {
		t.Errorf("in UTC: got %d, want 1", got)
	}
	if got := clv.DayOf(time.Date(1969, 12, 31, 23, 0, 0, 0, time.UTC), time.UTC); got != -1 {
		t.Errorf("the day before: got %d, want -1", got)
	}
}

func TestWhatIsNoHistoryIsRefused(t *testing.T) {
	nan := math.NaN()
	for name, c := range map[string]clv.Customer{
		"recency beyond the age":  {Repeats: 1, Recency: 3, Age: 2},
		"repeat without recency":  {Repeats: 1, Age: 2},
		"recency without repeat":  {Recency: 1, Age: 2},
		"negative repeats":        {Repeats: -1, Recency: 1, Age: 2},
		"more than anyone can do": {Repeats: 1_000_000, Recency: 1, Age: 2},
		"age that is no number":   {Age: nan},
		"age without end":         {Age: math.Inf(1)},
		"spend that is no number": {Repeats: 1, Recency: 1, Age: 2, Spend: nan},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := clv.NewCohort([]clv.Customer{{Age: 5}, c}); err == nil {
				t.Error("it was taken")
			}
		})
	}
}
