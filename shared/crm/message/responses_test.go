package message

import (
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"
)

type report struct {
	Report Report
	At     time.Time
}

func TestReportsInAnyOrderTwiceAndLateEndTheSame(t *testing.T) {
	start := time.Unix(1_900_000_000, 0).UTC()
	one := rapid.Custom(func(t *rapid.T) report {
		return report{
			rapid.SampledFrom([]Report{ReportAccepted, ReportDelivered, ReportBounced, ReportComplained}).Draw(t, "report"),
			start.Add(time.Duration(rapid.IntRange(0, 5).Draw(t, "seconds")) * time.Second),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		reports := rapid.SliceOfN(one, 1, 6).Draw(t, "reports")
		again := append(append([]report{}, reports...), reports...)
		shuffled := rapid.Permutation(again).Draw(t, "order")
		from := Message{State: rapid.SampledFrom([]State{Sending, Uncertain, Planned}).Draw(t, "state")}
		got, want := folded(from, shuffled), folded(from, reports)
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("got %+v, want %+v", got, want)
		}
	})
}

func folded(m Message, reports []report) Message {
	for _, r := range reports {
		m.Fold(r.Report, r.At)
	}
	m.LeaseUntil = nil
	return m
}

func TestReports(t *testing.T) {
	at := time.Unix(1_900_000_000, 0).UTC()
	accepted := Message{State: Accepted, AcceptedAt: &at}
	for name, c := range map[string]struct {
		m       Message
		r       Report
		state   State
		reason  string
		changed bool
	}{
		"delivered settles an uncertain message":                 {Message{State: Uncertain}, ReportDelivered, Accepted, "", true},
		"a bounce fails an uncertain message":                    {Message{State: Uncertain}, ReportBounced, Failed, Bounced, true},
		"a bounce leaves an accepted message accepted":           {accepted, ReportBounced, Accepted, "", true},
		"a report corrects a message given up as lost":           {Message{State: Failed, Reason: LeaseLost}, ReportAccepted, Accepted, "", true},
		"accepted again changes nothing":                         {accepted, ReportAccepted, Accepted, "", false},
		"a complaint counts beside the state":                    {accepted, ReportComplained, Accepted, "", true},
		"a report about a message never handed over is no state": {Message{State: Skipped, Reason: NoConsent}, ReportAccepted, Skipped, NoConsent, false},
	} {
		t.Run(name, func(t *testing.T) {
			changed := c.m.Fold(c.r, at)
			if c.m.State != c.state || c.m.Reason != c.reason || changed != c.changed {
				t.Errorf("got %s %q changed %v, want %s %q changed %v", c.m.State, c.m.Reason, changed, c.state, c.reason, c.changed)
			}
		})
	}
}
