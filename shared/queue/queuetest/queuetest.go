// Package queuetest is the suite that every engine of the queue port passes: named scenarios with two groups that send the same bodies, and a
// random walk against a small model.
package queuetest

import (
	"cmp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/queue"
)

// Subject is a fresh, empty engine under test.
type Subject struct {
	Queue queue.Queue
	// Restart gives the engine up and opens another over the same messages.
	Restart func() queue.Queue
	// Advance moves the engine's clock, or waits where time is the machine's.
	Advance func(d time.Duration)
	// Visible is the visibility time of the scenarios, in whole seconds; 0 is 10 s. Less makes a suite short whose Advance waits.
	Visible time.Duration
	// Eventually bounds how long a visible message may stay out of the answers to receives, as with a queue of many servers, each of which knows a part;
	// 0 is not at all. A receive then asks again until it has as many as it wants or until that long nothing new came.
	Eventually time.Duration
}

// Exemption excuses an engine from a scenario, for a reason that holds for the engine's kind.
type Exemption struct{ Scenario, Reason string }

type scenario struct {
	name string
	run  func(t *testing.T, s *Subject)
}

// Run runs every scenario on a fresh engine. An exemption must name a scenario and give a reason, which is logged.
func Run(t *testing.T, open func(t *testing.T) Subject, exempt ...Exemption) {
	reasons := map[string]string{}
	for _, e := range exempt {
		if reasons[e.Scenario] = e.Reason; e.Reason == "" {
			t.Errorf("exemption of %q gives no reason", e.Scenario)
		}
	}
	all := slices.Concat(deliveryScenarios, timeScenarios, deadScenarios, limitScenarios)
	for _, s := range append(all, scenario{"any sequence of calls agrees with a model", nil}) {
		reason, exempted := reasons[s.name]
		delete(reasons, s.name)
		t.Run(s.name, func(t *testing.T) {
			switch {
			case exempted:
				t.Logf("EXEMPT: %s", reason)
			case s.run == nil:
				agreesWithModel(t, open)
			default:
				subject := open(t)
				subject.Visible = cmp.Or(subject.Visible, 10*time.Second)
				s.run(t, &subject)
			}
		})
	}
	for name := range reasons {
		t.Errorf("exemption %q names no scenario", name)
	}
}

// The queue of the scenarios, and one beside it.
const (
	work  = queue.Name("work")
	other = queue.Name("other")
)

var groups = []string{"hana", "duri"}

func (s *Subject) send(t *testing.T, msgs ...queue.Send) {
	t.Helper()
	if err := s.Queue.Send(t.Context(), work, msgs...); err != nil {
		t.Fatalf("send: %v", err)
	}
}

// sendEach sends one message with the body for each group.
func (s *Subject) sendEach(t *testing.T, body string) {
	t.Helper()
	for _, g := range groups {
		s.send(t, queue.Send{Group: g, Body: []byte(body)})
	}
}

// receive takes up to max messages, in one call where the engine knows all of its own.
func (s *Subject) receive(t *testing.T, max int) []queue.Message {
	t.Helper()
	got := s.receiveOnce(t, max)
	for quiet := time.Duration(0); len(got) < max && quiet < s.Eventually; quiet += s.Eventually / 5 {
		time.Sleep(s.Eventually / 5)
		if more := s.receiveOnce(t, max-len(got)); len(more) > 0 {
			got, quiet = append(got, more...), 0
		}
	}
	return got
}

func (s *Subject) receiveOnce(t *testing.T, max int) []queue.Message {
	t.Helper()
	got, err := s.Queue.Receive(t.Context(), work, max, s.Visible, 0)
	if err != nil {
		t.Fatalf("receive: %v", err)
	}
	return got
}

func (s *Subject) delete(t *testing.T, msgs ...queue.Message) {
	t.Helper()
	for _, m := range msgs {
		if err := s.Queue.Delete(t.Context(), work, m.Receipt); err != nil {
			t.Fatalf("delete: %v", err)
		}
	}
}

// want asserts a batch as "group/body" in any order.
func want(t *testing.T, got []queue.Message, wanted ...string) {
	t.Helper()
	var names []string
	for _, m := range got {
		names = append(names, m.Group+"/"+string(m.Body))
		if m.ID == "" {
			t.Errorf("message %+v has no id", m)
		}
	}
	slices.Sort(names)
	slices.Sort(wanted)
	if strings.Join(names, " ") != strings.Join(wanted, " ") {
		t.Errorf("messages %q, want %q", names, wanted)
	}
}

// only returns the messages of a group.
func only(msgs []queue.Message, group string) []queue.Message {
	return slices.DeleteFunc(slices.Clone(msgs), func(m queue.Message) bool { return m.Group != group })
}
