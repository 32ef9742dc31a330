package importplan_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/crm/importplan"
)

// table reads "a | b" lines.
func table(text string) (header []string, rows [][]string) {
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		var cells []string
		for _, c := range strings.Split(line, "|") {
			cells = append(cells, strings.TrimSpace(c))
		}
		rows = append(rows, cells)
	}
	return rows[0], rows[1:]
}

func TestGuess(t *testing.T) {
	for name, c := range map[string]struct {
		kind importplan.Kind
		file string
		want importplan.Mapping
	}{
		"a Korean shop's members": {importplan.Customers, `
			회원번호 | 성명   | 전자우편         | 휴대폰 번호(필수) | 생년월일   | 성별 | 우편번호 | 주소      | 광고 수신동의 | SMS수신 | 비밀
			A-1     | 김단골 | kim@example.com | 010-1234-5678  | 1984.02.29 | 여  | 03154   | 서울 종로구 | Y           | N      | x`,
			importplan.Mapping{"회원번호": "externalId", "성명": "name", "전자우편": "email", "휴대폰 번호(필수)": "phone", "생년월일": "birthDate", "성별": "gender",
				"우편번호": "address.postalCode", "주소": "address.line1", "광고 수신동의": "consent.email.marketing", "SMS수신": "consent.sms.marketing"}},
		"an English list": {importplan.Customers, `
			Full Name | E-mail Address | Mobile     | ZIP   | Country | Date of Birth | Accepts Marketing
			Ann Lee   | ann@example.com | +1 415 555 2671 | 94103 | US      | 02/29/1984    | yes`,
			importplan.Mapping{"Full Name": "name", "E-mail Address": "email", "Mobile": "phone", "ZIP": "address.postalCode", "Country": "address.country",
				"Date of Birth": "birthDate", "Accepts Marketing": "consent.email.marketing"}},
		"our own export": {importplan.Customers, `
			externalId | address.city | custom.shoeSize | consent.web.service | problem
			A-1 | 서울 | 250 | yes | email_invalid`,
			importplan.Mapping{"externalId": "externalId", "address.city": "address.city", "custom.shoeSize": "custom.shoeSize", "consent.web.service": "consent.web.service"}},
		"contact that is an e-mail": {importplan.Customers, `
			고객명 | 연락처
			김단골 | kim@example.com
			이한글 | lee@example.com`,
			importplan.Mapping{"고객명": "name", "연락처": "email"}},
		"two phones": {importplan.Customers, `
			이름 | 전화번호 | 휴대폰
			김단골 | 02-312-3456 | 010-1234-5678`,
			importplan.Mapping{"이름": "name", "휴대폰": "phone"}},
		"names that say nothing": {importplan.Customers, `
			열1 | 열2 | 열3
			kim@example.com | 010-1234-5678 | 1984-02-29`,
			importplan.Mapping{"열1": "email", "열2": "phone", "열3": "birthDate"}},
		"Korean orders": {importplan.Orders, `
			주문번호 | 고객번호 | 주문일시 | 상품명 | 수량 | 단가 | 금액 | 통화
			O-1 | A-1 | 2026-11-22 14:05 | 홍차 | 2 | 1,000 | 2,000원 | KRW`,
			importplan.Mapping{"주문번호": "externalId", "고객번호": "customerExternalId", "주문일시": "orderedAt", "상품명": "productName", "수량": "quantity",
				"단가": "unitPrice", "금액": "total", "통화": "currency"}},
		"CDNOW": {importplan.Orders, `
			customer_id | date | number_of_cds | dollar_value
			00001 | 19970101 | 1 | 11.77`,
			importplan.Mapping{"customer_id": "customerExternalId", "date": "orderedAt", "dollar_value": "total"}},
		"leads": {importplan.Leads, `
			담당자명 | 회사명 | 연락처 | 이메일 | 유입경로 | 문의내용
			김단골 | 단골상사 | 010-1234-5678 | kim@example.com | 박람회 | 견적 문의`,
			importplan.Mapping{"담당자명": "name", "회사명": "company", "연락처": "phone", "이메일": "email", "유입경로": "source", "문의내용": "notes"}},
	} {
		t.Run(name, func(t *testing.T) {
			header, sample := table(c.file)
			if got := importplan.Guess(c.kind, header, sample); !reflect.DeepEqual(got, c.want) {
				t.Errorf("got  %v\nwant %v", got, c.want)
			}
		})
	}
}
