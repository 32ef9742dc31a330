//go:build cgo

package exportwork_test

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/functions/exportwork"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/export"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/crm/segments"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/testkit/lakekit"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

// shop is a workspace with a segment of everybody and the worker of its exports.
type shop struct {
	testing.TB
	*testenv.Place
	*store.Tenant
	files   *testenv.Files
	worker  *exportwork.Worker
	segment string
}

func open(t testing.TB, name string, customers ...customer.Fields) *shop {
	t.Helper()
	p := testenv.New(t)
	s := &shop{TB: t, Place: p, Tenant: p.DB.Tenant(p.Owner(t, "mina@shop.kr").Workspace.ID), files: p.Files(t)}
	lakekit.Open(t, p.Env, p.Engine)
	s.worker, s.segment = exportwork.New(p.Env), s.NewID(id.Segment)
	tx := s.Begin()
	tx.CreateSegment(&segments.Segment{ID: s.segment, Fields: segments.Fields{Name: name, Rule: json.RawMessage(`{"all": []}`), Membership: segments.Live}})
	for _, f := range customers {
		tx.CreateCustomer(&customer.Customer{ID: s.NewID(id.Customer), Fields: f})
	}
	s.must(tx.Commit(t.Context()))
	return s
}

func (s *shop) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

func (s *shop) start() string { return s.startAs(export.CSV) }

func (s *shop) startAs(format export.Format) string {
	s.Helper()
	tx := s.Begin()
	j := tx.StartJob(job.SegmentExport, s.segment, 0, export.Params{SegmentID: s.segment, Format: format})
	s.must(tx.Commit(s.Context()))
	return j.ID
}

func (s *shop) exports() []*export.Export {
	s.Helper()
	all, _, err := s.Exports(s.Context(), store.Page{Limit: 10})
	s.must(err)
	return all
}

// rows reads the file of an export.
func (s *shop) rows(e *export.Export) [][]string {
	s.Helper()
	r, info, err := s.files.Blob.Get(s.Context(), s.ExportKey(e), 0, -1)
	s.must(err)
	defer r.Close()
	b, err := io.ReadAll(r)
	s.must(err)
	if int64(len(b)) != e.Bytes || info.ContentType != "text/csv; charset=utf-8" {
		s.Errorf("got %d bytes of %s, want %d of CSV", len(b), info.ContentType, e.Bytes)
	}
	text, bom := strings.CutPrefix(string(b), "\uFEFF")
	if !bom {
		s.Error("the file has no mark by which a spreadsheet knows UTF-8")
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	s.must(err)
	return rows
}

func TestAnExportIsAFileForASpreadsheet(t *testing.T) {
	s := open(t, `단골/VIP: "3월"?`, customer.Fields{Name: "=HYPERLINK(1)", Email: "kim@shop.kr", Phone: "+821012345678", Tags: []string{"vip", "책모임"}},
		customer.Fields{Name: "이새벽", ExternalID: "@A1"})
	if j := s.Finish(t, s.Tenant, s.start(), s.worker.Handle); j.Status != job.Succeeded || j.Done != 2 || j.Total != 2 {
		t.Errorf("got %s, %d of %d", j.Status, j.Done, j.Total)
	}
	all := s.exports()
	if len(all) != 1 || all[0].FileName != "단골-VIP- -3월-- 2026-03-02.csv" || all[0].Rows != 2 || !all[0].ExpiresAt.Equal(testenv.Start().AddDate(0, 0, 30)) {
		t.Fatalf("got %+v", all)
	}
	rows := s.rows(all[0])
	column := func(name string) (cells []string) {
		at := slices.Index(rows[0], name)
		for _, r := range rows[1:] {
			cells = append(cells, r[at])
		}
		return cells
	}
	for name, want := range map[string][]string{"name": {"'=HYPERLINK(1)", "이새벽"}, "externalId": {"", "'@A1"}, "tags": {"vip, 책모임", ""}, "consent.email.marketing": {"", ""}} {
		if got := column(name); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	s.Time.Advance(31 * 24 * time.Hour)
	if left := s.exports(); len(left) != 0 {
		t.Errorf("after 31 days: got %+v", left)
	}
	if _, err := s.Export(t.Context(), all[0].ID); err == nil {
		t.Error("after 31 days: still there")
	}
}

// The object store fails at each call in turn; handed over anew, there is one export.
func TestARepeatedHopWritesTheSameFile(t *testing.T) {
	s := open(t, "모두", customer.Fields{Name: "김단골"})
	for at := 1; at <= 2; at++ {
		jobID, calls := s.start(), 0
		s.files.Cut(func() error {
			if calls++; calls == at {
				return testenv.ErrCut
			}
			return nil
		})
		failed, err := s.worker.Handle(t.Context(), []queue.Message{testenv.Hop(t, s.Tenant, jobID)})
		s.files.Cut(nil)
		if err != nil || (len(failed) > 0) != (calls >= at) {
			t.Errorf("cut at %d of %d: got %v %v", at, calls, failed, err)
		}
		m := testenv.Hop(t, s.Tenant, jobID)
		s.Finish(t, s.Tenant, jobID, s.worker.Handle)
		if _, err := s.worker.Handle(t.Context(), []queue.Message{m}); err != nil {
			t.Error(err)
		}
		if got := len(s.exports()); got != at {
			t.Errorf("cut at %d: got %d exports, want %d", at, got, at)
		}
	}
}

func TestAnExportOfASegmentThatIsGoneSaysSo(t *testing.T) {
	s := open(t, "모두")
	jobID := s.start()
	seg, err := s.Segment(t.Context(), s.segment)
	s.must(err)
	tx := s.Begin()
	tx.RemoveSegment(seg)
	s.must(tx.Commit(t.Context()))
	if j := s.Finish(t, s.Tenant, jobID, s.worker.Handle); j.Status != job.Failed || j.Code != "segment_not_found" {
		t.Errorf("got %s %s", j.Status, j.Code)
	}
	if got := s.exports(); len(got) != 0 {
		t.Errorf("got %+v", got)
	}
}
