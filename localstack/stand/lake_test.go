package stand_test

import (
	"testing"
	"time"

	"github.com/dangol/dangol/localstack/stand"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/lake"
)

const shop = "wsp_01KJQ6PSG02X9YPKYC3QEKNM3P"

// TestWhatIsWrittenIsInTheLakeWithinSeconds, and is written there once: a restart goes on where it was.
func TestWhatIsWrittenIsInTheLakeWithinSeconds(t *testing.T) {
	dir := t.TempDir()
	creates := func(name string) (deltas int) {
		s, err := stand.Open(stand.Options{Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		s.Start(t.Context())
		defer func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}()
		x := s.Env.DB.Tenant(shop).Begin()
		x.CreateCustomer(&customer.Customer{ID: s.Env.IDs.New(id.Customer), Fields: customer.Fields{Name: name}})
		if err := x.Commit(t.Context()); err != nil {
			t.Fatal(err)
		}
		was := len(listed(t, s))
		for range 100 {
			time.Sleep(50 * time.Millisecond)
			if deltas = len(listed(t, s)); deltas > was {
				break
			}
		}
		return deltas
	}
	if got := creates("김단골"); got != 1 {
		t.Errorf("got %d deltas, want 1", got)
	}
	if got := creates("이단골"); got != 2 {
		t.Errorf("after a restart: got %d deltas, want 2", got)
	}
}

func listed(t *testing.T, s *stand.Stand) []lake.Delta {
	t.Helper()
	all, err := lake.Deltas(t.Context(), s.Env.Objects(shop), shop)
	if err != nil {
		t.Fatal(err)
	}
	return all
}
