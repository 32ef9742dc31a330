package segment_test

import (
	"cmp"
	"fmt"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/crm/segment"
)

func TestParseNamesEveryMistake(t *testing.T) {
	deep := strings.Repeat(`{"not":`, 20) + `{"all":[]}` + strings.Repeat(`}`, 20)
	wide := `{"all":[` + strings.TrimSuffix(strings.Repeat(`{"segment":"seg_1"},`, 201), ",") + `]}`
	for rule, want := range map[string]string{
		``:                     "/rule:rule_malformed",
		`[]`:                   "/rule:rule_malformed",
		`{"all":[]} x`:         "/rule:rule_malformed",
		`{}`:                   "/rule:rule_node_unknown",
		`{"maybe":1}`:          "/rule:rule_node_unknown",
		`{"all":{}}`:           "/rule/all:rule_value_type",
		`{"all":[],"any":[]}`:  "/rule/any:rule_member_unknown",
		`{"all":[{"not":[]}]}`: "/rule/all/0/not:rule_malformed",
		deep:                   "/rule" + strings.Repeat("/not", 20) + ":rule_too_deep",
		wide:                   "/rule:rule_too_many_leaves",

		`{"field":"customer.shoe","op":"eq","value":"x"}`:                                                                        "/rule/field:rule_field_unknown",
		`{"field":"customer.custom.Shoe","op":"eq","value":"x"}`:                                                                 "/rule/field:rule_field_unknown",
		`{"field":"order.total","op":"eq","value":1}`:                                                                            "/rule/field:rule_field_unknown",
		`{"field":"customer.name","op":"like","value":"x"}`:                                                                      "/rule/op:rule_op_unknown",
		`{"field":"customer.name","op":"gt","value":"x"}`:                                                                        "/rule/op:rule_op_unfit",
		`{"field":"customer.name","op":"eq"}`:                                                                                    "/rule/value:rule_member_missing",
		`{"field":"customer.name","op":"eq","value":5}`:                                                                          "/rule/value:rule_value_type",
		`{"field":"customer.name","op":"eq","value":"x","note":true}`:                                                            "/rule/note:rule_member_unknown",
		`{"field":"customer.name","op":"isEmpty","value":"x"}`:                                                                   "/rule/value:rule_member_unknown",
		`{"field":"customer.name","op":"in","value":"x"}`:                                                                        "/rule/value:rule_value_type",
		`{"field":"customer.name","op":"in","value":["x",null]}`:                                                                 "/rule/value/1:rule_value_type",
		`{"field":"customer.birthDate","op":"before","value":"2026-02-30"}`:                                                      "/rule/value:rule_value_type",
		`{"field":"customer.birthDate","op":"inLast","value":"90 days"}`:                                                         "/rule/value:rule_period_invalid",
		`{"field":"customer.birthDate","op":"inLast","value":"P"}`:                                                               "/rule/value:rule_period_invalid",
		`{"field":"score.rfm.r","op":"gte","value":"high"}`:                                                                      "/rule/value:rule_value_type",
		`{"field":"score.rfm.r","op":"between","value":[1]}`:                                                                     "/rule/value:rule_value_type",
		`{"field":"score.notEnoughData","op":"eq","value":"yes"}`:                                                                "/rule/value:rule_value_type",
		`{"field":"score.revenue","op":"gt","value":{"amount":"1"}}`:                                                             "/rule/value:rule_value_type",
		`{"field":"customer.custom.x","op":"between","value":[1,"2026-01-01"]}`:                                                  "/rule/value:rule_value_type",
		`{"field":"customer.custom.x","op":"gt","value":{"amount":"many","currency":"KRW"}}`:                                     "/rule/value:rule_value_type",
		`{"field":"customer.custom.x","op":"gt","value":{"amount":"1"}}`:                                                         "/rule/value:rule_value_type",
		`{"field":"customer.custom.x","op":"contains","value":{"amount":"1","currency":"KRW"}}`:                                  "/rule/value:rule_value_type",
		`{"field":"customer.custom.x","op":"between","value":[{"amount":"1","currency":"KRW"},{"amount":"2","currency":"USD"}]}`: "/rule/value:rule_value_type",

		`{"orders":{}}`: "/rule/orders/count:rule_member_missing",
		`{"orders":{"count":["gte",1],"sum":["gte",1]}}`:                                         "/rule/orders/sum:rule_member_unknown",
		`{"orders":{"count":["contains",1]}}`:                                                    "/rule/orders/count/0:rule_op_unfit",
		`{"orders":{"count":["gte"]}}`:                                                           "/rule/orders/count:rule_value_type",
		`{"orders":{"count":["gte","x"]}}`:                                                       "/rule/orders/count/1:rule_value_type",
		`{"orders":{"count":["gte",1],"inLast":90}}`:                                             "/rule/orders/inLast:rule_period_invalid",
		`{"orders":{"count":["gte",1],"since":"x"}}`:                                             "/rule/orders/since:rule_member_unknown",
		`{"orders":{"count":["gte",1],"where":{"segment":"seg_1"}}}`:                             "/rule/orders/where:rule_node_unknown",
		`{"orders":{"count":["gte",1],"where":{"field":"customer.name","op":"eq","value":"x"}}}`: "/rule/orders/where/field:rule_field_unknown",
		`{"events":{"count":["gte",1]}}`:                                                         "/rule/events/type:rule_member_missing",
		`{"response":{"campaignId":"x","kind":""}}`:                                              "/rule/response/campaignId:rule_id_invalid /rule/response/kind:rule_value_type",
		`{"segment":7}`:                         "/rule/segment:rule_id_invalid",
		`{"all":[{"segment":7},{"field":"x"}]}`: "/rule/all/0/segment:rule_id_invalid /rule/all/1/field:rule_field_unknown",
	} {
		t.Run(rule[:min(len(rule), 60)], func(t *testing.T) {
			_, err := segment.Parse([]byte(rule), "/rule")
			if got := strings.TrimPrefix(fmt.Sprint(err), "validation_failed "); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}

func TestDescribe(t *testing.T) {
	names := segment.Names{
		Record: func(id string) string {
			return map[string]string{"seg_1": "우수 고객", "cmp_1": "가을 할인"}[id]
		},
		Field: func(key string) (string, func(any) string, bool) {
			choices := map[string]string{"gold": "골드", "silver": "실버"}
			return "등급", func(v any) string { return cmp.Or(choices[fmt.Sprint(v)], fmt.Sprint(v)) }, key == "grade"
		},
	}
	for _, c := range []struct{ rule, ko, en string }{
		{`{"all":[]}`, "모든 고객", "everybody"},
		{`{"field":"customer.address.region","op":"eq","value":"서울"}`, "시도가 '서울'", `Region is "서울"`},
		{`{"field":"customer.gender","op":"ne","value":"female"}`, "성별이 여성 아님", `Gender is not "female"`},
		{`{"field":"customer.custom.grade","op":"in","value":["gold","none"]}`, "등급이 '골드', 'none' 중 하나", `등급 is one of "골드", "none"`},
		{`{"field":"customer.custom.size","op":"eq","value":"gold"}`, "size가 'gold'", `size is "gold"`},
		{`{"field":"customer.tags","op":"startsWith","value":"서울"}`, "태그가 '서울'로 시작", `Tags starts with "서울"`},
		{`{"field":"score.rfm.r","op":"between","value":[4,5]}`, "최근성 점수 R가 4부터 5까지", "Recency score R is between 4 and 5"},
		{`{"orders":{"count":["gte",2],"inLast":"P90D","where":{"field":"product","op":"contains","value":"홍차"}}}`,
			"최근 90일 주문 건수 [상품에 '홍차' 포함]가 2 이상", `number of orders in the last 90 days [Product contains "홍차"] is at least 2`},
		{`{"orders":{"sum":["lt",{"amount":"10","currency":"USD"}]}}`, "주문 금액 합계가 10 USD 미만", "sum of orders is less than 10 USD"},
		{`{"all":[{"segment":"seg_1"},{"any":[{"response":{"campaignId":"cmp_1","kind":"opened"}},{"not":{"field":"customer.email","op":"isEmpty"}}]}]}`,
			"세그먼트 우수 고객에 속함 그리고 (캠페인 가을 할인에 열람 반응이 있음 또는 다음이 아님: (이메일 없음))",
			"member of 우수 고객 and (opened campaign 가을 할인 or not (E-mail is empty))"},
	} {
		r, err := segment.Parse([]byte(c.rule), "")
		if err != nil {
			t.Fatal(err)
		}
		if got := segment.Describe(r, "ko", names); got != c.ko {
			t.Errorf("ko: got %q, want %q", got, c.ko)
		}
		if got := segment.Describe(r, "en", names); got != c.en {
			t.Errorf("en: got %q, want %q", got, c.en)
		}
	}
}
