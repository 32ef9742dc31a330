package segment

import (
	"slices"
	"strings"
	"sync"

	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/customer"
)

// Type is what a field holds; it decides which operators and values fit.
type Type string

// The types. Dynamic is that of custom fields: the value in the rule says how it is compared.
const (
	Text    Type = "text"
	Number  Type = "number"
	Money   Type = "money"
	Date    Type = "date"
	Bool    Type = "bool"
	Tags    Type = "tags"
	Dynamic Type = "dynamic"
)

// FieldInfo is a field that rules may name, with its words on screen.
type FieldInfo struct {
	Path    string `json:"path"`
	Type    Type   `json:"type"`
	Korean  string `json:"ko"`
	English string `json:"en"`
}

// Fields lists the fields of customers and scores, in the order that the rule editor shows. Custom fields (customer.custom.<key>) stand beside them.
func Fields() []FieldInfo { return fields() }

// fields are put together at their first use: most starts have no use for them.
var fields = sync.OnceValue(func() []FieldInfo { return append(customerFields(), consentFields()...) })

func customerFields() []FieldInfo {
	return []FieldInfo{
		{"customer.name", Text, "이름", "Name"},
		{"customer.email", Text, "이메일", "E-mail"},
		{"customer.phone", Text, "휴대폰", "Phone"},
		{"customer.kind", Text, "고객분류", "Kind"},
		{"customer.lifecycleStage", Text, "라이프사이클 단계 (직접 입력)", "Lifecycle stage (by hand)"},
		{"customer.gender", Text, "성별", "Gender"},
		{"customer.birthDate", Date, "생년월일", "Date of birth"},
		{"customer.address.region", Text, "시도", "Region"},
		{"customer.address.city", Text, "시군구", "City"},
		{"customer.address.postalCode", Text, "우편번호", "Postal code"},
		{"customer.address.country", Text, "국가", "Country"},
		{"customer.address.line1", Text, "주소", "Address"},
		{"customer.address.line2", Text, "상세주소", "Address line 2"},
		{"customer.tags", Tags, "태그", "Tags"},
		{"customer.externalId", Text, "고객번호", "Customer number"},
		{"customer.companyId", Text, "기업", "Company"},
		{"customer.ownerId", Text, "담당자", "Owner"},
		{"customer.id", Text, "고객 ID", "Customer id"},
		{"customer.createdAt", Date, "등록일", "Created"},
		{"customer.updatedAt", Date, "수정일", "Changed"},
		{"score.lifecycleStage", Text, "라이프사이클 단계 (규칙)", "Lifecycle stage (by rules)"},
		{"score.lifecycleBefore", Text, "지난달 말 라이프사이클 단계", "Lifecycle stage last month"},
		{"score.lifecycleReason", Text, "라이프사이클 단계의 까닭", "Reason of the lifecycle stage"},
		{"score.rfm.r", Number, "최근성 점수 R", "Recency score R"},
		{"score.rfm.f", Number, "빈도 점수 F", "Frequency score F"},
		{"score.rfm.m", Number, "금액 점수 M", "Monetary score M"},
		{"score.rfm.beforeR", Number, "지난달 말 최근성 점수 R", "Recency score R last month"},
		{"score.rfm.beforeF", Number, "지난달 말 빈도 점수 F", "Frequency score F last month"},
		{"score.daysSinceLast", Number, "마지막 주문 후 날수", "Days since last order"},
		{"score.orders", Number, "주문 건수", "Orders"},
		{"score.revenue", Money, "구매 금액", "Revenue"},
		{"score.revenueContribution.share", Number, "수익기여도", "Revenue contribution"},
		{"score.revenueContribution.rankShare", Number, "상위 비율", "Top share"},
		{"score.revenueContribution.decile", Number, "십분위", "Decile"},
		{"score.profitContribution.profit", Money, "이익", "Profit"},
		{"score.profitContribution.share", Number, "이익기여도", "Profit contribution"},
		{"score.profitContribution.rankShare", Number, "이익 상위 비율", "Top share by profit"},
		{"score.profitContribution.decile", Number, "이익 십분위", "Decile by profit"},
		{"score.shareOfWallet.share", Number, "지갑점유율", "Share of wallet"},
		{"score.responses.email", Number, "반응점수 (이메일)", "Response score (e-mail)"},
		{"score.notEnoughData", Bool, "데이터 부족", "Not enough data"},
		{"score.pAlive", Number, "활동 확률", "Probability of being active"},
		{"score.churn", Number, "이탈 확률", "Churn probability"},
		{"score.expectedOrders", Number, "예상 주문 건수", "Expected orders"},
		{"score.expectedSpend", Money, "예상 객단가", "Expected spend"},
		{"score.lifetimeValue", Money, "평생가치", "Lifetime value"},
	}
}

// consentFields hold granted, withdrawn or nothing.
func consentFields() (out []FieldInfo) {
	ko := map[consent.Channel]string{consent.Email: "이메일", consent.SMS: "문자", consent.Phone: "전화", consent.Post: "우편", consent.Fax: "팩스", consent.Web: "웹"}
	en := map[consent.Channel]string{consent.Email: "E-mail", consent.SMS: "SMS", consent.Phone: "Phone", consent.Post: "Post", consent.Fax: "Fax", consent.Web: "Web"}
	for _, p := range consent.Purposes {
		for _, c := range consent.Channels {
			f := FieldInfo{"customer.consents." + consent.Slot(c, p), Text, ko[c] + " 수신동의", en[c] + " consent"}
			if p == consent.Service {
				f.Korean, f.English = f.Korean+" (안내)", f.English+" (service)"
			}
			out = append(out, f)
		}
	}
	return out
}

// orderFields may stand in "where" of orders, with or without "order.".
var orderFields = []FieldInfo{
	{"order.product", Tags, "상품", "Product"},
	{"order.channel", Text, "주문 채널", "Order channel"},
	{"order.campaignId", Text, "캠페인", "Campaign"},
	{"order.total", Money, "주문 금액", "Order total"},
	{"order.orderedAt", Date, "주문일", "Order date"},
}

// OrderFields lists the fields of "where".
func OrderFields() []FieldInfo { return orderFields }

// listedFields are those of orders in lists: those of "where", and what tells one order from another.
var listedFields = append(slices.Clone(orderFields),
	FieldInfo{"order.externalId", Text, "주문번호", "Order number"},
	FieldInfo{"order.customerId", Text, "고객 ID", "Customer id"},
	FieldInfo{"order.id", Text, "주문 ID", "Order id"},
	FieldInfo{"order.createdAt", Date, "등록일", "Recorded"},
)

// ListedFields lists the fields of orders by which lists of them are narrowed, sorted and counted.
func ListedFields() []FieldInfo { return listedFields }

// customPrefix begins the paths of custom fields; their keys follow.
const customPrefix = "customer.custom."

// find returns the field at a path of the scope, and its path in the one spelling.
func find(path string, in scope) (FieldInfo, bool) {
	if r := recordsIn(in); r != nil {
		return r.At(path)
	}
	switch {
	case in == ofWhere:
		return among(orderFields, orderPath(path))
	case in == ofOrders && strings.HasPrefix(path, "order."):
		return among(listedFields, orderPath(path))
	}
	if f, known := among(fields(), path); known {
		return f, true
	}
	if rest, ok := strings.CutPrefix(path, "customer."); ok {
		if key, custom := customer.CustomAt(rest); custom {
			return FieldInfo{path, Dynamic, key, key}, true
		}
	}
	return FieldInfo{}, false
}

func orderPath(path string) string {
	path = "order." + strings.TrimPrefix(path, "order.")
	if path == "order.name" {
		return "order.product"
	}
	return path
}

func among(list []FieldInfo, path string) (FieldInfo, bool) {
	i := slices.IndexFunc(list, func(f FieldInfo) bool { return f.Path == path })
	if i < 0 {
		return FieldInfo{}, false
	}
	return list[i], true
}

// ops are the operators of each type.
var ops = map[Type][]Op{
	Text:    {Eq, Ne, In, Contains, StartsWith, IsEmpty, IsNotEmpty},
	Number:  {Eq, Ne, In, Gt, Gte, Lt, Lte, Between, IsEmpty, IsNotEmpty},
	Money:   {Eq, Ne, Gt, Gte, Lt, Lte, Between, IsEmpty, IsNotEmpty},
	Date:    {Eq, Ne, Gt, Gte, Lt, Lte, Between, Before, After, InLast, IsEmpty, IsNotEmpty},
	Bool:    {Eq, Ne, IsEmpty, IsNotEmpty},
	Tags:    {Eq, Ne, In, Contains, StartsWith, IsEmpty, IsNotEmpty},
	Dynamic: {Eq, Ne, In, Contains, StartsWith, Gt, Gte, Lt, Lte, Between, Before, After, InLast, IsEmpty, IsNotEmpty},
}

// Ops lists the operators that fit a type, in the order that the editor shows.
func Ops(t Type) []Op { return ops[t] }
