package rebuild_test

import (
	"slices"
	"testing"

	"github.com/dangol/dangol/shared/crm/due"
	"github.com/dangol/dangol/shared/lake/rebuild"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

// TestWhoHasNoLakeIsFound, once each, until the lake is there.
func TestWhoHasNoLakeIsFound(t *testing.T) {
	p := testenv.New(t)
	p.Files(t)
	for _, tenant := range tenants {
		x := p.DB.Tenant(tenant).Begin()
		x.Schedule(due.Scores, "", testenv.Start().AddDate(0, 0, 1))
		must(t, x.Commit(t.Context()))
	}
	find := func() []string {
		got, err := rebuild.Wanted(t.Context(), p.DB, p.Objects, p.Clock.Now())
		must(t, err)
		slices.Sort(got)
		return got
	}
	if got, want := find(), slices.Sorted(slices.Values(tenants[:])); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	rebuilt(t, p.DB.Tenant(ours), p.Objects(ours), options(t))
	if got := find(); slices.Contains(got, ours) || len(got) != len(tenants)-1 {
		t.Errorf("got %v after %s has a lake", got, ours)
	}
}
