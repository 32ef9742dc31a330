package catalogue_test

import (
	"testing"

	"github.com/dangol/dangol/shared/catalogue"
)

func TestWhatAPathLeads(t *testing.T) {
	for name, c := range map[string]struct {
		path, method, request string
		want                  bool
	}{
		"a prefix itself":                     {"/v1/things", "GET", "/v1/things", true},
		"what lies under a prefix":            {"/v1/things", "PUT", "/v1/things/1/parts", true},
		"a longer word is another":            {"/v1/things", "GET", "/v1/thingsandmore", false},
		"a route itself":                      {"GET /v1/things", "GET", "/v1/things", true},
		"another method":                      {"GET /v1/things", "POST", "/v1/things", false},
		"under a route is not the route":      {"GET /v1/things", "GET", "/v1/things/1", false},
		"a variable is any segment":           {"GET /v1/things/{id}/parts", "GET", "/v1/things/thi_1/parts", true},
		"a variable is itself, in a document": {"GET /v1/things/{id}/parts", "GET", "/v1/things/{id}/parts", true},
		"an empty segment is none":            {"GET /v1/things/{id}/parts", "GET", "/v1/things//parts", false},
		"a variable is one segment":           {"GET /v1/things/{id}/parts", "GET", "/v1/things/1/2/parts", false},
		"what stands around it is as it is":   {"GET /v1/things/{id}/parts", "GET", "/v1/things/1/pieces", false},
		"and nothing behind it":               {"GET /v1/things/{id}/parts", "GET", "/v1/things/1/parts/2", false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := catalogue.ParsePath(c.path).Leads(c.method, c.request); got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestWhoIsLedWhere(t *testing.T) {
	for request, want := range map[[2]string]string{
		{"GET", "/v1/customers"}:                  "lists",
		{"POST", "/v1/customers"}:                 "customers",
		{"GET", "/v1/customers/groups"}:           "lists",
		{"PATCH", "/v1/customers/groups"}:         "customers",
		{"GET", "/v1/customers/groups/x"}:         "customers",
		{"GET", "/v1/customers/cus_1"}:            "customers",
		{"GET", "/v1/customersandmore"}:           "",
		{"GET", "/v1/segments/seg_1"}:             "segments",
		{"GET", "/v1/campaigns/cmp_1"}:            "campaigns",
		{"GET", "/v1/campaigns/cmp_1/audience"}:   "segments",
		{"PATCH", "/v1/campaigns/cmp_1/audience"}: "campaigns",
		{"GET", "/v1/campaigns/cmp_1/audience/x"}: "campaigns",
		{"DELETE", "/v1/nobody"}:                  "",
	} {
		if got := catalogue.Of(request[0], request[1]); got != want {
			t.Errorf("%s: got %q, want %q", request, got, want)
		}
	}
}
