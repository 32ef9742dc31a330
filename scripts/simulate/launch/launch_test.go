package launch

import (
	"math"
	"reflect"
	"testing"
	"time"

	"github.com/dangol/dangol/scripts/simulate/engine"
)

// brief is a scenario that takes a blink.
func brief() Params {
	p := Defaults()
	p.Big, p.Small, p.Window, p.SESRate = 60_000, 30, 2*time.Minute, 400
	return p
}

// roomy takes the table out of the question.
func (p *Params) roomy() { p.Hold, p.Partitions, p.Writers, p.Account = 0, 4000, 4, 10_000 }

func TestTheSameSeedGivesTheSameRun(t *testing.T) {
	a, b := Run(brief()), Run(brief())
	if !reflect.DeepEqual(a, b) {
		t.Errorf("two runs of one seed differ:\n%+v\n%+v", a, b)
	}
	p := brief()
	p.Seed = 2
	if c := Run(p); c.Events == a.Events && c.BigEnded == a.BigEnded {
		t.Error("another seed gives the same run")
	}
}

func TestEveryMessageEndsExactlyOnce(t *testing.T) {
	for name, change := range map[string]func(*Params){
		"as it is":                     func(*Params) {},
		"without the large campaign":   func(p *Params) { p.Big = 0 },
		"no small tenants":             func(p *Params) { p.Small = 0 },
		"SES is very slow":             func(p *Params) { p.Big, p.SESRate = 5000, 20 },
		"workers wait for their turn":  func(p *Params) { p.Paced = true },
		"a table of one partition":     func(p *Params) { p.Partitions, p.SESRate = 1, 5000 },
		"functions are scarce":         func(p *Params) { p.Account = p.Partitions + 2 },
		"a queue without groups":       func(p *Params) { p.Policy = engine.FIFO },
		"nothing conflicts":            func(p *Params) { p.Hold = 0 },
		"freezing takes several hours": func(p *Params) { p.FreezeRate = 5 },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := brief()
			change(&p)
			r := Run(p)
			if r.Planned != r.Accepted+r.Failed+r.Uncertain || r.Planned == 0 {
				t.Errorf("planned %d, accepted %d + failed %d + uncertain %d", r.Planned, r.Accepted, r.Failed, r.Uncertain)
			}
			if r.PeakSends > p.SendLimit || r.PeakPlans > p.PlanLimit || r.PeakAll > max(1, p.Account-p.Partitions) {
				t.Errorf("a limit was passed: %d sends, %d plans, %d in all", r.PeakSends, r.PeakPlans, r.PeakAll)
			}
			if r.Calls != r.Refused+r.Accepted+r.Uncertain && r.Uncertain == 0 {
				t.Errorf("%d calls, %d refused, %d accepted", r.Calls, r.Refused, r.Accepted)
			}
		})
	}
}

// What can be reckoned by hand must come out.
func TestTimesThatAreKnown(t *testing.T) {
	t.Run("paced, SES's rate decides", func(t *testing.T) {
		p := brief()
		p.Small, p.Paced, p.SESRate = 0, true, 500
		p.roomy()
		r := Run(p)
		sending, want := (r.BigEnded - r.BigFirst).Seconds(), 60_000.0/500
		if math.Abs(sending-want) > 0.05*want {
			t.Errorf("60,000 at 500/s took %.1f s, want about %.0f", sending, want)
		}
	})
	t.Run("SES takes everything, the workers decide", func(t *testing.T) {
		p := brief()
		p.Small, p.SESRate, p.SendLimit = 0, 1e9, 4
		p.roomy()
		r := Run(p)
		// A slice of 98: facts, two transactions, and 9.8 rounds of a call; 8 slices and an opening a chunk. The slots of a slice wait for its slowest call.
		slice := facts + 2*(txLeast+txMore) + time.Duration(8.75*float64(p.SESLatency))
		want := (60_000.0 / 700 / 4) * (opening + 8*slice).Seconds()
		if got := (r.BigEnded - r.BigFirst).Seconds(); got < want || got > 1.25*want {
			t.Errorf("took %.1f s, want %.1f and up to a quarter more", got, want)
		}
	})
	t.Run("a message of a tenant who is alone", func(t *testing.T) {
		p := brief()
		p.Big, p.Small, p.SmallMin, p.SmallMax = 0, 1, 1, 1
		r := Run(p)
		least := freezes + opening + facts + 2*txLeast + p.SESLatency/2
		if got := r.Small(0.5); got < least || got > least+2*time.Second {
			t.Errorf("took %v, want %v and some looks of the change feed more", got, least)
		}
	})
}

// What the scenario is for: groups keep the small tenants' wait short, a plain queue does not.
func TestGroupsProtectSmallTenants(t *testing.T) {
	p := brief()
	p.Big, p.Paced = 300_000, true
	p.roomy()
	fair := Run(p).Small(0.5)
	p.Policy = engine.FIFO
	if plain := Run(p).Small(0.5); plain < 3*fair {
		t.Errorf("median with groups %v, without %v", fair, plain)
	}
}
