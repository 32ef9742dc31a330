package workspace_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

type object = map[string]any

// Customers from before a definition keep what they have; of two with one value of a unique field, one holds it and the other is named.
func TestAUniqueFieldTakesOverTheValuesThatAreThere(t *testing.T) {
	s := open(t)
	own := s.DB.Tenant(s.ours.Workspace.ID).As("test")
	const people = 502 // more than one call looks at
	for i := range people {
		x := own.Begin()
		x.CreateCustomer(&customer.Customer{ID: own.NewID(id.Customer), Fields: customer.Fields{Name: fmt.Sprint(i), Custom: object{"card": fmt.Sprintf("C-%d", max(i, 1))}}})
		if err := x.Commit(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	define := object{"key": "card", "type": "text", "label": object{"ko": "카드"}, "unique": true}
	if r := s.do(t, http.MethodPost, "/fields", define); r.Status != http.StatusCreated {
		t.Fatalf("define: %d %s", r.Status, r.Text)
	}
	neighbour := s.Do(t, testenv.Request{Method: http.MethodPost, Path: "/v1/workspace/fields/card/apply", Token: s.theirs.Token, Body: object{}})
	if neighbour.Status != http.StatusNotFound || neighbour.Problem() != "custom_field_not_found" {
		t.Errorf("a neighbour: got %d %s", neighbour.Status, neighbour.Text)
	}
	for round, wantChanged := range []float64{people - 1, 0} {
		sums, cursor := map[string]float64{}, ""
		for calls := 0; calls == 0 || cursor != ""; calls++ {
			r := s.do(t, http.MethodPost, "/fields/card/apply", object{"cursor": cursor})
			if r.Status != http.StatusOK {
				t.Fatalf("apply: %d %s", r.Status, r.Text)
			}
			for _, part := range []string{"customers", "values", "changed", "misfits"} {
				sums[part] += r.At(part).(float64)
			}
			if r.At("misfits") == 1.0 && !strings.Contains(r.Text, `"code":"custom_taken"`) {
				t.Errorf("the misfit is not named: %s", r.Text)
			}
			cursor, _ = r.At("nextCursor").(string)
		}
		if sums["customers"] != people || sums["values"] != people || sums["changed"] != wantChanged || sums["misfits"] != 1 {
			t.Errorf("round %d: got %v", round+1, sums)
		}
	}
	if holder, err := own.CustomerIDBy(t.Context(), "custom.card", "C-7"); holder == "" || err != nil {
		t.Errorf("nobody holds C-7: %v", err)
	}
	theirs := s.DB.Tenant(s.theirs.Workspace.ID)
	if holder, err := theirs.CustomerIDBy(t.Context(), "custom.card", "C-7"); holder != "" || err != nil {
		t.Errorf("the neighbour's store holds C-7 for %q, %v", holder, err)
	}
}
