package jobs_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/crm/bulk"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/id"
)

// changed makes a bulk change that ended just now, and left some customers as they were.
func (s *shop) changed(changed int64, failures int) *job.Job {
	s.Helper()
	return s.changedAt(s.Now(), changed, failures)
}

func (s *shop) changedAt(ended time.Time, changed int64, failures int) *job.Job {
	s.Helper()
	tx := s.Begin()
	j := tx.StartJob(job.CustomerBulk, "", 0, nil)
	if err := tx.Commit(s.Context()); err != nil {
		s.Fatal(err)
	}
	j.Status, j.UndoUntil = job.Succeeded, bulk.Counts{Changed: changed}.UndoUntil(ended)
	tx = s.Begin()
	tx.SaveJob(j, false)
	for i := range failures {
		tx.KeepFailure(j.ID, int64(i), bulk.Failure{CustomerID: s.NewID(id.Customer), Code: "too_many", Args: map[string]any{"max": 50}})
	}
	if err := tx.Commit(s.Context()); err != nil {
		s.Fatal(err)
	}
	return j
}

func TestFailuresAreReadPageByPage(t *testing.T) {
	s := open(t)
	j := s.changed(3, 5)
	var seen []string
	for cursor, pages := "", 0; ; pages++ {
		var page struct {
			Data       []struct{ CustomerID, Code, Detail string }
			NextCursor string
		}
		r := s.call(s.owner.Token, http.MethodGet, "/v1/jobs/"+j.ID+"/failures?limit=2&cursor="+cursor)
		r.Into(t, &page)
		for _, f := range page.Data {
			if f.Code != "too_many" || f.Detail != "There may be 50 at most." {
				t.Errorf("got %+v", f)
			}
			seen = append(seen, f.CustomerID)
		}
		if cursor = page.NextCursor; cursor == "" || pages > 5 {
			break
		}
	}
	if len(seen) != 5 || seen[0] >= seen[4] {
		t.Errorf("got %v", seen)
	}
	stranger := s.Owner(t, "next@shop.kr")
	if r := s.call(stranger.Token, http.MethodGet, "/v1/jobs/"+j.ID+"/failures"); r.Status != http.StatusNotFound {
		t.Errorf("a stranger: %d %s", r.Status, r.Text)
	}
}

func TestWhatCanBeTakenBack(t *testing.T) {
	s := open(t)
	undo := func(jobID string) string {
		r := s.call(s.owner.Token, http.MethodPost, "/v1/jobs/"+jobID+"/undo")
		if r.Status == http.StatusAccepted {
			return r.Header.Get("Location")
		}
		return r.Problem()
	}
	j := s.changed(3, 0)
	first := undo(j.ID)
	if !strings.HasPrefix(first, "/v1/jobs/job_") {
		t.Fatalf("got %s", first)
	}
	if got := undo(j.ID); got != "job_undone" {
		t.Errorf("under way already: got %s", got)
	}
	back, err := s.Job(t.Context(), strings.TrimPrefix(first, "/v1/jobs/"))
	if err != nil || back.Kind != job.CustomerBulkUndo || back.Ref != j.ID {
		t.Fatalf("got %+v, %v", back, err)
	}
	back.Status = job.Canceled
	tx := s.Begin()
	tx.SaveJob(back, false)
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := undo(j.ID); !strings.HasPrefix(got, "/v1/jobs/job_") || got == first {
		t.Errorf("after a cancel: got %s", got)
	}
	for what, c := range map[string]struct{ job, want string }{
		"a month later":       {s.changedAt(s.Now().AddDate(0, 0, -bulk.UndoDays-1), 3, 0).ID, "job_undo_expired"},
		"of nobody":           {s.changed(0, 1).ID, "job_not_undoable"},
		"of another kind":     {s.in(job.Succeeded), "job_not_undoable"},
		"that is not there":   {"job_01JD8Z4N6T0QF5W9E2R7Y1K3MB", "job_not_found"},
		"of the undo, undone": {back.ID, "job_not_undoable"},
	} {
		if got := undo(c.job); got != c.want {
			t.Errorf("%s: got %s, want %s", what, got, c.want)
		}
	}
}
