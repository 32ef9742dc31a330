//go:build cgo

package campaignplan

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/segments"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/testkit/campaignkit"
	"github.com/dangol/dangol/shared/testkit/lakekit"
)

// segmentOf makes the segment of those with a tag.
func segmentOf(t *testing.T, s *store.Tenant, tag string) string {
	t.Helper()
	of := &segments.Segment{ID: id.Derived(id.Segment, "s"), Fields: segments.Fields{Name: tag, Membership: segments.Live,
		Rule: json.RawMessage(fmt.Sprintf(`{"field": "customer.tags", "op": "contains", "value": %q}`, tag))}}
	tx := s.Begin()
	tx.CreateSegment(of)
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	return of.ID
}

// Two tenants have the same customers under the same ids. Half are in the first one's segment; one of these is archived, another lost the tag.
func TestTheLakeSaysWhoIsInASegment(t *testing.T) {
	k := campaignkit.New(t)
	lakekit.Open(t, k.Env, k.Tables)
	shop, other := k.Tenant(t, "shop"), k.Tenant(t, "other")
	ids := k.Customers(t, shop, 10, func(i int, c *customer.Customer) { c.Tags = []string{[]string{"vip", "guest"}[i%2]} })
	k.Customers(t, other, 10, nil)
	segmentID := segmentOf(t, shop, "vip")
	segmentOf(t, other, "vip")
	change(t, shop, ids[0], func(tx *store.Tx, c *customer.Customer) { tx.ArchiveCustomer(c) })
	change(t, shop, ids[2], func(tx *store.Tx, was *customer.Customer) {
		is := *was
		is.Tags = nil
		tx.SaveCustomer(was, &is)
	})
	got, version, err := asked{k.Env}.Members(t.Context(), shop, segmentID)
	want := slices.Sorted(slices.Values([]string{ids[4], ids[6], ids[8]}))
	if err != nil || version != 1 || !slices.Equal(got, want) {
		t.Errorf("got %q of version %d, %v, want %q of version 1", got, version, err, want)
	}
	if got, _, err := (asked{k.Env}).Members(t.Context(), other, segmentID); err != nil || len(got) > 0 {
		t.Errorf("the other tenant: got %q, %v, want nobody", got, err)
	}
}

func change(t *testing.T, s *store.Tenant, customerID string, how func(*store.Tx, *customer.Customer)) {
	t.Helper()
	c, err := s.Customer(t.Context(), customerID)
	if err != nil {
		t.Fatal(err)
	}
	tx := s.Begin()
	how(tx, c)
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// TestAnAudienceWaitsForTheLake: while the lake is behind there is no answer, and the hop comes again; once it has what the table has, nobody is missed.
func TestAnAudienceWaitsForTheLake(t *testing.T) {
	k := campaignkit.New(t)
	lakekit.Open(t, k.Env, k.Tables)
	shop := k.Tenant(t, "shop")
	ids := k.Customers(t, shop, 3, func(_ int, c *customer.Customer) { c.Tags = []string{"vip"} })
	segmentID := segmentOf(t, shop, "vip")
	k.Env.Clock = hurried{k.Clock}
	k.Env.Settings.LakeLag, k.Env.Settings.Local = time.Second, true
	if got, _, err := (asked{k.Env}).Members(t.Context(), shop, segmentID); errs.Code(err) != "try_again" || got != nil {
		t.Fatalf("behind: got %q, %v, want try_again", got, err)
	}
	for n := range store.LakeMarks {
		at := store.LakeMark{Number: n, At: k.Clock.Now().Add(time.Minute).UnixMilli()}
		if err := lake.Mark(t.Context(), k.Env.Objects(shop.ID), shop.ID, at); err != nil {
			t.Fatal(err)
		}
	}
	got, _, err := asked{k.Env}.Members(t.Context(), shop, segmentID)
	if want := slices.Sorted(slices.Values(ids)); err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
}

// hurried lets each wait be over at once.
type hurried struct{ *clock.Manual }

func (h hurried) Sleep(_ context.Context, d time.Duration) error {
	h.Advance(d)
	return nil
}
