package customers_test

import (
	"net/http"
	"testing"

	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/crm/merge"
	"github.com/dangol/dangol/shared/store"
)

// twins are two records of one person.
func (s *shop) twins() (this, other string) {
	s.Helper()
	return s.create(fields{"name": "김단골", "email": "kim@shop.kr"}), s.create(fields{"name": "김 단골", "email": "dangol@shop.kr"})
}

func (s *shop) tenant() *store.Tenant { return s.DB.Tenant(s.owner.Workspace.ID) }

func (s *shop) write(f func(*store.Tx)) {
	s.Helper()
	tx := s.tenant().Begin()
	f(tx)
	if err := tx.Commit(s.Context()); err != nil {
		s.Fatal(err)
	}
}

// jobEnds ends a job as its worker would.
func (s *shop) jobEnds(jobID string, as job.Status) {
	s.Helper()
	j, err := s.tenant().Job(s.Context(), jobID)
	if err != nil {
		s.Fatal(err)
	}
	j.Status = as
	s.write(func(tx *store.Tx) { tx.SaveJob(j, false) })
}

// mergeEnds moves the merge to where its job leaves it.
func (s *shop) mergeEnds(customerID, mergeID string, as merge.Status) {
	s.Helper()
	m, err := s.tenant().Merge(s.Context(), customerID, mergeID)
	if err != nil {
		s.Fatal(err)
	}
	m.Status = as
	s.write(func(tx *store.Tx) { tx.SaveMerge(m) })
}

// left is what the only merge of a customer says of itself, and how many jobs the workspace has.
func (s *shop) left(customerID string) (status, jobID any, gaveUp bool, jobs int) {
	s.Helper()
	r := s.call(http.MethodGet, "/v1/customers/"+customerID+"/merges", nil)
	data, _ := r.At("data").([]any)
	if len(data) != 1 {
		s.Fatalf("got %d merges: %s", len(data), r.Text)
	}
	m := data[0].(map[string]any)
	all, _, err := s.tenant().Jobs(s.Context(), store.Page{Limit: 20})
	if err != nil {
		s.Fatal(err)
	}
	return m["status"], m["jobId"], m["gaveUp"] == true, len(all)
}

// expectLeft compares what a merge says of itself.
func (s *shop) expectLeft(when, customerID, status string, jobID any, gaveUp bool, jobs int) {
	s.Helper()
	if is, of, up, n := s.left(customerID); is != status || of != jobID || up != gaveUp || n != jobs {
		s.Errorf("%s: got %v of %v, gave up %v, %d jobs; want %v of %v, %v, %d", when, is, of, up, n, status, jobID, gaveUp, jobs)
	}
}

// A merge whose job ended before it goes on with the request that began it, and so does its undoing: each time with one job more, and the same merge.
func TestAMergeWhoseJobGaveUpGoesOnWithTheSameRequest(t *testing.T) {
	s := open(t)
	this, other := s.twins()
	join, part := fields{"with": other, "fields": fields{"name": "other"}}, fields{}
	merged := s.call(http.MethodPost, "/v1/customers/"+this+"/merge", join)
	if merged.Status != http.StatusAccepted {
		t.Fatalf("merge: %d %s", merged.Status, merged.Text)
	}
	mergeID := merged.At("id").(string)
	first, jobs := s.goesOn(this, "merge", join, merged.At("jobId").(string), "moving", 1)
	if r := s.call(http.MethodGet, "/v1/customers/"+this, nil); r.At("name") != "김 단골" || r.At("merged").([]any)[0] != other {
		t.Errorf("the record: got %s", r.Text)
	}
	s.jobEnds(first, job.Succeeded)
	s.mergeEnds(this, mergeID, merge.Merged)
	s.expectLeft("at its end", this, "merged", first, false, jobs)

	parted := s.call(http.MethodPost, "/v1/customers/"+this+"/unmerge", part)
	if parted.Status != http.StatusAccepted || parted.At("id") != mergeID {
		t.Fatalf("unmerge: %d %s", parted.Status, parted.Text)
	}
	s.goesOn(this, "unmerge", part, parted.At("jobId").(string), "undoing", jobs+1)
	if r := s.call(http.MethodGet, "/v1/customers/"+other, nil); r.At("name") != "김 단골" {
		t.Errorf("the other: got %d %s", r.Status, r.Text)
	}
}

// goesOn tells of a request whose job is at work, and then gives up.
func (s *shop) goesOn(customerID, verb string, body fields, jobID, status string, jobs int) (next string, now int) {
	s.Helper()
	path := "/v1/customers/" + customerID + "/" + verb
	refused := s.call(http.MethodPost, path, body)
	if refused.Status < 400 {
		s.Errorf("%s while its job is at work: got %d %s", verb, refused.Status, refused.Text)
	}
	s.expectLeft(verb+" at work", customerID, status, jobID, false, jobs)
	s.jobEnds(jobID, job.Failed)
	s.expectLeft(verb+" given up", customerID, status, jobID, true, jobs)
	if r := s.call(http.MethodPost, "/v1/customers/"+customerID+"/merge", fields{"with": s.create(fields{"name": "셋째"})}); r.At("code") != "merge_under_way" {
		s.Errorf("a third one: got %d %s", r.Status, r.Text)
	}
	r := s.call(http.MethodPost, path, body)
	next, _ = r.At("jobId").(string)
	if r.Status != http.StatusAccepted || next == jobID || r.Header.Get("Location") != "/v1/jobs/"+next {
		s.Errorf("%s again: got %d %s, want another job", verb, r.Status, r.Text)
	}
	s.expectLeft(verb+" again", customerID, status, next, false, jobs+1)
	if r := s.call(http.MethodPost, path, body); r.Status < 400 {
		s.Errorf("%s once more, while the second job is at work: got %d %s", verb, r.Status, r.Text)
	}
	return next, jobs + 1
}
