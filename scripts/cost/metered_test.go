package main

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/dangol/dangol/functions/campaignplan"
	"github.com/dangol/dangol/functions/campaignsend"
	"github.com/dangol/dangol/functions/outcomes"
	"github.com/dangol/dangol/functions/scorework"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/mail"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/sending"
	"github.com/dangol/dangol/shared/testkit/campaignkit"
)

// people is three chunks' worth.
const people = 2100

// The counts are not opinions: each step's code runs on the engine with the meter, and what it spends a record must be what the parts of that step
// say. A step that becomes dearer fails here until the scenario says so.
func TestTheCountsAreThoseOfTheCode(t *testing.T) {
	w := open(t)
	ids := w.Customers(t, w.t, people, nil)
	w.spent(1)
	c := campaign(people)

	campaignID := w.launch(ids)
	w.holds("plan", 1, c)
	rows := w.send(campaignID)
	w.holds("send", 1, c)
	w.report(campaignID, rows[:100])
	w.holds("delivered", people/100/delivered, c)
	for _, m := range rows[200:300] {
		w.must(sending.Respond(t.Context(), w.t, m, sending.Response{Kind: message.Opened, At: w.t.Now()}, nil))
	}
	w.holds("opened", (opened+clicked)*people/100, c)

	w.rebuild()
	w.sells(ids)
	w.rebuild()
	w.spent(1)
	w.rebuild()
	w.holds("rebuild", 1, rebuild()) // nobody's bands change: what the table takes is the same for any number of customers

	w.imports()
	w.holds("import", 1, importing())
}

// holds compares what was spent, a record, with the parts of the step: times what the scenario counts of it.
func (w *shop) holds(step string, times float64, s scenario) {
	w.Helper()
	b, err := openBook("../../" + modelFile)
	w.must(err)
	var read, write float64
	for _, p := range s.Parts {
		if p.Step == step {
			l, err := b.line(p, nil)
			w.must(err)
			read, write = read+l.Read, write+l.Write
		}
	}
	gotRead, gotWrite := w.spent(people)
	gotRead, gotWrite = gotRead*times, gotWrite*times
	if off(gotRead, read) || off(gotWrite, write) {
		w.Errorf("%s: the code takes %.3f read and %.3f write units a record, the scenario says %.3f and %.3f", step, gotRead, gotWrite, read, write)
	}
}

// off allows three hundredths: a job's own progress, a last page that is not full.
func off(got, want float64) bool { return math.Abs(got-want) > 0.03*max(want, 1) }

func (w *shop) launch(ids []string) string {
	w.Helper()
	campaignID, j := w.campaign()
	w.spent(1)
	w.hops(j, campaignplan.NewWith(w.Env, crowd(ids)).Handle)
	return campaignID
}

// send works every chunk and returns the messages as they are then; reading them is not counted.
func (w *shop) send(campaignID string) (rows []*message.Message) {
	w.Helper()
	ctl, err := w.t.CampaignControl(w.Context(), campaignID)
	w.must(err)
	w.spent(1)
	worker := campaignsend.New(w.Env)
	for i := range ctl.Frozen.Chunks {
		w.handle(worker.Handle, campaignkit.Message(message.Call{Tenant: w.t.ID, Campaign: campaignID, Chunk: i, Epoch: ctl.Epoch}))
	}
	read, write := w.spent(1)
	for i := range ctl.Frozen.Chunks {
		w.must(w.t.EachMessage(w.Context(), campaignID, i, func(m *message.Message) (bool, error) { rows = append(rows, m); return true, nil }))
	}
	w.spent(1)
	w.meter("", "", read, write)
	return rows
}

// report tells of deliveries, as SES does: one at a time.
func (w *shop) report(campaignID string, rows []*message.Message) {
	w.Helper()
	w.spent(1)
	worker := outcomes.New(w.Env)
	for _, m := range rows {
		body, err := json.Marshal([]mail.Event{{Kind: mail.Delivered, Tenant: w.t.ID, Campaign: campaignID, MessageID: m.ID, At: w.t.Now()}})
		w.must(err)
		w.handle(worker.Handle, queue.Message{ID: "1", Group: w.t.ID, Body: body, Receipt: "1", Received: 1})
	}
}

func (w *shop) rebuild() {
	w.Helper()
	w.hops(w.job(), scorework.New(w.Env).Handle)
}

func (w *shop) handle(h queue.Handler, m queue.Message) {
	w.Helper()
	failed, err := h(w.Context(), []queue.Message{m})
	w.must(err)
	if len(failed) > 0 {
		w.Fatalf("%s failed", m.Body)
	}
}
