package lakework_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/functions/lakework"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

const (
	ours   = "wsp_01KJQ6PSG02X9YPKYC3QEKNM3P"
	theirs = "wsp_01KJQ6PSG02X9YPKYC3QEKNM4Q"
)

// TestDeltasBecomeParts, of the workspace that is asked for alone, and go to the history when no reader can want them any more.
func TestDeltasBecomeParts(t *testing.T) {
	p := testenv.New(t)
	p.Files(t)
	w := lakework.New(p.Env)
	for v := int64(1); v <= 3; v++ {
		write(t, p, ours, v)
		write(t, p, theirs, v)
	}
	handle(t, w, ours)
	if got := state(t, p, ours); got != "3 rows, 3 deltas, 0 of them open" {
		t.Errorf("ours: got %s", got)
	}
	if got := state(t, p, theirs); got != "0 rows, 3 deltas, 3 of them open" {
		t.Errorf("theirs: got %s", got)
	}
	handle(t, w, ours) // a message that comes twice
	p.Time.Advance(2 * time.Hour)
	handle(t, w, ours)
	if got := state(t, p, ours); got != "3 rows, 0 deltas, 0 of them open" {
		t.Errorf("two hours later: got %s", got)
	}
}

// TestALakeBeginsWithWhatTheTableHas: customers who were there before the feed was followed, and those that it brought.
func TestALakeBeginsWithWhatTheTableHas(t *testing.T) {
	p := testenv.New(t)
	p.Files(t)
	w := lakework.New(p.Env)
	for _, tenant := range []string{ours, ours, theirs} {
		x := p.DB.Tenant(tenant).Begin()
		x.CreateCustomer(&customer.Customer{ID: p.IDs.New(id.Customer), Fields: customer.Fields{Name: "김단골"}})
		if err := x.Commit(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	write(t, p, ours, 1)
	handle(t, w, ours)
	if got := state(t, p, ours); got != "3 rows, 1 deltas, 0 of them open" {
		t.Errorf("got %s", got)
	}
	handle(t, w, ours)
	if got := state(t, p, theirs); got != "0 rows, 0 deltas, 0 of them open" {
		t.Errorf("theirs: got %s", got)
	}
}

// TestAMessageThatCannotBeWorkedComesAgain, and no other with it.
func TestAMessageThatCannotBeWorkedComesAgain(t *testing.T) {
	p := testenv.New(t)
	files := p.Files(t)
	w := lakework.New(p.Env)
	write(t, p, ours, 1)
	calls := 0
	files.Cut(func() error {
		if calls++; calls > 1 {
			return nil
		}
		return testenv.ErrCut
	})
	batch := []queue.Message{message("first", ours), message("second", ours), {ID: "third", Body: []byte("{")}}
	failed, err := w.Handle(t.Context(), batch)
	if err != nil || !slices.Equal(failed, []string{"first", "third"}) {
		t.Errorf("got %v, %v", failed, err)
	}
	if got := state(t, p, ours); got != "1 rows, 1 deltas, 0 of them open" {
		t.Errorf("got %s", got)
	}
}

func write(t *testing.T, p *testenv.Place, tenant string, n int64) {
	t.Helper()
	row := lake.Row{Subject: "customers", ID: fmt.Sprintf("cus_%d", n), Version: n, At: p.Clock.Now()}
	if _, err := lake.WriteDelta(t.Context(), p.Objects(tenant), tenant, []lake.Row{row}); err != nil {
		t.Fatal(err)
	}
}

func message(id, tenant string) queue.Message {
	body, _ := json.Marshal(lake.Upkeep{Tenant: tenant}) // a text cannot fail
	return queue.Message{ID: id, Group: tenant, Body: body}
}

func handle(t *testing.T, w *lakework.Worker, tenant string) {
	t.Helper()
	if failed, err := w.Handle(t.Context(), []queue.Message{message("m", tenant)}); err != nil || len(failed) > 0 {
		t.Fatalf("%v failed: %v", failed, err)
	}
}

func state(t *testing.T, p *testenv.Place, tenant string) string {
	t.Helper()
	m, _, err := lake.Read(t.Context(), p.Objects(tenant), tenant)
	if err != nil {
		t.Fatal(err)
	}
	all, err := lake.Deltas(t.Context(), p.Objects(tenant), tenant)
	if err != nil {
		t.Fatal(err)
	}
	var rows int64
	for _, part := range m.Subjects["customers"] {
		rows += part.Rows
	}
	return fmt.Sprintf("%d rows, %d deltas, %d of them open", rows, len(all), len(m.Unfolded(all)))
}

// TestARebuildIsDoneOnce for each time that somebody asks, of the workspace that is asked for alone.
func TestARebuildIsDoneOnce(t *testing.T) {
	p := testenv.New(t)
	p.Files(t)
	w := lakework.New(p.Env)
	write(t, p, ours, 1)
	handle(t, w, ours)
	handle(t, w, theirs)
	x := p.DB.Tenant(ours).Begin()
	x.CreateCustomer(&customer.Customer{ID: p.IDs.New(id.Customer), Fields: customer.Fields{Name: "김단골"}}) // whose delta was lost
	if err := x.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	p.Time.Advance(time.Hour)
	body, _ := json.Marshal(lake.Upkeep{Tenant: ours, Rebuild: p.Clock.Now()}) // a text and a time cannot fail
	var rebuilt []time.Time
	for range 2 { // as a queue may deliver it
		p.Time.Advance(time.Minute)
		if failed, err := w.Handle(t.Context(), []queue.Message{{ID: "m", Group: ours, Body: body}}); err != nil || len(failed) > 0 {
			t.Fatal(failed, err)
		}
		m, _, err := lake.Read(t.Context(), p.Objects(ours), ours)
		if err != nil {
			t.Fatal(err)
		}
		rebuilt = append(rebuilt, m.Rebuilt)
	}
	if !rebuilt[0].Equal(rebuilt[1]) || !rebuilt[0].Equal(p.Clock.Now().Add(-time.Minute)) {
		t.Errorf("got rebuilt at %v, want once, at the first message", rebuilt)
	}
	if m, _, err := lake.Read(t.Context(), p.Objects(theirs), theirs); err != nil || m.Rebuilt.Equal(rebuilt[0]) {
		t.Errorf("theirs: got rebuilt at %v, %v, want untouched", m.Rebuilt, err)
	}
	if got := state(t, p, ours); !strings.HasPrefix(got, "2 rows") {
		t.Errorf("got %s, want both customers", got)
	}
}

// TestNewColumnsAreFilledOnce: a lake that an older program wrote has no values of columns that came since, and no record that changed before they came.
func TestNewColumnsAreFilledOnce(t *testing.T) {
	p := testenv.New(t)
	p.Files(t)
	w := lakework.New(p.Env)
	handle(t, w, ours)
	handle(t, w, theirs)
	x := p.DB.Tenant(ours).Begin()
	x.CreateCustomer(&customer.Customer{ID: p.IDs.New(id.Customer), Fields: customer.Fields{Name: "김단골"}})
	if err := x.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	older, mark, err := lake.Read(t.Context(), p.Objects(ours), ours)
	if err != nil {
		t.Fatal(err)
	}
	older.Version, older.Shape = older.Version+1, "of an older program"
	if err := lake.Swap(t.Context(), p.Objects(ours), ours, mark, older); err != nil {
		t.Fatal(err)
	}
	var rebuilt []time.Time
	for range 2 {
		p.Time.Advance(time.Minute)
		handle(t, w, ours)
		handle(t, w, theirs)
		m, _, err := lake.Read(t.Context(), p.Objects(ours), ours)
		if err != nil {
			t.Fatal(err)
		}
		rebuilt = append(rebuilt, m.Rebuilt)
	}
	if !rebuilt[0].After(older.Rebuilt) || !rebuilt[1].Equal(rebuilt[0]) {
		t.Errorf("rebuilt at %v and %v after %v, want once", rebuilt[0], rebuilt[1], older.Rebuilt)
	}
	if got := state(t, p, ours); !strings.HasPrefix(got, "1 rows") {
		t.Errorf("got %s, want the customer", got)
	}
	if m, _, err := lake.Read(t.Context(), p.Objects(theirs), theirs); err != nil || !m.Rebuilt.Equal(older.Rebuilt) {
		t.Errorf("theirs: got rebuilt at %v, %v, want %v", m.Rebuilt, err, older.Rebuilt)
	}
}
