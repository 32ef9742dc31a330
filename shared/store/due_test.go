package store_test

import (
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/crm/due"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/kv"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/table/dynamo"
	"github.com/dangol/dangol/shared/table/dynamo/dynamotest"
	"github.com/dangol/dangol/shared/table/embedded"
)

var three = time.Date(2026, 3, 2, 18, 0, 0, 0, time.UTC) // in the morning, in Seoul

// calendars is a calendar of several tenants on one engine.
type calendars struct {
	*testing.T
	table table.Table
	db    *store.DB
}

// onBoth runs the test on the embedded engine and, where there is one, on DynamoDB.
func onBoth(t *testing.T, test func(c *calendars)) {
	on := func(name string, open func(*testing.T) table.Table) {
		t.Run(name, func(t *testing.T) {
			e := open(t)
			test(&calendars{t, e, store.New(e, clock.NewManual(three), rand.Reader)})
		})
	}
	on("embedded", func(t *testing.T) table.Table { return laptop(t) })
	on("dynamo", func(t *testing.T) table.Table { return dynamotest.Open(t, dynamo.Options{}) })
}

func laptop(t *testing.T) *embedded.Engine {
	t.Helper()
	ground, err := kv.Open(t.TempDir(), kv.Options{})
	if err != nil {
		t.Fatal(err)
	}
	e, err := embedded.New(ground, embedded.Options{Clock: clock.NewManual(three)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close(); _ = ground.Close() })
	return e
}

func (c *calendars) do(tenant string, f func(x *store.Tx)) error {
	x := c.db.Tenant(tenant).Begin()
	f(x)
	return x.Commit(c.Context())
}

func (c *calendars) put(tenant string, kind due.Kind, ref string, when time.Time) {
	c.Helper()
	if err := c.do(tenant, func(x *store.Tx) { x.Schedule(kind, ref, when) }); err != nil {
		c.Fatal(err)
	}
}

// due lists what has come, "tenant ref" each. An index may lag: it waits for as many as are wanted.
func (c *calendars) due(kind due.Kind, now time.Time, limit int, want ...string) []store.Due {
	c.Helper()
	var dates []store.Due
	var got []string
	for range 50 {
		var err error
		if dates, err = c.db.DueBy(c.Context(), kind, now, limit); err != nil {
			c.Fatal(err)
		}
		got = nil
		for _, d := range dates {
			got = append(got, d.Tenant+" "+d.Ref)
		}
		if slices.Equal(got, want) {
			return dates
		}
		time.Sleep(20 * time.Millisecond)
	}
	c.Errorf("%s due: got %q, want %q", kind, got, want)
	return dates
}

func TestADateIsReadByItsKindWhenItHasCome(t *testing.T) {
	onBoth(t, func(c *calendars) {
		for i, tenant := range []string{theirs, ours} {
			c.put(tenant, due.Export, "seg_1", three.Add(time.Duration(-i)*time.Minute))
			c.put(tenant, due.Export, "seg_1", three.Add(time.Duration(-i)*time.Minute)) // the same date is one
			c.put(tenant, due.Export, "seg_2", three.Add(time.Second))
			c.put(tenant, due.Scores, "", three)
		}
		for _, d := range c.due(due.Export, three, 10, ours+" seg_1", theirs+" seg_1") {
			if d.Kind != due.Export || d.At.After(three) {
				c.Errorf("got %+v", d)
			}
		}
		c.due(due.Export, three.Add(-2*time.Minute), 10)
		c.due(due.Campaigns, three.AddDate(1, 0, 0), 10)
	})
}

func TestADateStandsInItsTenantsPartition(t *testing.T) {
	onBoth(t, func(c *calendars) {
		c.put(ours, due.Campaigns, "cmp_1", three)
		for _, pk := range []string{"t#" + ours + "#due", "due#0", "due#1", "due#2", "due#3"} {
			page, err := c.table.Query(c.Context(), table.Query{Table: table.Ops, PK: pk})
			if err != nil {
				c.Fatal(err)
			}
			if got, want := len(page.Items), strings.Count(pk, ours); got != want {
				c.Errorf("%s: got %d items, want %d", pk, got, want)
			}
		}
	})
}

func TestADateIsTakenOnce(t *testing.T) {
	onBoth(t, func(c *calendars) {
		c.put(ours, due.Scores, "", three)
		d := c.due(due.Scores, three, 10, ours+" ")[0]
		if err := c.do(theirs, func(x *store.Tx) { x.Done(d) }); !table.FailedLabel(err, "due") {
			c.Errorf("another tenant took it: %v", err)
		}
		for i, want := range []bool{true, false} {
			err := c.do(ours, func(x *store.Tx) { x.Done(d) })
			if (err == nil) != want || !want && !table.FailedLabel(err, "due") {
				c.Errorf("attempt %d: got %v", i+1, err)
			}
		}
		c.due(due.Scores, three, 10)
	})
}

func TestADateMoves(t *testing.T) {
	for name, to := range map[string]struct {
		when  time.Time
		early []string
		late  []string
	}{
		"to later":               {three.Add(time.Hour), nil, []string{ours + " cmp_1"}},
		"to never":               {time.Time{}, nil, nil},
		"to where it was":        {three, []string{ours + " cmp_1"}, []string{ours + " cmp_1"}},
		"to the same second":     {three.Add(time.Millisecond), []string{ours + " cmp_1"}, []string{ours + " cmp_1"}},
		"to earlier, and is due": {three.Add(-time.Hour), []string{ours + " cmp_1"}, []string{ours + " cmp_1"}},
	} {
		t.Run(name, func(t *testing.T) {
			onBoth(t, func(c *calendars) {
				c.put(ours, due.Campaigns, "cmp_1", three)
				if err := c.do(ours, func(x *store.Tx) {
					x.Move(store.Due{Kind: due.Campaigns, Tenant: ours, Ref: "cmp_1", At: three}, to.when)
				}); err != nil {
					c.Fatal(err)
				}
				c.due(due.Campaigns, three, 10, to.early...)
				c.due(due.Campaigns, three.AddDate(0, 0, 1), 10, to.late...)
			})
		})
	}
}

// A hundred dates of one tenant fill one shard; those of the others, which came later, are read beside them.
func TestABacklogOfOneShardStarvesNoOther(t *testing.T) {
	onBoth(t, func(c *calendars) {
		for i := range 100 {
			c.put(ours, due.Export, fmt.Sprintf("seg_%03d", i), three.Add(-time.Hour))
		}
		for i := range 20 {
			c.put(id.Derived(id.Workspace, fmt.Sprint(i)), due.Export, "seg_1", three)
		}
		for limit, share := range map[int]int{8: 2, 40: 10, 100: 80} {
			var backlog, others int
			for range 50 {
				dates, err := c.db.DueBy(c.Context(), due.Export, three, limit)
				if err != nil {
					c.Fatal(err)
				}
				if backlog = 0; len(dates) == limit {
					for _, d := range dates {
						if d.Tenant == ours {
							backlog++
						}
					}
					if others = limit - backlog; others > 0 {
						break
					}
				}
				time.Sleep(20 * time.Millisecond)
			}
			if others < min(share, 3) || backlog == 0 || backlog+others != limit {
				c.Errorf("of %d: got %d of the backlog and %d others", limit, backlog, others)
			}
		}
	})
}

// A key that cannot be a date of ours holds up nothing, and is told of.
func TestADateThatCannotBeReadHoldsUpNone(t *testing.T) {
	onBoth(t, func(c *calendars) {
		c.put(ours, due.Scores, "", three)
		c.due(due.Scores, three, 10, ours+" ")
		for i, k := range []table.Key{{PK: "t#nobody#due", SK: "2026-03-02T18:00:00.000Z#scores#"}, {PK: "t#" + ours + "#due", SK: "tonight#scores#"}, {PK: "t#" + ours + "#due", SK: "x"}} {
			bad := table.Item{Key: k}
			bad.Index[1] = table.Key{PK: fmt.Sprintf("due#scores#%d", i), SK: "2026-03-02T17:00:00.000Z"}
			if err := c.table.Write(c.Context(), table.Op{Table: table.Ops, Kind: table.OpPut, Item: bad}); err != nil {
				c.Fatal(err)
			}
		}
		var dates []store.Due
		var err error
		for range 50 {
			if dates, err = c.db.DueBy(c.Context(), due.Scores, three, 10); err != nil && strings.Count(err.Error(), "is no date") == 3 {
				break
			}
			time.Sleep(20 * time.Millisecond)
		}
		if len(dates) != 1 || err == nil || strings.Count(err.Error(), "is no date") != 3 {
			c.Errorf("got %v, %v; want the one date and three complaints", dates, err)
		}
	})
}

// asBefore is a date as the releases before kept it.
func asBefore(shard int, sk string) table.Op {
	return table.Op{Table: table.Ops, Kind: table.OpPut, Item: table.Item{Key: table.Key{PK: fmt.Sprintf("due#%d", shard), SK: sk}, Head: []byte(`{}`)}}
}

func TestDatesOfEarlierReleasesAreRefiled(t *testing.T) {
	onBoth(t, func(c *calendars) {
		const at = "2026-03-02T18:00:00.000Z"
		for shard, sk := range []string{at + "#scores#" + ours + "#", at + "#export#" + theirs + "#seg_1", at + "#campaigns#" + ours + "#cmp_1", "tonight#scores#" + ours + "#"} {
			if err := c.table.Write(c.Context(), asBefore(shard, sk)); err != nil {
				c.Fatal(err)
			}
		}
		for _, want := range []int{3, 0} { // what is done is not done again; what cannot be read stays and is told of
			if moved, err := c.db.Refile(c.Context(), 100); moved != want || err == nil || !strings.Contains(err.Error(), "tonight") {
				c.Errorf("got %d moved, %v, want %d and a complaint", moved, err, want)
			}
		}
		c.due(due.Scores, three, 10, ours+" ")
		c.due(due.Export, three, 10, theirs+" seg_1")
		c.due(due.Campaigns, three, 10, ours+" cmp_1")
		c.due(due.Scores, three.Add(-time.Second), 10)
	})
}

// Cut short before any write, a refiling is taken up again: a date is in the old place, or in the new one, or in both.
func TestARefilingThatIsCutShortLosesNothing(t *testing.T) {
	for n := range 3 {
		t.Run(fmt.Sprintf("after %d writes", n), func(t *testing.T) {
			e := laptop(t)
			c := &calendars{t, e, store.New(e, clock.NewManual(three), rand.Reader)}
			if err := e.Write(t.Context(), asBefore(0, "2026-03-02T18:00:00.000Z#scores#"+ours+"#")); err != nil {
				t.Fatal(err)
			}
			left := n
			e.Faults.CrashBeforeWrite(func([]table.Op) error {
				if left--; left < 0 {
					return fmt.Errorf("cut short")
				}
				return nil
			})
			if _, err := c.db.Refile(t.Context(), 10); (err == nil) != (n >= 2) {
				t.Errorf("got %v", err)
			}
			e.Faults.CrashBeforeWrite(nil)
			if _, err := c.db.Refile(t.Context(), 10); err != nil {
				t.Error(err)
			}
			c.due(due.Scores, three, 10, ours+" ")
		})
	}
}
