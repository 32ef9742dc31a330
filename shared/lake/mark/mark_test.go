package mark_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/lake/mark"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

const ours = "wsp_01KJQ6PSG02X9YPKYC3QEKNM3P"

// ticking sleeps no time, and does something each time.
type ticking struct {
	clock.Clock
	each func()
}

func (t ticking) Sleep(context.Context, time.Duration) error {
	t.each()
	return nil
}

// place is one whose lakes lag, with what its feed brings on the way.
func place(t *testing.T) (p *testenv.Place, marks func() map[string]bool) {
	p = testenv.New(t)
	p.Files(t)
	p.Settings.LakeLag, p.Settings.Local = time.Second, true
	return p, func() map[string]bool {
		found := map[string]bool{}
		page, err := p.Table.Query(t.Context(), table.Query{Table: table.CRM, PK: "t#" + ours + "#lake"})
		if err != nil {
			t.Fatal(err)
		}
		for i := range page.Items {
			tenant, m, ok := mark.Of(feed.Record{Table: table.CRM, New: &page.Items[i]})
			found[m] = ok && tenant == ours
		}
		return found
	}
}

// TestAwaitEndsWhenTheWriterCameToTheMark, and leaves nothing behind.
func TestAwaitEndsWhenTheWriterCameToTheMark(t *testing.T) {
	p, marks := place(t)
	looks := 0
	p.Clock = ticking{p.Clock, func() {
		if looks++; looks != 3 {
			return
		}
		for m, is := range marks() {
			if !is {
				t.Errorf("%s is no mark of the tenant", m)
			}
			if err := mark.Reached(t.Context(), p.Objects(ours), ours, m); err != nil {
				t.Error(err)
			}
		}
	}}
	if err := mark.Await(t.Context(), p.Env, p.DB.Tenant(ours), p.Clock.Now()); err != nil || looks != 3 {
		t.Errorf("got %v after %d looks", err, looks)
	}
	left, err := p.Objects(ours).List(t.Context(), "t/"+ours+"/marks/", "", 10)
	if err != nil || len(left) > 0 || len(marks()) > 0 {
		t.Errorf("left: %v, %v, %v", left, marks(), err)
	}
}

func TestAwaitGivesUp(t *testing.T) {
	p, _ := place(t)
	p.Clock = ticking{p.Clock, func() {}}
	if err := mark.Await(t.Context(), p.Env, p.DB.Tenant(ours), p.Clock.Now()); !errors.Is(err, mark.ErrBehind) {
		t.Errorf("got %v", err)
	}
}
