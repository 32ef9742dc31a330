package segment_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/errs"
)

func defined(key string) (segment.Type, bool) {
	kind, ok := map[string]segment.Type{"size": segment.Number, "vip": segment.Bool, "note": segment.Text, "deposit": segment.Money}[key]
	return kind, ok
}

func TestAFilterIsARule(t *testing.T) {
	for text, want := range map[string]string{
		``:                         `{"all":[]}`,
		`address.region eq "서울 시"`: `{"field":"customer.address.region","op":"eq","value":"서울 시"}`,
		`customer.name eq 010`:     `{"field":"customer.name","op":"eq","value":"010"}`,
		`tags in (vip,gold) and score.rfm.r gte 4`: `{"all":[{"field":"customer.tags","op":"in","value":["vip","gold"]},{"field":"score.rfm.r","op":"gte","value":4}]}`,
		`score.revenue between (1000,"20.5 USD")`:  `{"field":"score.revenue","op":"between","value":[1000,{"amount":"20.5","currency":"USD"}]}`,
		`score.notEnoughData eq true`:              `{"field":"score.notEnoughData","op":"eq","value":true}`,
		`custom.size gt 3 or custom.vip eq false`:  `{"any":[{"field":"customer.custom.size","op":"gt","value":3},{"field":"customer.custom.vip","op":"eq","value":false}]}`,
		`custom.note eq 3`:                         `{"field":"customer.custom.note","op":"eq","value":"3"}`,
		`custom.deposit gte 10000`:                 `{"field":"customer.custom.deposit","op":"gte","value":10000}`,
		`custom.deposit lt "12.50 USD"`:            `{"field":"customer.custom.deposit","op":"lt","value":{"amount":"12.50","currency":"USD"}}`,
		`not email isEmpty`:                        `{"not":{"field":"customer.email","op":"isEmpty"}}`,
		`createdAt inLast P7D`:                     `{"field":"customer.createdAt","op":"inLast","value":"P7D"}`,
		`birthDate before 2000-01-01`:              `{"field":"customer.birthDate","op":"before","value":"2000-01-01"}`,
		`orders.count gte 3`:                       `{"orders":{"count":["gte",3]}}`,
		`orders.sum between (1,2.5) within P90D`:   `{"orders":{"inLast":"P90D","sum":["between",[1,2.5]]}}`,
		`events.visit eq 0 within P30D`:            `{"events":{"count":["eq",0],"inLast":"P30D","type":"visit"}}`,
		`segment eq seg_1`:                         `{"any":[{"segment":"seg_1"}]}`,
		`segment ne seg_1`:                         `{"not":{"any":[{"segment":"seg_1"}]}}`,
		`response.opened in (cmp_1,cmp_2)`:         `{"any":[{"response":{"campaignId":"cmp_1","kind":"opened"}},{"response":{"campaignId":"cmp_2","kind":"opened"}}]}`,
	} {
		r, err := segment.FromFilter(text, defined)
		got, _ := json.Marshal(r)
		if err != nil || string(got) != want {
			t.Errorf("%s\n got %s (%v)\nwant %s", text, got, err, want)
		}
	}
}

func TestFiltersThatAreNoRules(t *testing.T) {
	for text, want := range map[string]string{
		`name eq`:                       "filter_malformed filter_malformed",
		`colour eq red`:                 "filter_invalid rule_field_unknown",
		`custom.siez gt 3`:              "filter_invalid rule_field_unknown",
		`score.rfm.r gte many`:          "filter_invalid rule_value_type",
		`custom.size gte big`:           "filter_invalid rule_value_type",
		`custom.deposit gte "10 XYZ"`:   "filter_invalid rule_value_type",
		`custom.vip eq yes`:             "filter_invalid rule_value_type",
		`name gt a`:                     "filter_invalid rule_op_unfit",
		`name eq a within P90D`:         "filter_invalid rule_member_unknown",
		`orders.count gte 3 within 90d`: "filter_invalid rule_period_invalid",
		`segment eq cmp_1`:              "filter_invalid rule_id_invalid",
		`segment gt seg_1`:              "filter_invalid rule_op_unknown",
		`createdAt inLast week`:         "filter_invalid rule_period_invalid",
		`orders.colour eq 3`:            "filter_invalid rule_field_unknown",
	} {
		_, err := segment.FromFilter(text, defined)
		var e *errs.Error
		if !errors.As(err, &e) || e.Kind != errs.Malformed || len(e.Fields) == 0 || e.Fields[0].Pointer != "?filter" {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got := e.Code + " " + e.Fields[0].Code; got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}
