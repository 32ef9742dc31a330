package main

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/functions/lakework"
	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

const (
	hana = "wsp_01KJQ6PSG02X9YPKYC3QEKNM3P"
	duri = "wsp_01KJQ6PSG02X9YPKYC3QEKNM4Q"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// stage is an installation with the lakes of two workspaces, each of a customer whose rows the lake lost.
type stage struct {
	*testing.T
	p   *testenv.Place
	out bytes.Buffer
}

func newStage(t *testing.T) *stage {
	s := &stage{T: t, p: testenv.New(t)}
	s.p.Files(t)
	for _, tenant := range []string{hana, duri} {
		must(t, lake.Swap(t.Context(), s.p.Objects(tenant), tenant, "", lake.Manifest{Version: 1, At: s.p.Clock.Now()}))
		x := s.p.DB.Tenant(tenant).Begin()
		x.CreateCustomer(&customer.Customer{ID: s.p.IDs.New(id.Customer), Fields: customer.Fields{Name: "김단골"}})
		must(t, x.Commit(t.Context()))
	}
	return s
}

// command does what the flags ask for; worked says whether lakework is at work while it waits.
func (s *stage) command(worked bool, flags ...string) error {
	s.Helper()
	o, err := parse(flags, io.Discard)
	must(s, err)
	r := &rebuilds{objects: s.p.Blob, queue: s.p.Queue, clock: &waiting{s.p.Clock, func(d time.Duration) {
		s.p.Time.Advance(d)
		if worked {
			s.work()
		}
	}}, out: &s.out}
	return r.do(s.Context(), o)
}

// work gives lakework what is on its queue, and returns how much that was.
func (s *stage) work() int {
	s.Helper()
	w := lakework.New(s.p.Env)
	batch, err := s.p.Queue.Receive(s.Context(), catalogue.Lakes, 10, time.Minute, 0)
	must(s, err)
	for _, m := range batch {
		failed, err := w.Handle(s.Context(), []queue.Message{m})
		if must(s, err); len(failed) > 0 {
			s.Errorf("failed: %v", failed)
		}
		must(s, s.p.Queue.Delete(s.Context(), catalogue.Lakes, m.Receipt))
	}
	return len(batch)
}

func (s *stage) rows(tenant string) (n int64) {
	s.Helper()
	m, _, err := lake.Read(s.Context(), s.p.Objects(tenant), tenant)
	must(s, err)
	for _, p := range m.Subjects["customers"] {
		n += p.Rows
	}
	return n
}

// waiting does something each time that it is slept by.
type waiting struct {
	clock.Clock
	each func(time.Duration)
}

func (w *waiting) Sleep(_ context.Context, d time.Duration) error {
	w.each(d)
	return nil
}

func TestOneLakeIsRebuilt(t *testing.T) {
	s := newStage(t)
	must(t, s.command(true, "-tenant", hana, "-yes"))
	if s.rows(hana) != 1 || s.rows(duri) != 0 {
		t.Errorf("got %d and %d customers, want 1 in the one that was asked for", s.rows(hana), s.rows(duri))
	}
	for _, want := range []string{hana + "  0 rows in 0 parts of 0 bytes, never rebuilt\n", "1 of 1 after 5s: " + hana + "  "} {
		if !strings.Contains(s.out.String(), want) {
			t.Errorf("got\n%swant %q in it", &s.out, want)
		}
	}
}

func TestAllLakesAreRebuilt(t *testing.T) {
	s := newStage(t)
	must(t, s.command(true, "-all", "-yes"))
	if s.rows(hana) != 1 || s.rows(duri) != 1 || !strings.Contains(s.out.String(), "2 of 2 after 5s: ") {
		t.Errorf("got %d and %d customers\n%s", s.rows(hana), s.rows(duri), &s.out)
	}
}

func TestWithoutYesNothingIsAskedFor(t *testing.T) {
	s := newStage(t)
	must(t, s.command(true, "-all"))
	if n := s.work(); n != 0 || !strings.HasSuffix(s.out.String(), "2 lakes; -yes rebuilds them\n") {
		t.Errorf("got %d messages\n%s", n, &s.out)
	}
}

func TestWhatIsNotDoneInTimeIsNamed(t *testing.T) {
	s := newStage(t)
	err := s.command(false, "-tenant", duri, "-yes", "-wait", "1m")
	if err == nil || !strings.Contains(err.Error(), "1 of 1 lakes are not rebuilt after 1m0s: "+duri) {
		t.Errorf("got %v", err)
	}
	if n := s.work(); n != 1 || s.rows(duri) != 1 {
		t.Errorf("got %d messages and %d rows, want the rebuild still to be done by the worker", n, s.rows(duri))
	}
}

func TestFlags(t *testing.T) {
	for name, c := range map[string]struct {
		flags []string
		want  string
	}{
		"neither":        {nil, "name one workspace"},
		"both":           {[]string{"-all", "-tenant", hana}, "name one workspace"},
		"no workspace":   {[]string{"-tenant", "shop"}, "want the id of a workspace"},
		"a word further": {[]string{"-all", "now"}, `unexpected "now"`},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := parse(c.flags, io.Discard); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}
