package clv

import (
	"cmp"
	"slices"
	"time"
)

// Day is a calendar day in the workspace's zone, counted from 1970-01-01.
type Day int32

// DayOf is the day of the moment in the zone.
func DayOf(t time.Time, zone *time.Location) Day {
	year, month, day := t.In(zone).Date()
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}

// Purchase is an order, or all that a customer bought in a day. Refunds are no purchases: the caller leaves them out.
type Purchase struct {
	Day    Day
	Amount float64 // in currency units
}

// Summarise counts one customer's purchases, in any order, up to and with the day end. It reports false where there is none: such a person is not a customer
// yet and says nothing to the models.
func Summarise(purchases []Purchase, end Day) (Customer, bool) {
	days := merge(purchases, end)
	if len(days) == 0 {
		return Customer{}, false
	}
	c := counted(when(days), end)
	for _, d := range days[1:] {
		c.Spend += d.Amount / float64(c.Repeats)
	}
	return c, true
}

// counted counts the days with a purchase, each once, the earliest first.
func counted(days []Day, end Day) Customer {
	first, last := days[0], days[len(days)-1]
	return Customer{Repeats: len(days) - 1, Recency: weeks(first, last), Age: weeks(first, end)}
}

func when(purchases []Purchase) []Day {
	days := make([]Day, len(purchases))
	for i, p := range purchases {
		days[i] = p.Day
	}
	return days
}

// upTo are the days up to and with end, each once, the earliest first. As a rule they stand so already, and nothing is copied.
func upTo(days []Day, end Day) []Day {
	if !ascending(days) {
		days = slices.Compact(slices.Sorted(slices.Values(days)))
	}
	n, _ := slices.BinarySearch(days, end+1)
	return days[:n]
}

func ascending(days []Day) bool {
	for i := 1; i < len(days); i++ {
		if days[i] <= days[i-1] {
			return false
		}
	}
	return true
}

// merge puts the purchases of a day together, the earliest day first, and leaves out those after end.
func merge(purchases []Purchase, end Day) []Purchase {
	days := slices.DeleteFunc(slices.Clone(purchases), func(p Purchase) bool { return p.Day > end })
	slices.SortStableFunc(days, func(a, b Purchase) int { return cmp.Compare(a.Day, b.Day) })
	n := 0
	for _, p := range days {
		if n > 0 && days[n-1].Day == p.Day {
			days[n-1].Amount += p.Amount
			continue
		}
		days[n] = p
		n++
	}
	return days[:n]
}

func weeks(from, to Day) float64 { return float64(to-from) / DaysPerWeek }
