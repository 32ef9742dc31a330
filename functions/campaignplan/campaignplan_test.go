package campaignplan

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/sending"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/testkit/campaignkit"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

// crowd answers with the same members each time.
type crowd struct {
	ids   []string
	err   error
	asked int
}

func (c *crowd) Members(context.Context, *store.Tenant, string) ([]string, int64, error) {
	c.asked++
	return c.ids, 3, c.err
}

type story struct {
	*testing.T
	kit   *campaignkit.Kit
	t     *store.Tenant
	w     *Worker
	crowd *crowd
	id    string
	job   string
}

// launch makes a campaign to n customers and launches it; the change feed passes on what it asks for.
func launch(t *testing.T, n int, brief campaign.Brief, change func(int, *customer.Customer)) *story {
	kit := campaignkit.New(t)
	s := &story{T: t, kit: kit, t: kit.Tenant(t, "a"), crowd: &crowd{}, id: id.Derived(id.Campaign, "plan")}
	s.crowd.ids = kit.Customers(t, s.t, n, change)
	s.w = NewWith(kit.Env, s.crowd)
	c := &campaign.Campaign{ID: s.id}
	c.Brief = brief
	c.Name, c.SegmentID = "Plan", id.Derived(id.Segment, "s")
	tx := s.t.Begin()
	tx.CreateCampaign(c)
	ctl := &campaign.Control{Status: campaign.Draft, Epoch: 1}
	_ = ctl.Act(campaign.Launch, s.t.Now())
	s.commit(tx)
	tx = s.t.Begin()
	s.job = tx.StartJob(job.CampaignPlan, s.id, 0, campaign.Work{Campaign: s.id, Task: campaign.PlanMessages}).ID
	ctl.JobID = s.job
	tx.SaveControl(s.id, ctl)
	s.commit(tx)
	kit.Follow(t)
	return s
}

func (s *story) commit(tx *store.Tx) {
	s.Helper()
	if err := tx.Commit(s.Context()); err != nil {
		s.Fatal(err)
	}
}

// until works the plans until the job has ended.
func (s *story) until(want job.Status) *job.Job {
	s.Helper()
	for range 200 {
		s.kit.Deliver(s.T, catalogue.Plans, s.w.Handle)
		j, err := s.t.Job(s.Context(), s.job)
		if err != nil {
			s.Fatal(err)
		}
		if j.Status.Ended() {
			if j.Status != want {
				s.Errorf("got job %s %s, want %s", j.Status, j.Code, want)
			}
			return j
		}
		time.Sleep(10 * time.Millisecond)
	}
	s.Fatal("the job did not end")
	return nil
}

func (s *story) control() *campaign.Control {
	s.Helper()
	ctl, err := s.t.CampaignControl(s.Context(), s.id)
	if err != nil {
		s.Fatal(err)
	}
	return ctl
}

// calls receives what is on the queue of chunks.
func (s *story) calls(want int) {
	s.Helper()
	var got int
	for range 100 {
		batch, err := s.kit.Queues.Receive(s.Context(), catalogue.Sends, 10, time.Minute, 0)
		if err != nil {
			s.Fatal(err)
		}
		if got += len(batch); got >= want && len(batch) == 0 {
			break
		}
		if len(batch) == 0 {
			time.Sleep(10 * time.Millisecond)
		}
	}
	if got != want {
		s.Errorf("got %d chunks asked for, want %d", got, want)
	}
}

func TestALaunchPlansEveryoneOnce(t *testing.T) {
	s := launch(t, 2000, campaign.Brief{HoldoutPercent: 10}, func(i int, c *customer.Customer) {
		if i%2 == 0 {
			c.Consents = consent.States{}
		}
	})
	s.until(job.Succeeded)
	ctl := s.control()
	f := ctl.Frozen
	if ctl.Status != campaign.Sending || !ctl.Complete || f.Audience != 2000 || f.SegmentVersion != 3 || f.Holdout < 140 || f.Holdout > 260 {
		t.Errorf("got %+v %+v", ctl, f)
	}
	if f.Reachable < f.Holdout*4/10 || f.Reachable > f.Holdout*6/10 {
		t.Errorf("got %d of %d hold-out members reachable, want about half", f.Reachable, f.Holdout)
	}
	books := campaignkit.Books(t, s.t, s.id)
	if int(books.Planned()) != f.Planned() || books.Pending() != books.Planned() {
		t.Errorf("got books %v, want %d planned", books, f.Planned())
	}
	s.calls(f.Chunks)
	for _, c := range s.crowd.ids[:50] {
		m := message.ID(s.t.ID, s.id, 0, 0, c, message.Email)
		got, err := s.t.MessagesByID(t.Context(), s.id, f.Chunks, []string{m})
		if err != nil || (got[0] == nil) != campaign.HeldOutOf(s.id, c, 10) {
			t.Errorf("customer %s: got message %v, %v", c, got, err)
		}
	}
}

func TestPlanningTwiceChangesNothing(t *testing.T) {
	s := launch(t, 1500, campaign.Brief{HoldoutPercent: 5}, nil)
	s.until(job.Succeeded)
	first := campaignkit.Books(t, s.t, s.id)
	body := []byte(fmt.Sprintf(`{"tenant":%q,"job":%q,"kind":"campaignPlan","hop":1}`, s.t.ID, s.job))
	for range 3 { // the hop again, as the queue may deliver it
		if failed, err := s.w.Handle(t.Context(), []queue.Message{{ID: "x", Body: body, Received: 1}}); err != nil || len(failed) > 0 {
			t.Fatal(failed, err)
		}
	}
	if again := campaignkit.Books(t, s.t, s.id); fmt.Sprint(again) != fmt.Sprint(first) {
		t.Errorf("got %v, want %v", again, first)
	}
}

func TestACrashAtAnyWriteLeavesOneMessageEach(t *testing.T) {
	for crash := 1; crash < 16; crash += 2 {
		t.Run(fmt.Sprint("after write ", crash), func(t *testing.T) {
			s := launch(t, 800, campaign.Brief{HoldoutPercent: 20}, nil)
			n := 0
			s.kit.Tables.Faults.CrashAfterWrite(func([]table.Op) error {
				if n++; n == crash {
					return errors.New("the power went")
				}
				return nil
			})
			for range 100 {
				batch, err := s.kit.Queues.Receive(t.Context(), catalogue.Plans, 1, time.Minute, 0)
				if err != nil {
					t.Fatal(err)
				}
				for _, m := range batch {
					failed, _ := s.w.Handle(t.Context(), []queue.Message{m})
					if len(failed) == 0 {
						_ = s.kit.Queues.Delete(t.Context(), catalogue.Plans, m.Receipt)
					} else {
						_ = s.kit.Queues.Hide(t.Context(), catalogue.Plans, m.Receipt, 0)
					}
				}
				if ctl := s.control(); ctl.Complete {
					break
				}
				time.Sleep(5 * time.Millisecond)
			}
			s.kit.Tables.Faults.CrashAfterWrite(nil)
			f, books := s.control().Frozen, campaignkit.Books(t, s.t, s.id)
			if int(books.Planned()) != f.Planned() || f.Audience != 800 {
				t.Errorf("got %v of %+v", books, f)
			}
		})
	}
}

func TestAFrozenAudienceStaysAsItWas(t *testing.T) {
	s := launch(t, 300, campaign.Brief{}, nil)
	list := campaign.WriteAudience("seg_x", 1, []campaign.Member{{CustomerID: s.crowd.ids[0], Role: campaign.ToContact}})
	if _, err := s.kit.Env.Blob.Put(t.Context(), s.t.AudienceKey(s.id), strings.NewReader(string(list)), blob.PutOptions{}); err != nil {
		t.Fatal(err)
	}
	s.until(job.Succeeded)
	if f := s.control().Frozen; f.Audience != 1 || f.SegmentVersion != 1 || s.crowd.asked != 0 {
		t.Errorf("got %+v after asking %d times, want the list that was stored first", f, s.crowd.asked)
	}
	r, _, err := s.kit.Env.Blob.Get(t.Context(), s.t.AudienceKey(s.id), 0, -1)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if got, _ := io.ReadAll(r); string(got) != string(list) {
		t.Errorf("got list %q", got)
	}
}

func TestASegmentThatIsGoneStopsTheCampaign(t *testing.T) {
	s := launch(t, 1, campaign.Brief{}, nil)
	s.crowd.err = errs.New(errs.NotFound, "segment_not_found")
	s.until(job.Failed)
	if ctl := s.control(); ctl.Status != campaign.Stopped || ctl.Reason != "segment_not_found" {
		t.Errorf("got %+v", ctl)
	}
}

// A planner that gets nowhere stops the campaign with the reason; to resume it plans on.
func TestAPlannerThatGivesUpStopsTheCampaign(t *testing.T) {
	s := launch(t, 3, campaign.Brief{}, nil)
	call := testenv.Hop(t, s.t, s.job)
	call.Received = queue.MaxReceives // every delivery before was in vain
	if failed, err := s.w.Handle(t.Context(), []queue.Message{call}); err != nil || len(failed) > 0 {
		t.Fatalf("got failed %v, %v", failed, err)
	}
	if ctl := s.control(); ctl.Status != campaign.Stopped || ctl.Reason != "job_gave_up" {
		t.Errorf("got %+v, want it stopped with the reason", ctl)
	}
	s.act(campaign.Resume, campaign.AskAgain)
	s.until(job.Succeeded)
	if ctl := s.control(); ctl.Status != campaign.Sending || ctl.Frozen.Audience != 3 {
		t.Errorf("resumed: got %+v, want all three planned", ctl)
	}
}

func TestNobodyInTheSegmentIsSentAtOnce(t *testing.T) {
	s := launch(t, 0, campaign.Brief{}, nil)
	s.until(job.Succeeded)
	if ctl := s.control(); ctl.Status != campaign.Sent || ctl.Frozen.Audience != 0 {
		t.Errorf("got %+v", ctl)
	}
}

func (s *story) act(a campaign.Action, task campaign.Task) {
	s.Helper()
	ctl := s.control()
	if err := ctl.Act(a, s.t.Now()); err != nil {
		s.Fatal(err)
	}
	tx := s.t.Begin()
	if task != "" {
		s.job = tx.StartJob(job.CampaignPlan, s.id, 0, campaign.Work{Campaign: s.id, Task: task}).ID
		if task == campaign.AskAgain {
			ctl.JobID = s.job
		}
	}
	tx.SaveControl(s.id, ctl)
	s.commit(tx)
}

func TestAResumeAsksAgainAndACancelWithdraws(t *testing.T) {
	s := launch(t, 1500, campaign.Brief{}, nil)
	s.until(job.Succeeded)
	s.calls(3)
	s.act(campaign.Pause, "")
	s.act(campaign.Resume, campaign.AskAgain)
	s.until(job.Succeeded)
	s.calls(3)
	s.act(campaign.Cancel, campaign.WithdrawRest)
	s.until(job.Succeeded)
	if books := campaignkit.Books(t, s.t, s.id); books.In(message.Canceled) != 1500 {
		t.Errorf("got %v, want all canceled", books)
	}
}

func TestARetryPlansAgainWhatCertainlyDidNotGoOut(t *testing.T) {
	s := launch(t, 300, campaign.Brief{}, nil)
	s.until(job.Succeeded)
	s.calls(1)
	_, err := sending.MoveChunk(t.Context(), s.t, s.id, 0, 0, func(m *message.Message) bool {
		return m.Fail([]string{message.Exhausted, message.Refused, message.Bounced}[int(m.ID[len(m.ID)-1])%3]) == nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := sending.Finish(t.Context(), s.t, s.id, 0); err != nil {
		t.Fatal(err)
	}
	before := campaignkit.Books(t, s.t, s.id)
	s.act(campaign.RetryFailed, campaign.PlanFailed)
	j := s.until(job.Succeeded)
	after := campaignkit.Books(t, s.t, s.id)
	bounced := before.FailedFor(message.Bounced)
	if bounced == 0 || after.FailedFor(message.Bounced) != bounced || after.Pending() != 300-bounced || j.Done != 300-bounced {
		t.Errorf("got %v and then %v, done %d, want all but the bounced planned again", before, after, j.Done)
	}
	s.calls(1)
}
