package importwork_test

import (
	"fmt"
	"testing"

	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/crm/merge"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

// giveUp has a job die at a write, and end because its next delivery is one too many. It says whether there was such a write.
func (c *couple) giveUp(jobID string, s *saw) bool {
	c.Helper()
	c.Engine.Faults.CrashBeforeWrite(func([]table.Op) error { return s.before() })
	c.Engine.Faults.CrashAfterWrite(func([]table.Op) error { return s.answer() })
	c.deliver(jobID, 1)
	c.Engine.Faults.CrashBeforeWrite(nil)
	c.Engine.Faults.CrashAfterWrite(nil)
	j, err := c.Job(c.Context(), jobID)
	c.must(err)
	if !j.Status.Ended() {
		j.Mark = j.At() // the last delivery had begun from here
		c.write(func(tx *store.Tx) { tx.SaveJob(j, false) })
		c.deliver(jobID, queue.MaxReceives)
	}
	if j, err = c.Job(c.Context(), jobID); err != nil || !j.Status.Ended() {
		c.Fatalf("the job: got %+v %v, want it ended", j, err)
	}
	return s.dead
}

func (c *couple) deliver(jobID string, times int) {
	c.Helper()
	m := testenv.Hop(c.TB, c.Tenant, jobID)
	m.Received = times
	_, err := c.worker.Handle(c.Context(), []queue.Message{m})
	c.must(err)
}

// another starts a job for the same merge, as functions/customers does when the one before it gave up. A merge that had arrived needs none.
func (c *couple) another(mergeID string, kind job.Kind) {
	c.Helper()
	m, err := c.Merge(c.Context(), c.this, mergeID)
	c.must(err)
	if m.Status.Ended() {
		return
	}
	c.write(func(tx *store.Tx) {
		m.JobID = tx.StartJob(kind, m.ID, 0, merge.JobParams{CustomerID: c.this, MergeID: m.ID}).ID
		tx.SaveMerge(m)
	})
	c.Finish(c.TB, c.Tenant, m.JobID, c.worker.Handle)
}

// The job of a merge, and that of its undoing, gives up at every single write, before it or after it: another job for the same merge moves the rest, and nothing twice.
func TestAMergeWhoseJobGaveUpIsCompletedByAnother(t *testing.T) {
	for _, after := range []bool{false, true} {
		for at := 1; ; at++ {
			c := open(t).couple()
			m := c.merge()
			reached := c.giveUp(m.JobID, &saw{at: at, after: after})
			c.another(m.ID, job.CustomerMerge)
			c.expect(fmt.Sprint("merged, given up at ", at, after), merged, "customer_merged")
			is, err := c.Merge(t.Context(), c.this, m.ID)
			c.must(err)
			if want := (merge.Counts{Orders: manyOrders, Entries: 3, Consents: 1, Messages: 1}); is.Status != merge.Merged || is.Moved != want {
				t.Errorf("given up at %d %v: got %s, moved %+v, want %+v", at, after, is.Status, is.Moved, want)
			}
			undo := c.unmerge(m)
			reached = c.giveUp(undo, &saw{at: at, after: after}) || reached
			c.another(m.ID, job.CustomerUnmerge)
			c.expect(fmt.Sprint("undone, given up at ", at, after), thisOnes+"merged+profileCreated+unmerged", otherOne)
			if !reached || t.Failed() {
				break
			}
		}
	}
}
