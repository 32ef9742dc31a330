package segment

import "fmt"

// phrases are the words of one language.
type phrases struct {
	and, or, not, everybody, nobody, yes, no string
	response, segment, orders, sum, events   string
	recent                                   string
	ops                                      map[Op]string
	words                                    map[string]string
	units                                    map[string][2]string // one, many
	label                                    func(FieldInfo) string
	quote                                    func(string) string
}

func (p phrases) value(s string) string {
	if w, ok := p.words[s]; ok {
		return w
	}
	return s
}

func (p phrases) count(n int, unit string) string {
	form := p.units[unit][1]
	if n == 1 {
		form = p.units[unit][0]
	}
	return fmt.Sprintf(form, n)
}

var english = phrases{
	and: " and ", or: " or ", not: "not", everybody: "everybody", nobody: "nobody", yes: "yes", no: "no",
	response: "{kind} campaign {campaign}", segment: "member of {segment}",
	orders: "number of orders", sum: "sum of orders", events: "number of events {type}", recent: "{subject} in the last {period}",
	ops: map[Op]string{
		Eq: "{field} is {value}", Ne: "{field} is not {value}", In: "{field} is one of {list}", Contains: "{field} contains {value}",
		StartsWith: "{field} starts with {value}", Gt: "{field} is more than {value}", Gte: "{field} is at least {value}",
		Lt: "{field} is less than {value}", Lte: "{field} is at most {value}", Between: "{field} is between {value} and {last}",
		Before: "{field} is before {value}", After: "{field} is after {value}", InLast: "{field} is in the last {value}",
		IsEmpty: "{field} is empty", IsNotEmpty: "{field} is not empty",
	},
	words: map[string]string{},
	units: map[string][2]string{"Y": {"%d year", "%d years"}, "M": {"%d month", "%d months"}, "D": {"%d day", "%d days"}, "h": {"%d hour", "%d hours"}, "m": {"%d minute", "%d minutes"}},
	label: func(f FieldInfo) string { return f.English },
	quote: func(s string) string { return `"` + s + `"` },
}

var korean = phrases{
	and: " 그리고 ", or: " 또는 ", not: "다음이 아님:", everybody: "모든 고객", nobody: "해당 고객 없음", yes: "예", no: "아니요",
	response: "캠페인 {campaign}에 {kind} 반응이 있음", segment: "세그먼트 {segment}에 속함",
	orders: "주문 건수", sum: "주문 금액 합계", events: "이벤트 {type} 건수", recent: "최근 {period} {subject}",
	ops: map[Op]string{
		Eq: "{field|이/가} {value}", Ne: "{field|이/가} {value} 아님", In: "{field|이/가} {list} 중 하나", Contains: "{field}에 {value} 포함",
		StartsWith: "{field|이/가} {value|으로/로} 시작", Gt: "{field|이/가} {value} 초과", Gte: "{field|이/가} {value} 이상",
		Lt: "{field|이/가} {value} 미만", Lte: "{field|이/가} {value} 이하", Between: "{field|이/가} {value}부터 {last}까지",
		Before: "{field|이/가} {value}보다 앞", After: "{field|이/가} {value}보다 뒤", InLast: "{field|이/가} 최근 {value} 이내",
		IsEmpty: "{field} 없음", IsNotEmpty: "{field} 있음",
	},
	words: map[string]string{
		"female": "여성", "male": "남성", "other": "기타", "consumer": "개인", "business": "기업", "channel": "채널", "internal": "내부",
		"granted": "동의", "withdrawn": "철회", "opened": "열람", "clicked": "클릭", "bought": "구매", "delivered": "수신", "unsubscribed": "수신거부",
	},
	units: map[string][2]string{"Y": {"%d년", "%d년"}, "M": {"%d개월", "%d개월"}, "D": {"%d일", "%d일"}, "h": {"%d시간", "%d시간"}, "m": {"%d분", "%d분"}},
	label: func(f FieldInfo) string { return f.Korean },
	quote: func(s string) string { return "'" + s + "'" },
}
