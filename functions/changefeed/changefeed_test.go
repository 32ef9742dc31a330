package changefeed_test

import (
	"context"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"testing"

	"github.com/dangol/dangol/functions/changefeed"
	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

const tenant = "wsp_01KJQ6PSG02X9YPKYC3QEKNM3P"

// sent is a queue that keeps what it is sent; the worker needs no more of it.
type sent struct {
	queue.Queue
	messages []string
	broken   bool
}

func (s *sent) Send(_ context.Context, q queue.Name, msgs ...queue.Send) error {
	if s.broken {
		return errors.New("no queue")
	}
	for _, m := range msgs {
		s.messages = append(s.messages, string(q)+" "+m.Group+" "+string(m.Body))
	}
	return nil
}

func open(t testing.TB) (*changefeed.Worker, *sent) {
	t.Helper()
	p, q := testenv.New(t), &sent{}
	p.Queue = q
	return changefeed.New(p.Env), q
}

// event is a record of the feed whose write told this.
func event(t testing.TB, kind string, data any) feed.Record {
	t.Helper()
	body, err := json.Marshal(data)
	if err != nil {
		t.Fatal(err)
	}
	e, err := json.Marshal(store.Event{ID: "evt_1", Type: kind, Tenant: tenant, Data: body})
	if err != nil {
		t.Fatal(err)
	}
	return feed.Record{New: &table.Item{Event: e}}
}

// kinds reads every kind of job from the package that declares them, so that a new one cannot be forgotten.
func kinds(t testing.TB) (all []job.Kind) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../../shared/crm/job/job.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if kind, ok := v.Type.(*ast.Ident); ok && kind.Name == "Kind" {
			text, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, job.Kind(text))
		}
		return true
	})
	return all
}

// A job of a kind that no queue takes would be queued for ever.
func TestEveryKindOfJobHasItsQueue(t *testing.T) {
	w, q := open(t)
	all := kinds(t)
	if len(all) < 7 {
		t.Fatalf("got %q", all)
	}
	worked := map[queue.Name]bool{}
	for _, row := range catalogue.Rows() {
		worked[row.Queue] = true
	}
	for _, k := range all {
		q.messages = nil
		call := job.Call{Tenant: tenant, Job: "job_1", Kind: k, Hop: 3}
		if n, err := w.Handle(t.Context(), []feed.Record{event(t, store.JobContinue, call)}); n != 1 || err != nil || len(q.messages) != 1 {
			t.Errorf("%s: got %d done, %v and %q", k, n, err, q.messages)
			continue
		}
		var to string
		for name := range worked {
			if body, _ := json.Marshal(call); q.messages[0] == string(name)+" "+tenant+" "+string(body) {
				to = string(name)
			}
		}
		if to == "" {
			t.Errorf("%s: %q goes to a queue that nobody works, or is not the call", k, q.messages[0])
		}
	}
}

func TestWhatARecordAsksFor(t *testing.T) {
	call := map[string]string{"x": "y"}
	ready, created := event(t, store.ChunkReady, call), event(t, "customer.created", nil)
	counted := ready
	counted.Old = &table.Item{Event: ready.New.Event, Counters: map[string]int64{"accepted": 1}}
	again := ready
	again.Old = created.New
	for name, c := range map[string]struct {
		record feed.Record
		want   string
	}{
		"a chunk is ready":                        {ready, "sends " + tenant + ` {"x":"y"}`},
		"a campaign is to be looked at":           {event(t, store.LookDue, call), "plans " + tenant + ` {"x":"y"}`},
		"a mail is asked for":                     {event(t, store.MailRequested, call), "mails " + tenant + ` {"x":"y"}`},
		"a write over an earlier event":           {again, "sends " + tenant + ` {"x":"y"}`},
		"a counter moved under an event":          {counted, ""},
		"an event that nobody acts on":            {created, ""},
		"a job of a kind from a later version":    {event(t, store.JobContinue, job.Call{Kind: "teleport"}), ""},
		"a write that tells nothing":              {feed.Record{New: &table.Item{}}, ""},
		"something was removed, whatever it told": {feed.Record{Old: ready.New}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			w, q := open(t)
			if n, err := w.Handle(t.Context(), []feed.Record{c.record}); n != 1 || err != nil {
				t.Errorf("got %d done, %v", n, err)
			}
			got := ""
			if len(q.messages) > 0 {
				got = q.messages[0]
			}
			if got != c.want || len(q.messages) > 1 {
				t.Errorf("got %q, want %q", q.messages, c.want)
			}
		})
	}
}

// The feed gives again what was not done, and nothing that was.
func TestABatchStopsWhereTheQueueFails(t *testing.T) {
	w, q := open(t)
	q.broken = true
	batch := []feed.Record{event(t, "customer.created", nil), event(t, store.ChunkReady, nil), event(t, store.ChunkReady, nil)}
	if n, err := w.Handle(t.Context(), batch); n != 1 || err == nil {
		t.Errorf("got %d done, %v, want 1 and an error", n, err)
	}
	q.broken = false
	if n, err := w.Handle(t.Context(), batch[1:]); n != 2 || err != nil || len(q.messages) != 2 {
		t.Errorf("again: got %d done, %v and %q", n, err, q.messages)
	}
	if n, err := w.Handle(t.Context(), []feed.Record{{New: &table.Item{Event: []byte("{")}}}); n != 0 || err == nil {
		t.Errorf("an event that nobody can read: got %d done, %v", n, err)
	}
}
