package scenarios_test

import (
	"context"
	"testing"
	"time"

	"github.com/dangol/dangol/localstack/stand"
	"github.com/dangol/dangol/localstack/standtest"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/testkit/partner"
)

// While the shop sleeps: at three in the morning of its own zone the scores are built and the segment's file is written; a night later again. The clock
// is moved by hand, and an API key outlives the night.
func TestTheNightsWork(t *testing.T) {
	t.Parallel()
	c := clock.NewManual(time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)) // nine in the evening in Seoul
	owner := standtest.Start(t, func(o *stand.Options) { o.Clock = c }).SignUp(t, partner.Person{Email: "owner@shop.kr", TimeZone: "Asia/Seoul"})
	var key, segment struct{ ID, Key string }
	post(t, owner, "/v1/api-keys", map[string]any{"name": "night", "scopes": []string{"customers:write", "orders:write", "segments:write", "scores:read", "exports:read"}}, &key)
	shop := owner.With(key.Key)
	post(t, shop, "/v1/customers", map[string]any{"name": "김단골", "externalId": "1"}, nil)
	post(t, shop, "/v1/orders", map[string]any{"customerExternalId": "1", "orderedAt": "2026-03-01T00:00:00Z", "total": "5000"}, nil)
	post(t, shop, "/v1/segments", map[string]any{"name": "모두", "rule": map[string]any{"all": []any{}}, "exportEvery": "daily"}, &segment)

	c.Advance(5*time.Hour + 59*time.Minute) // 02:59 in Seoul
	time.Sleep(200 * time.Millisecond)
	if got, exports := night(t, shop); got != "" || exports != 0 {
		t.Errorf("before three: got scores of %q and %d exports", got, exports)
	}
	for _, want := range []struct {
		day     string
		exports int
	}{{"2026-03-03", 1}, {"2026-03-04", 2}} {
		c.Advance(2 * time.Minute) // 03:01
		await(t, c, func() bool { day, exports := night(t, shop); return day == want.day && exports == want.exports })
		c.Advance(24*time.Hour - 2*time.Minute)
	}
}

func post(t *testing.T, c *partner.Client, path string, in, out any) {
	t.Helper()
	if err := c.Post(t.Context(), path, in, out); err != nil {
		t.Fatal(err)
	}
}

// night tells the day of the latest scores, "" before the first, and how many files were written.
func night(t *testing.T, c *partner.Client) (day string, exports int) {
	t.Helper()
	var summary struct{ AsOf string }
	if err := c.Get(t.Context(), "/v1/scores/summary", &summary); err != nil && partner.Code(err) != "scores_not_built" {
		t.Fatal(err)
	}
	var files struct{ Data []struct{ Scheduled bool } }
	if err := c.Get(t.Context(), "/v1/exports", &files); err != nil {
		t.Fatal(err)
	}
	return summary.AsOf, len(files.Data)
}

// await nudges the clock by seconds, since workers sleep on it, until done.
func await(t *testing.T, c *clock.Manual, done func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for !done() {
		if ctx.Err() != nil {
			t.Fatal("the night's work did not come")
		}
		c.Advance(time.Second)
		time.Sleep(20 * time.Millisecond)
	}
}
