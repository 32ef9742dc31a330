package campaignplan

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/due"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/sending"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/testkit/campaignkit"
)

// looked is a campaign for which a look is asked, with the date that asks again in a quarter of an hour.
type looked struct {
	*testing.T
	kit   *campaignkit.Kit
	t     *store.Tenant
	w     *Worker
	asked campaign.Look
}

func askForLook(t *testing.T) *looked {
	kit := campaignkit.New(t)
	l := &looked{T: t, kit: kit, t: kit.Tenant(t, "a"), w: New(kit.Env)}
	campaignID, _ := kit.Campaign(t, l.t, kit.Customers(t, l.t, 3, nil), campaign.Plan{})
	l.asked = campaign.Look{Tenant: l.t.ID, Campaign: campaignID, Again: campaignkit.Start.Add(15 * time.Minute)}
	tx := l.t.Begin()
	tx.AskForLook(campaignID, l.asked.Again)
	l.must(tx.Commit(t.Context()))
	return l
}

func (l *looked) must(err error) {
	l.Helper()
	if err != nil {
		l.Fatal(err)
	}
}

// look delivers the message.
func (l *looked) look() {
	l.Helper()
	body, err := json.Marshal(l.asked)
	l.must(err)
	failed, err := l.w.Handle(l.Context(), []queue.Message{{ID: "1", Group: l.t.ID, Body: body, Receipt: "1", Received: 1}})
	if err != nil || len(failed) > 0 {
		l.Errorf("got %v failed, %v", failed, err)
	}
}

// expect wants looks at these times from the beginning on.
func (l *looked) expect(want ...time.Duration) {
	l.Helper()
	dates, err := l.kit.Env.DB.DueBy(l.Context(), due.Campaigns, campaignkit.Start.AddDate(0, 0, 1), 10)
	l.must(err)
	var got []time.Duration
	for _, d := range dates {
		got = append(got, d.At.Sub(campaignkit.Start))
	}
	if len(got) != len(want) || len(got) > 0 && got[0] != want[0] {
		l.Errorf("looks: got %s, want %s", got, want)
	}
}

func TestALookSetsTheDateOfTheNext(t *testing.T) {
	l := askForLook(t)
	l.expect(15 * time.Minute)
	l.look()
	l.expect(sending.TendEvery)
	l.kit.Clock.Advance(10 * time.Second)
	l.look() // the message comes again: the date that it would move is gone
	l.expect(sending.TendEvery)
}

func TestNobodyLooksAfterACampaignThatIsGone(t *testing.T) {
	l := askForLook(t)
	l.asked.Campaign = id.Derived(id.Campaign, "gone")
	tx := l.t.Begin()
	tx.AskForLook(l.asked.Campaign, l.asked.Again)
	l.must(tx.Commit(t.Context()))
	l.look()
	l.expect(15 * time.Minute) // the other one's
}

// What was uncertain for its time is settled by the look itself, not only dated.
func TestALookSettlesWhatWasUncertain(t *testing.T) {
	l := askForLook(t)
	x := l.t.BeginChunk(l.asked.Campaign, 0)
	var one message.Message
	l.must(l.t.EachMessage(t.Context(), l.asked.Campaign, 0, func(m *message.Message) (bool, error) { one = *m; return false, nil }))
	lost := one
	l.must(lost.Claim(1, "c0@mail.test", l.t.Now()))
	l.must(lost.Lose())
	x.Move(&one, &lost)
	l.must(x.Commit(t.Context()))
	l.kit.Clock.Advance(campaign.UncertainAfter + time.Minute)
	l.look()
	if books, err := l.t.Tally(t.Context(), l.asked.Campaign); err != nil || books.In(message.Uncertain) != 0 {
		t.Errorf("got %v, %v, want nothing uncertain", books, err)
	}
}

// A look that fails is not delivered again beside the calendar, which has the date at which to ask.
func TestALookThatFailsIsAskedForAgain(t *testing.T) {
	l := askForLook(t)
	l.kit.Tables.Faults.ThrottleNext(1000)
	l.look()
	l.kit.Tables.Faults.ThrottleNext(0)
	l.expect(15 * time.Minute)
}
