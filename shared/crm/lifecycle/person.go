package lifecycle

import (
	"math"
	"slices"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/order"
)

// Person is what a customer's record and their responses say, of all days, so that one reading serves several as-of days.
type Person struct {
	marked    Stage
	forcedTag bool
	withdrew  bool
	since     int64       // of the last withdrawal, in Unix seconds; long ago when it has no date
	Responded []time.Time // openings by a person and clicks, in any order
}

// PersonOf reads a customer's record. Tags and a stage set by hand have no date: they hold on every day.
func PersonOf(c *customer.Customer, r Rules) Person {
	p := Person{marked: Marked(c.LifecycleStage), forcedTag: slices.ContainsFunc(c.Tags, r.forced)}
	p.withdrew, p.since = len(c.Consents) > 0, math.MinInt64
	for slot, state := range c.Consents {
		p.withdrew = p.withdrew && state == consent.Withdrawn
		if at, dated := c.ConsentsSince[slot]; dated {
			p.since = max(p.since, at.Unix())
		}
	}
	return p
}

// Recorded is what a customer's record says where it is not read as one record, such as in the lake.
type Recorded struct {
	ByHand    string     // the stage that was set on the customer
	Tags      []string   // those of them that may be among the rules'
	Withdrew  bool       // gave statements of consent, and the present ones are all withdrawals
	Withdrawn *time.Time // the last of them, nil when it has no date
}

// Person reads a record in its other form, as PersonOf does.
func (c Recorded) Person(r Rules) Person {
	p := Person{marked: Marked(c.ByHand), forcedTag: slices.ContainsFunc(c.Tags, r.forced), withdrew: c.Withdrew, since: math.MinInt64}
	if c.Withdrawn != nil {
		p.since = c.Withdrawn.Unix()
	}
	return p
}

// Marked is what the rules take from a stage that was set by hand: that the customer has left, or that the business ended it, in the stage's code. Any
// other text is the business's own and stays without effect.
func Marked(byHand string) Stage {
	for _, s := range []Stage{ChurnedVoluntary, ChurnedForced} {
		if strings.EqualFold(byHand, string(s)) {
			return s
		}
	}
	return ""
}

func (r Rules) forced(tag string) bool {
	return slices.ContainsFunc(r.ForcedTags, func(t string) bool { return strings.EqualFold(t, tag) })
}

// Day is the as-of day: it counts whole, and what came later does not exist.
type Day struct {
	zone *time.Location
	end  time.Time // the first moment that does not count
	date int       // days since 1970
}

// DayOf is the day in the zone in which a moment lies.
func DayOf(at time.Time, zone *time.Location) Day {
	y, m, d := at.In(zone).Date()
	return Day{zone: zone, end: time.Date(y, m, d+1, 0, 0, 0, 0, zone), date: civil(at, zone)}
}

// Has says whether a moment counts.
func (d Day) Has(at time.Time) bool { return at.Before(d.end) }

// Since is how many days before the day a moment lay, 0 for the day itself.
func (d Day) Since(at time.Time) int { return d.date - civil(at, d.zone) }

func civil(at time.Time, zone *time.Location) int {
	y, m, d := at.In(zone).Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// Facts are those of the person and their orders at the end of the day. What compares with others (the ranks, F, P(alive)) is left to the caller.
func (d Day) Facts(p *Person, orders []order.Sale) Facts {
	f := Facts{Marked: p.marked, ForcedTag: p.forcedTag, Withdrawn: p.withdrew && p.since < d.end.Unix()}
	for _, at := range p.Responded {
		if days := d.Since(at); d.Has(at) && (!f.Responded || days < f.DaysSinceResponse) {
			f.Responded, f.DaysSinceResponse = true, days
		}
	}
	end, first, last := d.end.UnixMilli(), int64(math.MaxInt64), int64(math.MinInt64)
	for i := range orders {
		o := &orders[i]
		if o.At >= end || o.Refund() {
			continue
		}
		first, last = min(first, o.At), max(last, o.At)
		f.Orders++
	}
	if f.Orders > 0 {
		f.DaysSinceFirst, f.DaysSinceLast = d.Since(time.UnixMilli(first)), d.Since(time.UnixMilli(last))
	}
	return f
}

// Ranks returns for a value the share of the values that are as high or higher.
func Ranks(values []float64) func(v float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return func(v float64) float64 {
		below, _ := slices.BinarySearch(sorted, v)
		return float64(len(sorted)-below) / float64(max(1, len(sorted)))
	}
}
