package queuetest

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/dangol/dangol/shared/queue"
)

// agreesWithModel makes random calls, restarts and moves of the clock, and holds every answer against a small model.
func agreesWithModel(t *testing.T, open func(t *testing.T) Subject) {
	subject := open(t)
	run := 0
	rapid.Check(t, func(rt *rapid.T) {
		run++
		m := &model{t: t, s: &subject, name: queue.Name(fmt.Sprint("run", run)), held: map[string]*held{}}
		rt.Repeat(map[string]func(*rapid.T){
			"send": m.send, "receive": m.receive, "delete": m.delete, "hide": m.hide, "advance": m.advance, "dead": m.dead, "redrive": m.redrive, "restart": m.restart,
		})
	})
}

// held is what must be true of a message. Bodies are unique and stand for ids.
type held struct {
	group    string
	received int
	hidden   time.Duration // from the model's start
	maybe    bool          // was being worked at a restart: may be visible earlier than hidden says
	receipt  string
}

type model struct {
	t    *testing.T
	s    *Subject
	name queue.Name
	now  time.Duration
	n    int
	held map[string]*held
	old  []string // receipts that name nothing any more
}

func (m *model) send(rt *rapid.T) {
	var msgs []queue.Send
	for range rapid.IntRange(1, 4).Draw(rt, "n") {
		m.n++
		msg := queue.Send{Group: rapid.SampledFrom(groups).Draw(rt, "group"), Body: fmt.Append(nil, m.n), Delay: m.seconds(rt) / 2}
		msgs = append(msgs, msg)
		m.held[string(msg.Body)] = &held{group: msg.Group, hidden: m.now + msg.Delay}
	}
	if err := m.s.Queue.Send(m.t.Context(), m.name, msgs...); err != nil {
		rt.Fatalf("send: %v", err)
	}
}

func (m *model) seconds(rt *rapid.T) time.Duration {
	return time.Duration(rapid.IntRange(0, 20).Draw(rt, "seconds")) * time.Second
}

func (m *model) receive(rt *rapid.T) {
	max, visibility := rapid.IntRange(1, 10).Draw(rt, "max"), m.seconds(rt)
	got, err := m.s.Queue.Receive(m.t.Context(), m.name, max, visibility, 0)
	if err != nil || len(got) > max {
		rt.Fatalf("receive: %d messages, %v", len(got), err)
	}
	seen := map[string]bool{}
	for _, msg := range got {
		h := m.held[string(msg.Body)]
		if h == nil || seen[string(msg.Body)] || h.hidden > m.now && !h.maybe || h.received >= queue.MaxReceives || h.group != msg.Group || msg.Received != h.received+1 {
			rt.Fatalf("received %+v at %v, the model has %+v", msg, m.now, h)
		}
		seen[string(msg.Body)] = true
		if h.receipt != "" {
			m.old = append(m.old, h.receipt)
		}
		h.received, h.hidden, h.maybe, h.receipt = msg.Received, m.now+visibility, false, msg.Receipt
	}
	for body, h := range m.held {
		if len(got) < max && !seen[body] && h.hidden <= m.now && h.received < queue.MaxReceives {
			rt.Fatalf("received %d of %d without %s, which is visible: %+v", len(got), max, body, h)
		}
	}
}

// pick returns a message that has been delivered, or "".
func (m *model) pick(rt *rapid.T) string {
	var out []string
	for _, body := range slices.Sorted(maps.Keys(m.held)) {
		if m.held[body].receipt != "" {
			out = append(out, body)
		}
	}
	if len(out) == 0 {
		return ""
	}
	return rapid.SampledFrom(out).Draw(rt, "message")
}

// delete ends a message by the receipt of its last delivery while that is valid, or tries one of an earlier delivery.
func (m *model) delete(rt *rapid.T) {
	if len(m.old) > 0 && rapid.Bool().Draw(rt, "old") {
		if err := m.s.Queue.Delete(m.t.Context(), m.name, rapid.SampledFrom(m.old).Draw(rt, "receipt")); err != nil {
			rt.Fatalf("delete by an old receipt: %v", err)
		}
		return
	}
	body := m.pick(rt)
	if body == "" || m.held[body].hidden <= m.now {
		return
	}
	if err := m.s.Queue.Delete(m.t.Context(), m.name, m.held[body].receipt); err != nil {
		rt.Fatalf("delete: %v", err)
	}
	delete(m.held, body)
}

func (m *model) hide(rt *rapid.T) {
	body, d := m.pick(rt), m.seconds(rt)
	if body == "" || m.held[body].hidden <= m.now || m.held[body].maybe {
		return
	}
	if err := m.s.Queue.Hide(m.t.Context(), m.name, m.held[body].receipt, d); err != nil {
		rt.Fatalf("hide: %v", err)
	}
	m.held[body].hidden = m.now + d
}

func (m *model) advance(rt *rapid.T) {
	d := m.seconds(rt)
	m.s.Advance(d)
	m.now += d
}

func (m *model) dead(rt *rapid.T) {
	got, err := m.s.Queue.Dead(m.t.Context(), m.name, 1000)
	if err != nil {
		rt.Fatalf("dead: %v", err)
	}
	listed := map[string]bool{}
	for _, msg := range got {
		listed[string(msg.Body)] = true
	}
	for body, h := range m.held {
		spent := h.received >= queue.MaxReceives
		if must := spent && h.hidden <= m.now; must && !listed[body] {
			rt.Fatalf("%s is not among the dead letters: %+v", body, h)
		}
		if may := spent && (h.hidden <= m.now || h.maybe); listed[body] && !may {
			rt.Fatalf("%s is among the dead letters: %+v", body, h)
		}
		delete(listed, body)
	}
	if len(listed) > 0 {
		rt.Fatalf("dead letters that were never sent or are deleted: %v", listed)
	}
}

func (m *model) redrive(rt *rapid.T) {
	group := rapid.SampledFrom([]string{"", groups[0], groups[1]}).Draw(rt, "group")
	m.dead(rt)
	before, err := m.s.Queue.Dead(m.t.Context(), m.name, 1000)
	if err != nil {
		rt.Fatalf("dead: %v", err)
	}
	want := 0
	for _, msg := range before {
		if group == "" || msg.Group == group {
			want++
			h := m.held[string(msg.Body)]
			h.received, h.hidden, h.maybe = 0, m.now, false
		}
	}
	if n, err := m.s.Queue.Redrive(m.t.Context(), m.name, group); err != nil || n != want {
		rt.Fatalf("redrive: %d, %v; want %d", n, err, want)
	}
}

func (m *model) restart(*rapid.T) {
	m.s.Queue = m.s.Restart()
	for _, h := range m.held {
		h.maybe = h.maybe || h.receipt != ""
	}
}
