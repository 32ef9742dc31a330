// Package campaignkit sets up a workspace with customers and a campaign on the real embedded engines, for the tests of the functions that plan,
// send and follow campaigns, and checks their books.
package campaignkit

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/blob/dir"
	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/lifecycle"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/crm/template"
	"github.com/dangol/dangol/shared/crm/workspace"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/kv"
	"github.com/dangol/dangol/shared/mail"
	"github.com/dangol/dangol/shared/mail/outbox"
	"github.com/dangol/dangol/shared/queue"
	queues "github.com/dangol/dangol/shared/queue/embedded"
	"github.com/dangol/dangol/shared/store"
	tables "github.com/dangol/dangol/shared/table/embedded"
)

// Kit is an installation on embedded engines with a clock that stands still.
type Kit struct {
	Env    *env.Env
	Clock  *clock.Manual
	Tables *tables.Engine
	Queues *queues.Queue
	Outbox *outbox.Outbox
}

// Start is the time at which every kit begins.
var Start = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)

// New opens the engines in a folder of the test. Mail goes to the outbox unless the test puts another sender into Env.
func New(tb testing.TB) *Kit {
	tb.Helper()
	clk := clock.NewManual(Start)
	ground, err := kv.Open(filepath.Join(tb.TempDir(), "db"), kv.Options{})
	must(tb, err)
	tb.Cleanup(func() { must(tb, ground.Close()) })
	k := &Kit{Clock: clk}
	k.Tables, err = tables.New(ground, tables.Options{Clock: clk})
	must(tb, err)
	tb.Cleanup(k.Tables.Close)
	k.Queues, err = queues.New(ground, clk)
	must(tb, err)
	k.Outbox, err = outbox.New(ground, clk)
	must(tb, err)
	blobs, err := dir.New(filepath.Join(tb.TempDir(), "blob"), func() string { return "http://localhost/blob/" }, make([]byte, 32), clk)
	must(tb, err)
	tb.Cleanup(func() { must(tb, blobs.Close()) })
	k.Env = &env.Env{DB: store.New(k.Tables, clk, rand.Reader), Table: k.Tables, Queue: k.Queues, Blob: blobs, Mail: k.Outbox, Clock: clk,
		IDs: id.NewMaker(clk.Now, rand.Reader), Rand: rand.Reader, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Settings: env.Settings{BaseURL: "https://dangol.test", Keys: env.Keys{Links: make([]byte, 32), Cursor: make([]byte, 32)},
			From: mail.Address{Name: "Dangol", Email: "hello@dangol.test"}, Margin: time.Second}}
	return k
}

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// Tenant makes the workspace of that name and returns its stores.
func (k *Kit) Tenant(tb testing.TB, name string) *store.Tenant {
	tb.Helper()
	t := k.Env.DB.Tenant(id.Derived(id.Workspace, name)).As("test")
	tx := t.Begin()
	tx.CreateWorkspace(&workspace.Workspace{ID: t.ID, Company: name, Language: "ko", TimeZone: "Asia/Seoul", Currency: "KRW", Country: "KR",
		SenderName: name, SenderEmail: "news@" + "shop.test", AttributionDays: 7, Forecasts: workspace.UsualForecasts(), Lifecycle: lifecycle.Usual(), RFM: score.UsualRFM(), CreatedAt: t.Now()})
	must(tb, tx.Commit(tb.Context()))
	return t
}

// Customers makes n customers who agreed to e-mail marketing; change, if not nil, alters each before it is written. Two tenants get the same ids.
func (k *Kit) Customers(tb testing.TB, t *store.Tenant, n int, change func(i int, c *customer.Customer)) []string {
	tb.Helper()
	ids := make([]string, n)
	var wg sync.WaitGroup
	gate := make(chan struct{}, 64)
	for i := range n {
		ids[i] = id.Derived(id.Customer, fmt.Sprint(i))
		gate <- struct{}{}
		wg.Go(func() {
			defer func() { <-gate }()
			c := &customer.Customer{ID: ids[i], Fields: customer.Fields{Kind: customer.Consumer, Name: fmt.Sprintf("Customer %d", i), Email: fmt.Sprintf("c%d@mail.test", i)},
				Consents: consent.States{"email.marketing": consent.Granted}}
			if change != nil {
				change(i, c)
			}
			tx := t.Begin()
			tx.CreateCustomer(c)
			if err := tx.Commit(tb.Context()); err != nil {
				tb.Error(err)
			}
		})
	}
	wg.Wait()
	return ids
}

// HTML, Subject and Text are the parts of the kit's template.
const (
	Subject = "Hello {{ customer.name }}"
	HTML    = `<html><body><p>Hello {{ customer.name }}</p><a href="https://shop.test/sale?x=1&amp;y=2">Sale</a> <a href="{{ unsubscribe_url }}">unsubscribe</a></body></html>`
	Text    = "Hello {{ customer.name }}\n{{ unsubscribe_url }}\n"
)

// Campaign plans a campaign to the customers without the planner: it is sending, and each chunk's call is returned.
func (k *Kit) Campaign(tb testing.TB, t *store.Tenant, customers []string, plan campaign.Plan) (string, []message.Call) {
	tb.Helper()
	c := &campaign.Campaign{ID: id.Derived(id.Campaign, "kit")}
	c.Name, c.Type, c.Channel, c.Plan = "Kit", campaign.Target, message.Email, plan
	ctl := &campaign.Control{Status: campaign.Sending, LaunchedAt: ptr(t.Now()), Epoch: 1}
	chunks := message.Chunks(len(customers))
	ctl.Frozen = &campaign.Frozen{At: t.Now(), Audience: len(customers), Chunks: chunks}
	tx := t.Begin()
	tx.CreateCampaign(c)
	must(tb, tx.Commit(tb.Context()))
	tx = t.Begin()
	tx.SaveControl(c.ID, ctl)
	source := template.Source{Subject: Subject, HTML: HTML, Text: Text}
	tx.SaveSnapshot(c.ID, &campaign.Snapshot{Name: "Kit", Source: source, Links: campaign.Number(nil, template.Links(HTML))})
	must(tb, tx.Commit(tb.Context()))
	tx = t.Begin()
	tx.Complete(c.ID)
	must(tb, tx.Commit(tb.Context()))
	k.plan(tb, t, c.ID, customers, chunks)
	calls := make([]message.Call, chunks)
	for i := range calls {
		calls[i] = message.Call{Tenant: t.ID, Campaign: c.ID, Chunk: i, Epoch: ctl.Epoch}
	}
	return c.ID, calls
}

func (k *Kit) plan(tb testing.TB, t *store.Tenant, campaignID string, customers []string, chunks int) {
	byChunk := make([][]*message.Message, chunks)
	for _, c := range customers {
		m := &message.Message{ID: message.ID(t.ID, campaignID, 0, 0, c, message.Email), CampaignID: campaignID, CustomerID: c, Channel: message.Email,
			State: message.Planned, PlannedAt: t.Now()}
		m.Chunk = message.ChunkOf(m.ID, chunks)
		byChunk[m.Chunk] = append(byChunk[m.Chunk], m)
	}
	var wg sync.WaitGroup
	for chunk, ms := range byChunk {
		wg.Go(func() {
			for start := 0; start < len(ms); start += store.MaxMoves {
				tx := t.BeginChunk(campaignID, chunk)
				for _, m := range ms[start:min(start+store.MaxMoves, len(ms))] {
					tx.Plan(m)
				}
				if err := tx.Commit(context.Background()); err != nil {
					tb.Error(err)
				}
			}
		})
	}
	wg.Wait()
}

func ptr[T any](v T) *T { return &v }

// Message wraps a call as the queue delivers it.
func Message(call message.Call) queue.Message {
	body, _ := json.Marshal(call) // strings and numbers always can be
	return queue.Message{ID: "1", Group: call.Tenant, Body: body, Receipt: "1", Received: 1}
}

// Deliver gives a handler what is on a queue, one message at a time, until nothing is visible, moving no clock. It returns how many it handled.
func (k *Kit) Deliver(tb testing.TB, name queue.Name, h queue.Handler) (n int) {
	tb.Helper()
	for {
		batch, err := k.Queues.Receive(tb.Context(), name, 1, 5*time.Minute, 0)
		must(tb, err)
		if len(batch) == 0 {
			return n
		}
		n++
		failed, err := h(tb.Context(), batch)
		if err != nil || len(failed) > 0 {
			tb.Fatalf("handle %s: failed %v, %v", batch[0].Body, failed, err)
		}
		must(tb, k.Queues.Delete(tb.Context(), name, batch[0].Receipt))
	}
}

// Follow passes on what the change feed asks for, as functions/changefeed does, until the test ends. It returns a function that waits until the
// feed has been quiet for a moment.
func (k *Kit) Follow(tb testing.TB) {
	tb.Helper()
	ctx, stop := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Go(func() { _ = k.Tables.Run(ctx, "kit", k.forward) })
	tb.Cleanup(func() { stop(); wg.Wait() })
}

func (k *Kit) forward(ctx context.Context, batch []feed.Record) (int, error) {
	for i, r := range batch {
		var e store.Event
		if raw := r.Event(); raw == nil || json.Unmarshal(raw, &e) != nil {
			continue
		}
		to := map[string]queue.Name{store.ChunkReady: catalogue.Sends, store.JobContinue: catalogue.Plans, store.LookDue: catalogue.Plans, store.MailRequested: catalogue.Mails}[e.Type]
		if to == "" {
			continue
		}
		if err := k.Queues.Send(ctx, to, queue.Send{Group: e.Tenant, Body: e.Data}); err != nil {
			return i, err
		}
	}
	return len(batch), nil
}

// Books recounts the campaign's messages and fails the test unless they agree with the tallies and balance. It returns the counts.
func Books(tb testing.TB, t *store.Tenant, campaignID string) message.Tally {
	tb.Helper()
	tallies, err := t.Tallies(tb.Context(), campaignID)
	must(tb, err)
	sum := message.Tally{}
	for chunk, kept := range tallies {
		recount := message.Tally{}
		must(tb, t.EachMessage(tb.Context(), campaignID, chunk, func(m *message.Message) (bool, error) {
			recount.Count(m, 1)
			return true, nil
		}))
		copied := message.Tally{}
		copied.Add(kept)
		if got, want := fmt.Sprint(copied.Trim()), fmt.Sprint(recount.Trim()); got != want {
			tb.Errorf("chunk %d: the tally says %s, its messages %s", chunk, got, want)
		}
		if !recount.Balanced() {
			tb.Errorf("chunk %d: the books do not balance: %v", chunk, recount)
		}
		sum.Add(recount)
	}
	return sum
}
