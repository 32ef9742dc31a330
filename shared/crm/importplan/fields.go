package importplan

import (
	"strings"

	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/customer"
)

// Field is something that a column may mean. Words are the headers that stand for it, the best first, compared without case, blanks and marks; Korean
// and English are the labels that the mapping screen shows.
type Field struct {
	Path    string                 `json:"path"`
	Korean  string                 `json:"ko"`
	English string                 `json:"en"`
	Words   []string               `json:"-"`
	looks   func(cell string) bool // nil: its cells have no shape
	claims  bool                   // the shape alone is enough to guess it
}

// Fields lists what the columns of a kind may mean, in the order that screens show. Beside them a customers file may hold custom.<key>.
func Fields(k Kind) []Field {
	switch k {
	case Customers:
		return customerFields
	case Orders:
		return orderFields
	case Leads:
		return leadFields
	default:
		return nil
	}
}

func words(s string) []string { return strings.Split(s, ",") }

var customerFields = append([]Field{
	{"externalId", "고객번호", "Customer number", words("회원번호,회원id,고객id,고객코드,회원코드,거래처코드,아이디,customer id,customer no,member id,member no,external id,id"), nil, false},
	{"name", "이름", "Name", words("성명,고객명,회원명,성함,상호,거래처명,full name,customer name,member name,first and last name"), nil, false},
	{"email", "이메일", "E-mail", words("전자우편,이메일주소,메일,메일주소,email address,mail"), looksLikeEmail, true},
	{"phone", "휴대폰", "Phone", words("휴대전화,휴대폰번호,휴대전화번호,핸드폰,핸드폰번호,연락처,전화번호,전화,mobile,mobile phone,phone number,cell phone,cell,telephone,tel,contact"), looksLikePhone, true},
	{"birthDate", "생년월일", "Date of birth", words("생일,birthday,birth date,dob,birth"), looksLikeDate, true},
	{"gender", "성별", "Gender", words("sex"), nil, false},
	{"kind", "고객분류", "Kind", words("고객유형,고객구분,customer type,type"), nil, false},
	{"address.line1", "주소", "Address", words("기본주소,도로명주소,주소1,address1,address line1,street,street address"), nil, false},
	{"address.line2", "상세주소", "Address line 2", words("주소2,나머지주소,address2,apt,suite"), nil, false},
	{"address.city", "시군구", "City", words("시/군/구,구군,도시,town"), nil, false},
	{"address.region", "시도", "Region", words("시/도,지역,광역시도,state,province,county"), nil, false},
	{"address.postalCode", "우편번호", "Postal code", words("zip,zip code,postcode,post code"), nil, false},
	{"address.country", "국가", "Country", words("나라,국적,country code,nation"), nil, false},
	{"tags", "태그", "Tags", words("tag,꼬리표,라벨,labels,그룹,group"), nil, false},
	{"companyId", "기업", "Company id", words("회사id,company"), nil, false},
	{"ownerId", "담당자", "Owner", words("담당자id,영업담당,owner id"), nil, false},
	{"lifecycleStage", "라이프사이클 단계", "Lifecycle stage", words("단계,stage"), nil, false},
}, consentFields()...)

var orderFields = []Field{
	{"externalId", "주문번호", "Order number", words("주문id,주문코드,전표번호,거래번호,영수증번호,order id,order no,order,invoice,invoice no,receipt no,external id"), nil, false},
	{"customerExternalId", "고객번호", "Customer number", words("회원번호,회원id,고객id,고객코드,구매자id,아이디,customer id,customer no,customer,member id,buyer id"), nil, false},
	{"orderedAt", "주문일시", "Ordered at", words("주문일,주문일자,주문날짜,구매일,구매일시,구매일자,결제일,결제일시,판매일,판매일자,거래일,거래일시,일자,날짜,order date,ordered,purchase date,purchased at,created at,date,time"), looksLikeDate, true},
	{"productName", "상품명", "Product", words("상품,제품명,제품,품명,품목,메뉴,product name,item,item name,lineitem name,description"), nil, false},
	{"quantity", "수량", "Quantity", words("개수,주문수량,구매수량,qty,count,lineitem quantity,units"), nil, false},
	{"unitPrice", "단가", "Unit price", words("판매가,상품단가,상품가격,가격,price,item price,lineitem price"), nil, false},
	{"total", "합계", "Total", words("금액,결제금액,총금액,총액,주문금액,판매금액,매출,매출액,합계금액,amount,order total,total amount,total price,revenue,sum,value,dollar value,order value"), looksLikeMoney, false},
	{"currency", "통화", "Currency", words("화폐,통화코드,currency code"), nil, false},
}

var leadFields = []Field{
	{"name", "이름", "Name", words("성명,고객명,성함,담당자명,full name,lead name,contact name"), nil, false},
	{"email", "이메일", "E-mail", words("전자우편,이메일주소,메일,메일주소,email address,mail"), looksLikeEmail, true},
	{"phone", "휴대폰", "Phone", words("휴대전화,휴대폰번호,휴대전화번호,핸드폰,핸드폰번호,연락처,전화번호,전화,mobile,mobile phone,phone number,cell phone,telephone,tel"), looksLikePhone, true},
	{"company", "회사", "Company", words("회사명,기업,기업명,상호,업체명,company name,organization,organisation,account"), nil, false},
	{"source", "유입경로", "Source", words("출처,경로,lead source,channel,campaign"), nil, false},
	{"status", "상태", "Status", words("진행상태,lead status,stage"), nil, false},
	{"notes", "메모", "Notes", words("비고,내용,문의내용,note,memo,comment,comments,message"), nil, false},
	{"ownerId", "담당자", "Owner", words("담당자id,owner id"), nil, false},
}

// consentWords are the headers for marketing consent by channel; service consent goes by its path alone, since no shop's file calls it anything.
var consentWords = map[consent.Channel][3]string{
	consent.Email: {"이메일 수신동의", "E-mail consent", "메일수신동의,이메일수신,이메일수신여부,메일수신,메일수신여부,이메일동의,수신동의,광고수신동의,마케팅수신동의,마케팅동의,수신여부,email opt in,email marketing,accepts email marketing,accepts marketing,newsletter,opt in,subscribed,consent"},
	consent.SMS:   {"문자 수신동의", "SMS consent", "sms수신동의,sms수신,sms수신여부,문자수신,문자수신여부,문자동의,sms동의,sms opt in,sms marketing,accepts sms marketing"},
	consent.Phone: {"전화 수신동의", "Phone consent", "전화수신,전화수신여부,tm동의,tm수신동의,phone opt in"},
	consent.Post:  {"우편 수신동의", "Post consent", "우편수신,우편수신여부,dm수신동의,dm동의,post opt in"},
	consent.Fax:   {"팩스 수신동의", "Fax consent", "팩스수신,fax opt in"},
	consent.Web:   {"웹 메시지 수신동의", "Web message consent", "앱푸시수신동의,푸시수신동의,push opt in,web opt in"},
}

func consentFields() (out []Field) {
	for _, p := range consent.Purposes {
		for _, c := range consent.Channels {
			f := Field{Path: "consent." + consent.Slot(c, p), Korean: consentWords[c][0], English: consentWords[c][1]}
			if p == consent.Marketing {
				f.Words = words(consentWords[c][2])
			} else {
				f.Korean, f.English = f.Korean+" (안내)", f.English+" (service)"
			}
			out = append(out, f)
		}
	}
	return out
}

// known says whether a kind has a field of this path.
func known(k Kind, path string) bool {
	for _, f := range Fields(k) {
		if f.Path == path {
			return true
		}
	}
	_, custom := customer.CustomAt(path)
	return custom && k == Customers
}
