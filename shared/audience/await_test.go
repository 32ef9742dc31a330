package audience_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/audience"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

const ours = "wsp_01KJQ6PSG02X9YPKYC3QEKNM3P"

// ticking sleeps no time, and does something each time.
type ticking struct {
	clock.Clock
	each func(d time.Duration)
}

func (t *ticking) Sleep(_ context.Context, d time.Duration) error {
	t.each(d)
	return nil
}

// lagging is a place whose lakes follow the table some way behind.
func lagging(t *testing.T, each func(p *testenv.Place, d time.Duration)) *testenv.Place {
	p := testenv.New(t)
	p.Files(t)
	p.Settings.LakeLag, p.Settings.Local = time.Second, true
	p.Clock = &ticking{p.Clock, func(d time.Duration) { each(p, d) }}
	return p
}

func TestAwaitEndsOnceTheWriterHasNotedAllMarks(t *testing.T) {
	looks := 0
	p := lagging(t, func(p *testenv.Place, _ time.Duration) {
		looks++
		for n := range store.LakeMarks {
			if n%3 > looks-1 {
				continue // some come later
			}
			if err := lake.Mark(t.Context(), p.Objects(ours), ours, store.LakeMark{Number: n, At: p.Clock.Now().UnixMilli()}); err != nil {
				t.Error(err)
			}
		}
	})
	if err := audience.Await(t.Context(), p.Env, p.DB.Tenant(ours), p.Clock.Now()); err != nil || looks != 3 {
		t.Errorf("got %v after %d looks", err, looks)
	}
}

func TestAwaitGivesUp(t *testing.T) {
	waited := time.Duration(0)
	p := lagging(t, func(p *testenv.Place, d time.Duration) {
		waited += d
		p.Time.Advance(d)
	})
	if err := audience.Await(t.Context(), p.Env, p.DB.Tenant(ours), p.Clock.Now()); !errors.Is(err, lake.ErrBehind) || waited > time.Minute {
		t.Errorf("got %v after %v", err, waited)
	}
}
