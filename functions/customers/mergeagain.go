package customers

import (
	"context"
	"net/http"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/crm/merge"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// unfinished is the merge of a customer that the request means, when it was left at a status because its job ended before it; nil when there is none.
func unfinished(ctx context.Context, t *store.Tenant, customerID string, at merge.Status, means func(*merge.Merge) bool) (*merge.Merge, error) {
	merges, err := t.Merges(ctx, customerID)
	if err != nil {
		return nil, err
	}
	for _, m := range merges {
		if m.Status != at || !means(m) {
			continue
		}
		if left, err := gaveUp(ctx, t, m); left || err != nil {
			return m, err
		}
	}
	return nil, nil
}

// gaveUp says whether a merge has not ended though its job has: nobody moves it on. A job that expired has ended long ago.
func gaveUp(ctx context.Context, t *store.Tenant, m *merge.Merge) (bool, error) {
	if m.Status.Ended() {
		return false, nil
	}
	j, err := t.Job(ctx, m.JobID)
	if errs.Code(err) == "job_not_found" {
		return true, nil
	}
	if err != nil || !j.Status.Ended() {
		return false, err
	}
	is, err := t.Merge(ctx, m.CustomerID, m.ID) // the job may have ended both since m was read
	return err == nil && !is.Status.Ended(), err
}

// again starts another job for a merge, or for its undoing. The records are as they should be already, and a job goes over what the one before it moved without
// moving it twice.
func again(ctx context.Context, t *store.Tenant, m *merge.Merge, kind job.Kind, err error) (*api.Accepted[*merge.Merge], error) {
	if err != nil {
		return nil, err
	}
	tx := t.Begin()
	m.JobID = tx.StartJob(kind, m.ID, 0, merge.JobParams{CustomerID: m.CustomerID, MergeID: m.ID}).ID
	tx.SaveMerge(m)
	out := api.NewAccepted(m.JobID, m)
	err = api.Commit(ctx, tx, http.StatusAccepted, out)
	if table.FailedLabel(err, store.LabelMerge) {
		return nil, errs.New(errs.Stale, "version_stale").Because(err) // someone else did so first
	}
	return out, err
}
