package queuetest

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/queue"
)

var deliveryScenarios = []scenario{
	{"what was sent is received once and ends with its receipt", func(t *testing.T, s *Subject) {
		s.sendEach(t, "a")
		got := s.receive(t, 10)
		want(t, got, "hana/a", "duri/a")
		want(t, s.receive(t, 10))
		s.delete(t, only(got, "hana")...)
		s.Advance(s.Visible)
		got = s.receive(t, 10)
		want(t, got, "duri/a")
		s.delete(t, got...)
		s.Advance(s.Visible)
		want(t, s.receive(t, 10))
	}},
	{"queues are apart", func(t *testing.T, s *Subject) {
		s.sendEach(t, "a")
		if got, err := s.Queue.Receive(t.Context(), other, 10, s.Visible, 0); err != nil || len(got) != 0 {
			t.Errorf("the other queue gave %v, %v", got, err)
		}
	}},
	{"a receive takes as many as asked", func(t *testing.T, s *Subject) {
		for i := range 6 {
			s.sendEach(t, fmt.Sprint(i))
		}
		if a, b := s.receive(t, 10), s.receive(t, 10); len(a) != 10 || len(b) != 2 {
			t.Errorf("received %d and %d, want 10 and 2", len(a), len(b))
		}
	}},
	{"groups are served in turn, however large one backlog is", func(t *testing.T, s *Subject) {
		for i := range 50 {
			s.send(t, queue.Send{Group: "hana", Body: fmt.Append(nil, i)})
		}
		for i := range 3 {
			s.send(t, queue.Send{Group: "duri", Body: fmt.Append(nil, i)})
		}
		if got := only(s.receive(t, 10), "duri"); len(got) != 3 {
			t.Errorf("the small group got %d of its 3 messages among the first 10", len(got))
		}
	}},
	{"messages and what is known of them survive a restart", func(t *testing.T, s *Subject) {
		s.sendEach(t, "kept")
		s.sendEach(t, "ended")
		for _, m := range s.receive(t, 10) {
			if string(m.Body) == "ended" {
				s.delete(t, m)
			}
		}
		s.Queue = s.Restart()
		s.Advance(s.Visible)
		got := s.receive(t, 10)
		want(t, got, "hana/kept", "duri/kept")
		for _, m := range got {
			if m.Received != 2 {
				t.Errorf("%s/%s says it is delivery %d, want 2", m.Group, m.Body, m.Received)
			}
		}
	}},
	{"a receive that waits is woken by a send", func(t *testing.T, s *Subject) {
		got := make(chan []queue.Message)
		go func() {
			msgs, _ := s.Queue.Receive(t.Context(), work, 10, s.Visible, queue.MaxWait)
			got <- msgs
		}()
		time.Sleep(20 * time.Millisecond) // let it begin to wait; without, the test still holds
		s.send(t, queue.Send{Group: "hana", Body: []byte("a")})
		select {
		case msgs := <-got:
			want(t, msgs, "hana/a")
		case <-time.After(10 * time.Second):
			t.Error("the receiver still waits")
		}
	}},
	{"bytes come back as they were", func(t *testing.T, s *Subject) {
		body := bytes.Repeat([]byte("{\"이름\": \"값\"}\n"), 1000)
		group := "wsp_01J~!\"#$%&'()*+,-./:;<=>?@[\\]^`{|}%20"
		s.send(t, queue.Send{Group: group, Body: body})
		if got := s.receive(t, 1); len(got) != 1 || !bytes.Equal(got[0].Body, body) || got[0].Group != group {
			t.Errorf("received %d messages, want the one as it was", len(got))
		}
	}},
}

var timeScenarios = []scenario{
	{"a message comes again when its visibility ran out, with a new receipt and count", func(t *testing.T, s *Subject) {
		s.sendEach(t, "a")
		first := s.receive(t, 10)
		s.Advance(s.Visible)
		second := s.receive(t, 10)
		want(t, second, "hana/a", "duri/a")
		for i := range second {
			if second[i].Received != 2 || second[i].Receipt == first[i].Receipt {
				t.Errorf("second delivery %+v after %+v", second[i], first[i])
			}
		}
	}},
	{"a receipt of an earlier delivery deletes nothing", func(t *testing.T, s *Subject) {
		s.sendEach(t, "a")
		first := s.receive(t, 10)
		s.Advance(s.Visible)
		want(t, s.receive(t, 10), "hana/a", "duri/a")
		s.delete(t, first...) // belongs to nobody
		s.Advance(s.Visible)
		want(t, s.receive(t, 10), "hana/a", "duri/a")
	}},
	{"a delayed message is hidden at first, also over a restart", func(t *testing.T, s *Subject) {
		for _, g := range groups {
			s.send(t, queue.Send{Group: g, Body: []byte("later"), Delay: s.Visible}, queue.Send{Group: g, Body: []byte("now")})
		}
		want(t, s.receive(t, 10), "hana/now", "duri/now")
		s.Queue = s.Restart()
		want(t, withBody(s.receive(t, 10), "later"))
		s.Advance(s.Visible)
		want(t, withBody(s.receive(t, 10), "later"), "hana/later", "duri/later")
	}},
	{"hiding sets the visibility anew", func(t *testing.T, s *Subject) {
		s.sendEach(t, "a")
		got := s.receive(t, 10)
		s.hide(t, only(got, "hana")[0], 2*s.Visible)
		s.hide(t, only(got, "duri")[0], 0)
		want(t, s.receive(t, 10), "duri/a")
		s.Advance(s.Visible)
		want(t, s.receive(t, 10), "duri/a")
		s.Advance(s.Visible)
		want(t, only(s.receive(t, 10), "hana"), "hana/a")
	}},
	{"a receipt of an earlier delivery hides nothing", func(t *testing.T, s *Subject) {
		s.sendEach(t, "a")
		first := s.receive(t, 10)
		s.Advance(s.Visible)
		s.receive(t, 10)
		for _, m := range first {
			_ = s.Queue.Hide(t.Context(), work, m.Receipt, 0) // SQS answers with an error, others with nothing
		}
		want(t, s.receive(t, 10))
	}},
}

func (s *Subject) hide(t *testing.T, m queue.Message, d time.Duration) {
	t.Helper()
	if err := s.Queue.Hide(t.Context(), work, m.Receipt, d); err != nil {
		t.Fatalf("hide: %v", err)
	}
}

func withBody(msgs []queue.Message, body string) []queue.Message {
	var out []queue.Message
	for _, m := range msgs {
		if string(m.Body) == body {
			out = append(out, m)
		}
	}
	return out
}

var deadScenarios = []scenario{
	{"after its last delivery a message is a dead letter, also after a restart", func(t *testing.T, s *Subject) {
		s.sendEach(t, "poison")
		s.kill(t)
		s.wantDead(t, "hana/poison", "duri/poison")
		s.Queue = s.Restart()
		want(t, s.receive(t, 10))
		s.wantDead(t, "hana/poison", "duri/poison")
	}},
	{"redrive gives one group's dead letters a new life", func(t *testing.T, s *Subject) {
		s.sendEach(t, "poison")
		s.kill(t)
		s.wantRedriven(t, "hana", 1)
		got := s.receive(t, 10)
		want(t, got, "hana/poison")
		if len(got) == 1 && got[0].Received != 1 {
			t.Errorf("redriven message is delivery %d, want 1", got[0].Received)
		}
		s.wantDead(t, "duri/poison")
		s.wantRedriven(t, "hana", 0)
		s.wantRedriven(t, "", 1)
		want(t, s.receive(t, 10), "duri/poison")
		s.wantDead(t)
	}},
	{"a message deleted on its last delivery is no dead letter", func(t *testing.T, s *Subject) {
		s.sendEach(t, "a")
		for range queue.MaxReceives - 1 {
			s.receive(t, 10)
			s.Advance(s.Visible)
		}
		s.delete(t, s.receive(t, 10)...)
		s.Advance(s.Visible)
		s.wantDead(t)
	}},
}

// kill receives everything as often as a message may be.
func (s *Subject) kill(t *testing.T) {
	t.Helper()
	for i := range queue.MaxReceives {
		got := s.receive(t, 10)
		want(t, got, "hana/poison", "duri/poison")
		for _, m := range got {
			if m.Received != i+1 {
				t.Errorf("delivery %d says it is number %d", i+1, m.Received)
			}
		}
		s.Advance(s.Visible)
	}
	want(t, s.receive(t, 10)) // SQS moves a message when it would be received once more
}

func (s *Subject) wantDead(t *testing.T, wanted ...string) {
	t.Helper()
	got, err := s.Queue.Dead(t.Context(), work, 10)
	if err != nil {
		t.Fatalf("dead: %v", err)
	}
	want(t, got, wanted...)
}

func (s *Subject) wantRedriven(t *testing.T, group string, wanted int) {
	t.Helper()
	if n, err := s.Queue.Redrive(t.Context(), work, group); err != nil || n != wanted {
		t.Errorf("redrive of %q: %d, %v; want %d", group, n, err, wanted)
	}
}

var limitScenarios = []scenario{
	{"a send over a limit stores nothing", func(t *testing.T, s *Subject) {
		ok := queue.Send{Group: "hana", Body: []byte("a")}
		for name, msgs := range map[string][]queue.Send{
			"no message":               {},
			"11 messages":              {ok, ok, ok, ok, ok, ok, ok, ok, ok, ok, ok},
			"no body":                  {ok, {Group: "hana"}},
			"256 KB and 1":             {ok, {Group: "hana", Body: bytes.Repeat([]byte("x"), queue.MaxBytes)}},
			"no text":                  {ok, {Group: "hana", Body: []byte("a\x00")}},
			"not UTF-8":                {ok, {Group: "hana", Body: []byte("a\xff")}},
			"a group of other letters": {ok, {Group: "하나", Body: []byte("a")}},
			"a group with a space":     {ok, {Group: "hana 1", Body: []byte("a")}},
			"a group of 129":           {ok, {Group: strings.Repeat("h", 129), Body: []byte("a")}},
			"16 min delay":             {ok, {Group: "hana", Body: []byte("a"), Delay: 16 * time.Minute}},
			"a delay below":            {ok, {Group: "hana", Body: []byte("a"), Delay: -1}},
		} {
			if err := s.Queue.Send(t.Context(), work, msgs...); err == nil {
				t.Errorf("%s: the send succeeded", name)
			}
		}
		want(t, s.receive(t, 10))
	}},
	{"a receive or hide over a limit is refused", func(t *testing.T, s *Subject) {
		s.sendEach(t, "a")
		for _, max := range []int{-1, 0, 11} {
			if _, err := s.Queue.Receive(t.Context(), work, max, s.Visible, 0); err == nil {
				t.Errorf("a receive of %d succeeded", max)
			}
		}
		got := s.receive(t, 1)
		if len(got) == 1 && s.Queue.Hide(t.Context(), work, got[0].Receipt, queue.MaxVisibility+1) == nil {
			t.Error("hiding for more than 12 h succeeded")
		}
	}},
	{"what is no receipt is refused", func(t *testing.T, s *Subject) {
		if s.Queue.Delete(t.Context(), work, "nonsense") == nil || s.Queue.Hide(t.Context(), work, "", 0) == nil {
			t.Error("nonsense was taken for a receipt")
		}
	}},
}
