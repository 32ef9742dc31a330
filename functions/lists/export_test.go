//go:build cgo

package lists_test

import (
	"net/http"
	"testing"

	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

type document = map[string]any

func (s *shop) exports(token string, body document) *testenv.Reply {
	s.Helper()
	return s.Do(s.TB, testenv.Request{Method: http.MethodPost, Path: "/v1/exports", Token: token, Body: body})
}

func TestRefusalsOfExports(t *testing.T) {
	s, _, _ := trading(t)
	for _, c := range []struct {
		body document
		want string
	}{
		{document{"subject": "orders", "format": "csv", "filter": "colour eq red"}, "validation_failed /filter:rule_field_unknown"},
		{document{"subject": "orders", "format": "csv", "filter": "total eq"}, "validation_failed /filter:filter_malformed"},
		{document{"subject": "customers", "format": "csv", "filter": "total gt 1"}, "validation_failed /filter:rule_field_unknown"},
		{document{"subject": "orders", "format": "csv", "filter": "not segment eq seg_01JD8Z4N6T0QF5W9E2R7Y1K3MB"}, "validation_failed /filter:rule_segment_unknown"},
		{document{"subject": "orders", "format": "csv", "sort": "product"}, "validation_failed /sort:sort_field"},
		{document{"subject": "orders", "format": "xlsx", "columns": []string{"total", "colour"}}, "validation_failed /columns/1:export_column"},
		{document{"subject": "customers", "format": "csv", "columns": []string{"custom.gone", "total"}}, "validation_failed /columns/0:export_column /columns/1:export_column"},
		{document{"subject": "orders", "format": "parquet", "columns": []string{"total"}}, "validation_failed /columns:export_columns_parquet"},
	} {
		if r := s.exports(s.owner.Token, c.body); r.Status != http.StatusUnprocessableEntity || r.Problem() != c.want {
			t.Errorf("%v: got %d %s, want %s", c.body, r.Status, r.Problem(), c.want)
		}
	}
	for _, body := range []document{{"subject": "carts", "format": "csv"}, {"subject": "orders", "format": "doc"}, {"format": "csv"}} {
		if r := s.exports(s.owner.Token, body); r.Status != http.StatusUnprocessableEntity {
			t.Errorf("%v: got %d %s", body, r.Status, r.Text)
		}
	}
	if jobs, _, err := s.tenant().Jobs(t.Context(), store.Page{Limit: 10}); err != nil || len(jobs) > 0 {
		t.Errorf("refused, and yet begun: %v, %v", jobs, err)
	}
}

// Who may not read customers gets a file of orders that tells nothing of them, and no file of customers.
func TestAnExportAsksForTheRightsOfItsList(t *testing.T) {
	s, _, _ := trading(t)
	till, clerk := s.key("exports:write", "orders:read"), s.key("exports:write")
	for _, c := range []struct {
		key  string
		body document
	}{
		{clerk, document{"subject": "orders", "format": "csv"}}, {clerk, document{"subject": "customers", "format": "csv"}}, {till, document{"subject": "customers", "format": "csv"}},
		{till, document{"subject": "orders", "format": "csv", "filter": "customer.address.region eq 서울"}}, {till, document{"subject": "orders", "format": "csv", "sort": "customer.name"}},
		{till, document{"subject": "orders", "format": "csv", "columns": []string{"id", "customerName"}}}, {s.key("orders:read"), document{"subject": "orders", "format": "csv"}},
	} {
		if r := s.exports(c.key, c.body); r.Status != http.StatusForbidden || r.Problem() != "scope_missing" {
			t.Errorf("%v: got %d %s", c.body, r.Status, r.Text)
		}
	}
	body := document{"subject": "orders", "format": "csv", "filter": "total gt 1", "q": "N", "sort": "-total", "columns": []string{"id", "total"}}
	for key, impersonal := range map[string]bool{till: true, s.owner.Token: false} {
		r := s.exports(key, body)
		if r.Status != http.StatusAccepted {
			t.Fatalf("got %d %s", r.Status, r.Text)
		}
		j, err := s.tenant().Job(t.Context(), r.At("id").(string))
		s.do(err)
		want := `{"subject":"orders","filter":"total gt 1","q":"N","sort":"-total","columns":["id","total"],"format":"csv"`
		if impersonal {
			want += `,"impersonal":true`
		}
		if j.Kind != job.ListExport || string(j.Params) != want+"}" || r.Header.Get("Location") != "/v1/jobs/"+j.ID {
			t.Errorf("got %s %s, want %s", j.Kind, j.Params, want)
		}
	}
}
