package lead_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/lead"
	"github.com/dangol/dangol/shared/errs"
)

func TestNormaliseNamesEveryBrokenRule(t *testing.T) {
	for name, c := range map[string]struct {
		in   lead.Fields
		want string
	}{
		"only a company":  {lead.Fields{Company: "단골상사"}, ""},
		"nobody":          {lead.Fields{Source: "fair"}, "validation_failed :lead_unidentified"},
		"bad contacts":    {lead.Fields{Email: "x", Phone: "1"}, "validation_failed /email:email_invalid /phone:phone_invalid"},
		"unknown status":  {lead.Fields{Name: "Kim", Status: "hot"}, "validation_failed /status:option_unknown"},
		"notes too long":  {lead.Fields{Name: "Kim", Notes: strings.Repeat("가", 5001)}, "validation_failed /notes:value_too_long"},
		"national number": {lead.Fields{Phone: "010-1234-5678"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := ""
			if _, err := lead.Normalise(c.in, "KR"); err != nil {
				got = err.Error()
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestConvertKeepsTheSource(t *testing.T) {
	l := lead.Lead{ID: "led_1", Fields: lead.Fields{Company: "단골상사", Phone: "+821012345678", Source: "fair 2026", Status: lead.Qualified, OwnerID: "usr_1"}}
	want := lead.Conversion{
		Customer: customer.Fields{Kind: customer.Business, Name: "단골상사", Phone: "+821012345678", OwnerID: "usr_1"},
		LeadID:   "led_1", Source: "fair 2026", Company: "단골상사",
	}
	got, err := lead.Convert(&l)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v; want %+v", got, err, want)
	}
}

func TestConvertRefusesTheSecondTime(t *testing.T) {
	l := lead.Lead{Fields: lead.Fields{Name: "Kim", Status: lead.Converted}, CustomerID: "cus_1"}
	_, err := lead.Convert(&l)
	if got := errs.Code(err); got != "lead_already_converted" {
		t.Errorf("code %q, want lead_already_converted", got)
	}
}
