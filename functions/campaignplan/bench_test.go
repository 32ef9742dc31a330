package campaignplan

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/testkit/campaignkit"
)

// BenchmarkPlan plans a campaign from launch to the last message and reads its books. Run it with -benchtime=1x.
func BenchmarkPlan(b *testing.B) {
	for _, people := range []int{100_000, 1_000_000} {
		b.Run(fmt.Sprint(people), func(b *testing.B) {
			ids := make([]string, people)
			for i := range ids {
				ids[i] = id.Derived(id.Customer, fmt.Sprint(i))
			}
			kit := campaignkit.New(b)
			t := kit.Tenant(b, "a")
			c := &campaign.Campaign{ID: id.Derived(id.Campaign, "plan")}
			c.SegmentID = id.Derived(id.Segment, "s")
			ctl := &campaign.Control{Status: campaign.Draft, Epoch: 1}
			_ = ctl.Act(campaign.Launch, t.Now())
			tx := t.Begin()
			tx.CreateCampaign(c)
			if err := tx.Commit(b.Context()); err != nil {
				b.Fatal(err)
			}
			tx = t.Begin()
			j := tx.StartJob(job.CampaignPlan, c.ID, 0, campaign.Work{Campaign: c.ID, Task: campaign.PlanMessages})
			ctl.JobID = j.ID
			tx.SaveControl(c.ID, ctl)
			if err := tx.Commit(b.Context()); err != nil {
				b.Fatal(err)
			}
			w := NewWith(kit.Env, &crowd{ids: ids})
			b.ResetTimer()
			began := time.Now()
			for hop := 0; ; hop++ {
				body, _ := json.Marshal(job.Call{Tenant: t.ID, Job: j.ID, Kind: job.CampaignPlan, Hop: hop})
				if failed, err := w.Handle(b.Context(), []queue.Message{{ID: "1", Body: body, Received: 1}}); err != nil || len(failed) > 0 {
					b.Fatal(failed, err)
				}
				got, err := t.Job(b.Context(), j.ID)
				if err != nil {
					b.Fatal(err)
				}
				if got.Status.Ended() {
					break
				}
			}
			b.ReportMetric(float64(people)/time.Since(began).Seconds(), "messages/s")
			began = time.Now()
			books, err := t.Tally(b.Context(), c.ID)
			if err != nil || int(books.Planned()) != people {
				b.Fatal(books, err)
			}
			b.ReportMetric(float64(time.Since(began).Microseconds())/1000, "ms-books")
		})
	}
}
