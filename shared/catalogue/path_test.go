package catalogue_test

import (
	"testing"

	"github.com/dangol/dangol/shared/catalogue"
)

func TestWhoIsLedWhere(t *testing.T) {
	for request, want := range map[[2]string]string{
		{"GET", "/v1/customers"}:          "lists",
		{"POST", "/v1/customers"}:         "customers",
		{"GET", "/v1/customers/groups"}:   "lists",
		{"PATCH", "/v1/customers/groups"}: "customers",
		{"GET", "/v1/customers/groups/x"}: "customers",
		{"GET", "/v1/customers/cus_1"}:    "customers",
		{"GET", "/v1/customersandmore"}:   "",
		{"GET", "/v1/segments/seg_1"}:     "segments",
		{"DELETE", "/v1/nobody"}:          "",
	} {
		if got := catalogue.Of(request[0], request[1]); got != want {
			t.Errorf("%s: got %q, want %q", request, got, want)
		}
	}
}
