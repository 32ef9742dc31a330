package campaign

import (
	"testing"
	"time"

	"github.com/dangol/dangol/shared/errs"
)

func TestMovesAreClosed(t *testing.T) {
	reached, acts := map[Status]bool{Draft: true}, map[Action]bool{}
	for range Statuses {
		for _, m := range Moves {
			acts[m.Action] = true
			if reached[m.From] {
				reached[m.To] = true
			}
		}
	}
	for _, s := range Statuses {
		if !reached[s] {
			t.Errorf("status %s cannot be reached", s)
		}
	}
	for _, a := range Actions {
		if !acts[a] {
			t.Errorf("action %s does nothing", a)
		}
	}
}

func TestActAllowsWhatTheTableSays(t *testing.T) {
	now := time.Unix(1_900_000_000, 0)
	allowed := map[[2]string]Status{}
	for _, m := range Moves {
		allowed[[2]string{string(m.From), string(m.Action)}] = m.To
	}
	for _, s := range Statuses {
		for _, a := range Actions {
			ctl := &Control{Status: s, Frozen: &Frozen{}}
			err := ctl.Act(a, now)
			to, ok := allowed[[2]string{string(s), string(a)}]
			switch {
			case ok && (err != nil || ctl.Status != to):
				t.Errorf("%s in %s: got %s, %v, want %s", a, s, ctl.Status, err, to)
			case !ok && (errs.Code(err) != "campaign_not_possible" || ctl.Status != s):
				t.Errorf("%s in %s: got %s, %v, want a refusal", a, s, ctl.Status, err)
			}
		}
	}
}

func TestResumeBeforeTheAudienceIsFrozenPlansOn(t *testing.T) {
	ctl := &Control{Status: Paused}
	if err := ctl.Act(Resume, time.Now()); err != nil || ctl.Status != Planning {
		t.Errorf("got %s, %v, want planning", ctl.Status, err)
	}
}
