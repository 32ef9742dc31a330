package jobs_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/dangol/dangol/functions/jobs"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

// shop is a workspace with the feature of its jobs.
type shop struct {
	testing.TB
	*testenv.Place
	*testenv.Server
	*store.Tenant
	owner *testenv.Owner
}

func open(t testing.TB) *shop {
	t.Helper()
	p := testenv.New(t)
	owner := p.Owner(t, "mina@shop.kr")
	return &shop{t, p, p.Serve(t, jobs.New(p.Env)), p.DB.Tenant(owner.Workspace.ID), owner}
}

func (s *shop) call(token, method, path string) *testenv.Reply {
	s.Helper()
	return s.Do(s.TB, testenv.Request{Method: method, Path: path, Token: token})
}

// in makes a job that stands in the status.
func (s *shop) in(status job.Status) string {
	s.Helper()
	tx := s.Begin()
	j := tx.StartJob(job.ScoreRebuild, "", 0, nil)
	if err := tx.Commit(s.Context()); err != nil {
		s.Fatal(err)
	}
	if status != job.Queued {
		j.Status = status
		tx = s.Begin()
		tx.SaveJob(j, false)
		if err := tx.Commit(s.Context()); err != nil {
			s.Fatal(err)
		}
	}
	return j.ID
}

func TestAJobIsCanceledWhileItIsNotOver(t *testing.T) {
	s := open(t)
	for status, want := range map[job.Status]int{
		job.Queued: http.StatusOK, job.Running: http.StatusOK,
		job.Succeeded: http.StatusConflict, job.PartlyFailed: http.StatusConflict, job.Failed: http.StatusConflict, job.Canceled: http.StatusConflict,
	} {
		t.Run(string(status), func(t *testing.T) {
			id := s.in(status)
			r := s.call(s.owner.Token, http.MethodPost, "/v1/jobs/"+id+"/cancel")
			if r.Status != want || want == http.StatusConflict && r.Problem() != "job_ended" {
				t.Errorf("got %d %s, want %d", r.Status, r.Text, want)
			}
			j, err := s.Job(t.Context(), id)
			if err != nil || j.CancelAsked != (want == http.StatusOK) || j.Status != status {
				t.Errorf("got %s, cancel asked %v, %v", j.Status, j.CancelAsked, err)
			}
		})
	}
}

// Its worker saves progress at the same moment: the cancel looks again, and neither is lost.
func TestACancelAndProgressAtOnce(t *testing.T) {
	s := open(t)
	id, once := s.in(job.Running), true
	s.Engine.Faults.CrashBeforeWrite(func([]table.Op) error {
		if !once {
			return nil
		}
		once = false
		j, err := s.Job(t.Context(), id)
		if err != nil {
			return err
		}
		j.Done, j.Cursor = 7, json.RawMessage("7")
		tx := s.Begin()
		tx.SaveJob(j, false)
		return tx.Commit(t.Context())
	})
	if r := s.call(s.owner.Token, http.MethodPost, "/v1/jobs/"+id+"/cancel"); r.Status != http.StatusOK || r.At("done") != 7.0 {
		t.Errorf("got %d %s", r.Status, r.Text)
	}
	j, err := s.Job(t.Context(), id)
	if err != nil || !j.CancelAsked || j.Done != 7 || string(j.Cursor) != "7" {
		t.Errorf("got %+v, %v", j, err)
	}
}

func TestJobsAreTheWorkspacesOwn(t *testing.T) {
	s := open(t)
	id, other := s.in(job.Running), s.Owner(t, "other@shop.kr")
	for method, path := range map[string]string{http.MethodGet: "/v1/jobs/" + id, http.MethodPost: "/v1/jobs/" + id + "/cancel"} {
		if r := s.call(other.Token, method, path); r.Status != http.StatusNotFound || r.Problem() != "job_not_found" {
			t.Errorf("%s %s: got %d %s", method, path, r.Status, r.Text)
		}
	}
	if r := s.call(other.Token, http.MethodGet, "/v1/jobs"); r.Status != http.StatusOK || len(r.At("data").([]any)) != 0 {
		t.Errorf("got %d %s", r.Status, r.Text)
	}
	if j, err := s.Job(t.Context(), id); err != nil || j.CancelAsked {
		t.Errorf("got cancel asked %v, %v", j.CancelAsked, err)
	}
}
