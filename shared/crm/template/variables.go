package template

import (
	"strings"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/customfield"
)

// Values is what one receiver's mail is filled with.
type Values struct {
	Customer       *customer.Customer
	WorkspaceName  string
	SenderName     string
	PostalAddress  string
	CampaignName   string
	UnsubscribeURL string // the receiver's own
	PreferencesURL string
	ViewURL        string // the mail as a page
	CouponCode     string
	Language       string           // of the mail, ko or en: in which custom fields are printed
	Fields         *customfield.Set // the workspace's own fields of customers, nil for none
}

// Variable is a variable that templates may read, with its words on screen and an example.
type Variable struct {
	Path   string `json:"path"`
	Label  string `json:"label"`
	Sample string `json:"sample"`
}

// offered is the closed list; customer.custom.<key> stands beside it.
var offered = []struct {
	path, ko, en, sampleKo, sampleEn string
	read                             func(*Values) any
}{
	{"customer.name", "이름", "Name", "김단골", "Ann Lee", customerText("name")},
	{"customer.email", "이메일", "E-mail", "kim@example.com", "ann@example.com", customerText("email")},
	{"customer.phone", "휴대폰", "Phone", "+821012345678", "+14155552671", customerText("phone")},
	{"customer.birthDate", "생년월일", "Date of birth", "1984-02-29", "1984-02-29", customerText("birthDate")},
	{"customer.gender", "성별", "Gender", "female", "female", customerText("gender")},
	{"customer.kind", "고객분류", "Kind", "consumer", "consumer", customerText("kind")},
	{"customer.externalId", "고객번호", "Customer number", "A-1024", "A-1024", customerText("externalId")},
	{"customer.lifecycleStage", "라이프사이클 단계", "Lifecycle stage", "buyer", "buyer", customerText("lifecycleStage")},
	{"customer.tags", "태그", "Tags", "VIP", "VIP", func(v *Values) any { return v.Customer.Tags }},
	{"customer.address.line1", "주소", "Address", "세종대로 110", "1 Main St", customerText("address.line1")},
	{"customer.address.line2", "상세주소", "Address line 2", "3층", "Apt 3", customerText("address.line2")},
	{"customer.address.city", "시군구", "City", "중구", "Springfield", customerText("address.city")},
	{"customer.address.region", "시도", "Region", "서울", "IL", customerText("address.region")},
	{"customer.address.postalCode", "우편번호", "Postal code", "04524", "62701", customerText("address.postalCode")},
	{"customer.address.country", "국가", "Country", "KR", "US", customerText("address.country")},
	{"workspace.name", "워크스페이스", "Workspace", "단골상회", "Corner Shop", func(v *Values) any { return v.WorkspaceName }},
	{"workspace.senderName", "보내는 사람", "Sender", "단골상회", "Corner Shop", func(v *Values) any { return v.SenderName }},
	{"workspace.postalAddress", "보내는 주소", "Postal address", "서울 중구 세종대로 110", "1 Main St, Springfield", func(v *Values) any { return v.PostalAddress }},
	{"campaign.name", "캠페인", "Campaign", "가을 할인", "Autumn sale", func(v *Values) any { return v.CampaignName }},
	{"coupon.code", "쿠폰 코드", "Coupon code", "FALL-7Q2K", "FALL-7Q2K", func(v *Values) any { return v.CouponCode }},
	{"unsubscribe_url", "수신거부 링크", "Unsubscribe link", "https://example.com/u", "https://example.com/u", func(v *Values) any { return v.UnsubscribeURL }},
	{"preferences_url", "수신 설정 링크", "Preferences link", "https://example.com/p", "https://example.com/p", func(v *Values) any { return v.PreferencesURL }},
	{"view_url", "웹에서 보기 링크", "View in browser link", "https://example.com/v", "https://example.com/v", func(v *Values) any { return v.ViewURL }},
}

func customerText(path string) func(*Values) any {
	get := customer.TextAt(path)
	return func(v *Values) any { return get(&v.Customer.Fields) }
}

// SampleVariables lists what the editor offers, in Korean ("ko") or English.
func SampleVariables(language string) []Variable {
	out := make([]Variable, len(offered))
	for i, o := range offered {
		out[i] = Variable{o.path, o.en, o.sampleEn}
		if language == "ko" {
			out[i] = Variable{o.path, o.ko, o.sampleKo}
		}
	}
	return out
}

// reader returns what reads a variable, nil for one that there is not.
func reader(path string) func(*Values) any {
	for _, o := range offered {
		if o.path == path {
			return o.read
		}
	}
	rest, _ := strings.CutPrefix(path, "customer.")
	if key, ok := customer.CustomAt(rest); ok && rest != path {
		return func(v *Values) any { return plainCustom(v.Customer.Custom[key]) }
	}
	return nil
}

// plainCustom is a custom value as conditions and filters see it: an amount with its currency, anything else as it is.
func plainCustom(v any) any {
	if m, ok := customer.AmountIn(v); ok {
		return m.Text() + " " + m.Currency
	}
	return v
}

// Missing lists the customer's variables that the template prints without a default and that this customer has no value for.
func (t *Template) Missing(c *customer.Customer) []string {
	var out []string
	v := &Values{Customer: c}
	for _, path := range t.variables {
		if strings.HasPrefix(path, "customer.") && !t.optional[path] && customer.NoValue(reader(path)(v)) {
			out = append(out, path)
		}
	}
	return out
}
