package customer_test

import (
	"reflect"
	"testing"

	"github.com/dangol/dangol/shared/crm/customer"
)

func TestPhoneBeginning(t *testing.T) {
	for typed, want := range map[string]string{
		"010-12": "821012", "01012345678": "821012345678", "+82 10": "8210", "10": "10", "+1 (415)": "1415", "0": "82",
	} {
		if got := customer.PhoneBeginning(typed, "KR"); got != want {
			t.Errorf("%q: got %q, want %q", typed, got, want)
		}
	}
}

func TestMergeLeavesWhatIsAbsent(t *testing.T) {
	old := customer.Fields{Name: "김단골", Email: "kim@example.com", Address: customer.Address{City: "서울", PostalCode: "04524"}, Custom: map[string]any{"size": "L"}}
	patch := customer.Fields{Email: "new@example.com", Address: customer.Address{City: "부산"}, Custom: map[string]any{"colour": "red"}}
	want := customer.Fields{Name: "김단골", Email: "new@example.com", Address: customer.Address{City: "부산", PostalCode: "04524"},
		Custom: map[string]any{"size": "L", "colour": "red"}}
	if got := customer.Merge(old, patch); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if len(old.Custom) != 1 {
		t.Errorf("the old record changed: %v", old.Custom)
	}
}
