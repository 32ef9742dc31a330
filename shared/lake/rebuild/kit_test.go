package rebuild_test

import (
	"os"
	"reflect"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/blob/dir"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/lead"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/timeline"
	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/compact"
	"github.com/dangol/dangol/shared/lake/rebuild"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/testkit/life"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

const (
	ours   = "wsp_01KJQ6PSG02X9YPKYC3QEKNM3P"
	theirs = "wsp_01KJQ6PSG02X9YPKYC3QEKNM4Q"
)

var tenants = []string{ours, theirs}

func objects(t testing.TB) blob.Blob {
	t.Helper()
	d, err := dir.New(t.TempDir(), func() string { return "" }, []byte("0123456789abcdef"), clock.System{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// options write small parts and spill often, so that few rows are many runs.
func options(t testing.TB) rebuild.Options {
	t.Helper()
	return rebuild.Options{Now: time.Now, Dir: t.TempDir(), PartRows: 17, Memory: 20 << 10}
}

func rebuilt(t testing.TB, s *store.Tenant, b blob.Blob, o rebuild.Options) rebuild.Result {
	t.Helper()
	r, err := rebuild.Lake(t.Context(), s, b, o)
	if err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(o.Dir); err != nil || len(left) > 0 {
		t.Errorf("left in the local folder: %v, %v", left, err)
	}
	return r
}

// deliver writes what the feed says of a tenant as deltas of a few records each.
func deliver(t testing.TB, b blob.Blob, tenant string, records []feed.Record) {
	t.Helper()
	var rows []lake.Row
	flush := func() {
		if _, err := lake.WriteDelta(t.Context(), b, tenant, rows); err != nil {
			t.Fatal(err)
		}
		rows = nil
	}
	for i, r := range records {
		of, some, err := lake.Rows(r, testenv.Start())
		if err != nil {
			t.Fatal(err)
		}
		if of == tenant {
			rows = append(rows, some...)
		}
		if i%50 == 0 {
			flush()
		}
	}
	flush()
}

func fold(t testing.TB, b blob.Blob, tenant string) {
	t.Helper()
	for more := true; more; {
		r, err := compact.Turn(t.Context(), b, tenant, compact.Options{Now: time.Now, Dir: t.TempDir()})
		if err != nil {
			t.Fatal(err)
		}
		more = r.More
	}
}

// full fills a record.
func full[T any](set func(*T)) *T {
	v := new(T)
	life.Fill(reflect.ValueOf(v).Elem(), "")
	set(v)
	return v
}

// everything writes a record of each kind with a value in every field.
func everything(t testing.TB, s *store.Tenant) {
	t.Helper()
	c := full(func(c *customer.Customer) {
		c.ID, c.BirthDate, c.Custom, c.ArchivedAt, c.Consents = s.NewID(id.Customer), "1988-02-29", map[string]any{"size": 42.5, "shops": []any{"합정"}}, nil, consent.States{}
		for _, p := range consent.Purposes {
			for _, ch := range consent.Channels {
				c.Consents[consent.Slot(ch, p)] = consent.Granted
			}
		}
	})
	plan := full(func(p *campaign.Campaign) { p.ID = s.NewID(id.Campaign) })
	x := s.Begin()
	x.CreateCustomer(c)
	x.CreateOrder(full(func(o *order.Order) { o.ID, o.CustomerID = s.NewID(id.Order), c.ID }))
	x.CreateLead(full(func(l *lead.Lead) { l.ID = s.NewID(id.Lead) }))
	x.KeepConsent(c.ID, *full(func(said *consent.Consent) { said.ID = s.NewID(id.Consent) }))
	x.Tell(c.ID, *full(func(e *timeline.Entry) {
		e.ID, e.Type, e.Data = s.NewID(id.Event), timeline.Noted, map[string]any{"text": "안녕", "from": 3.0}
	}))
	x.CreateCampaign(plan)
	x.PutScore(*full(func(p *store.ScoredCustomer) {
		p.CustomerID, p.AsOf, p.LifecycleSince = c.ID, "2026-03-02", "2026-03-02"
	}), nil)
	must(t, x.Commit(t.Context()))
	x = s.Begin()
	x.SaveControl(plan.ID, full(func(ctl *campaign.Control) { ctl.Epoch = 1 }))
	x.ArchiveCustomer(c)
	must(t, x.Commit(t.Context()))
	chunk := s.BeginChunk(plan.ID, 3)
	chunk.Plan(full(func(m *message.Message) {
		m.ID, m.CampaignID, m.CustomerID, m.State = s.NewID(id.Message), plan.ID, c.ID, message.Accepted
	}))
	must(t, chunk.Commit(t.Context()))
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
