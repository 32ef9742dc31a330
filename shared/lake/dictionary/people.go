package dictionary

import (
	"slices"

	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/score"
)

const customerRecord source = "customer record"

func customers() Subject {
	return Subject{Name: "customers", Meaning: Meaning{"고객. 보관한 고객도 들어 있어요", "Customers, archived ones too"}, Sort: []string{"id"},
		Fields: slices.Concat(customerFields(customerRecord), present(customerRecord), customerRecord.origin(), []Field{
			customerRecord.yesNo("sample", "예제 데이터인지", "Whether it is of the removable sample data"),
			customerRecord.moment("createdAt", "등록한 시각", "When it was created"),
			customerRecord.moment("updatedAt", "마지막으로 바뀐 시각", "When it changed last"),
			customerRecord.moment("archivedAt", "보관한 시각. 없으면 보관하지 않은 고객이에요", "When it was archived; none while it is not"),
		})}
}

func customerFields(s source) []Field {
	return []Field{
		s.text("kind", "고객분류: consumer 개인, business 기업, channel 유통점, internal 내부", "Kind: consumer, business, channel (distributor, franchisee), internal"),
		personal(s.text("externalId", "다른 시스템의 고객번호. 보관하지 않은 고객 사이에서 하나뿐이에요", "Customer number in another system, unique among those not archived")),
		personal(s.text("name", "이름", "Name")),
		personal(s.text("email", "이메일, 소문자", "E-mail address in lower case")),
		personal(s.text("phone", "전화번호 (E.164)", "Phone number (E.164)")),
		personal(s.field("birthDate", Date, "생년월일", "Date of birth")),
		personal(s.text("gender", "성별", "Gender")),
		personal(s.text("address.line1", "주소", "Address, first line")),
		personal(s.text("address.line2", "상세주소", "Address, second line")),
		personal(s.text("address.city", "시군구", "City")),
		personal(s.text("address.region", "시도", "Region")),
		personal(s.text("address.postalCode", "우편번호", "Postal code")),
		s.text("address.country", "국가 (ISO 3166-1 두 글자)", "Country (ISO 3166-1 alpha-2)"),
		s.text("companyId", "소속 기업", "Company that the customer belongs to"),
		s.text("ownerId", "담당자", "Member of the workspace who looks after the customer"),
		s.text("lifecycleStage", "직접 입력한 라이프사이클 단계. 규칙으로 정한 단계는 scores에 있어요", "Lifecycle stage as set by hand; the one by rules is in scores"),
		s.list("tags", "태그", "Tags"),
	}
}

// present are the latest statements on each channel and purpose.
func present(s source) (out []Field) {
	ko := map[consent.Channel]string{consent.Email: "이메일", consent.SMS: "문자", consent.Phone: "전화", consent.Post: "우편", consent.Fax: "팩스", consent.Web: "웹"}
	koFor := map[consent.Purpose]string{consent.Marketing: "마케팅", consent.Service: "안내"}
	for _, p := range consent.Purposes {
		for _, c := range consent.Channels {
			out = append(out, s.text("consents."+consent.Slot(c, p), ko[c]+" "+koFor[p]+" 수신동의의 지금 상태: granted, withdrawn, 없음",
				"Present consent to "+string(p)+" by "+string(c)+": granted, withdrawn or none"))
		}
	}
	return out
}

func consents() Subject {
	const s source = "consent record"
	return Subject{Name: "consents", Meaning: Meaning{"수신동의와 철회. 한 번 한 말은 지워지지 않아요", "Statements of consent; a later one does not overwrite an earlier one"},
		Sort: []string{"id"}, Fields: []Field{
			s.customerID(),
			s.text("channel", "수단: email, sms, phone, post, fax, web", "Channel: email, sms, phone, post, fax, web"),
			s.text("purpose", "목적: marketing, service", "Purpose: marketing, service"),
			s.text("state", "granted 동의, withdrawn 철회", "granted or withdrawn"),
			s.text("source", "말한 곳: 신청서, 가져오기, 수신거부 링크, 직원", "Where it was said: form, import, unsubscribe link, clerk"),
			s.text("wording", "동의한 문구나 그 버전", "The text agreed to, or its version"),
			s.moment("at", "고객이 말한 시각", "When the person said it"),
			s.text("actor", "적은 사람, 키, 기능", "User, key or function that wrote it down"),
		}}
}

func events() Subject {
	const s source = "entry of the timeline"
	return Subject{Name: "events", Meaning: Meaning{"고객 타임라인의 일. 주문은 orders에 있어요", "What happened to customers, as their timelines tell it; orders are in orders"},
		Partitioned: true, By: "at", Sort: []string{"customerId", "id"}, Fields: []Field{
			s.customerID(),
			s.text("type", "종류: profileCreated, profileChanged, archived, imported, leadConverted, note, response, ...", "Type: profileCreated, profileChanged, archived, imported, leadConverted, note, response, ..."),
			s.moment("at", "일어난 시각", "When it happened"),
			s.text("actor", "적은 사람, 키, 기능", "User, key or function that wrote it"),
			personal(s.text("data", "그 종류가 더하는 내용 (JSON)", "What the type adds, as JSON")),
		}}
}

// lifecycleStages are those of shared/crm/lifecycle.
const lifecycleStages = "prospect, respondent, newBuyer, highValue, potentialValue, lowValue, churnedVoluntary, churnedForced"

func scores() Subject {
	const s source = "rebuild of the scores"
	return Subject{Name: "scores", Meaning: Meaning{"고객의 지금 점수. ID는 고객의 것이에요", "Present scores; the id is the customer's"}, Sort: []string{"id"}, Fields: slices.Concat([]Field{
		s.customerID(),
		s.field("asOf", Date, "기준일: 워크스페이스 시간대로 센 마지막 날", "Last day counted, in the workspace's zone"),
		s.yesNo("notEnoughData", "데이터 부족: 구매한 적이 없거나 구매 고객이 5명보다 적어요", "Not enough data: never bought, or fewer than five buyers"),
		s.count("rfm.r", "quintile, 5 is best", "최근성 점수 R, 0은 데이터 부족", "Recency score R, 0 without enough data"),
		s.count("rfm.f", "quintile, 5 is best", "빈도 점수 F, 0은 데이터 부족", "Frequency score F, 0 without enough data"),
		s.count("rfm.m", "quintile, 5 is best", "금액 점수 M, 0은 데이터 부족", "Monetary score M, 0 without enough data"),
		s.count("rfm.daysSinceLast", "days", "마지막 주문 후 날수", "Days since the last order"),
		s.count("rfm.orders", "orders", "주문 건수", "Number of orders"),
		s.money("rfm.revenue", "구매 금액", "Revenue"),
		s.count("rfm.beforeR", "quintile, 5 is best", "지난달 말의 최근성 점수 R", "R at the end of the month before"),
		s.count("rfm.beforeF", "quintile, 5 is best", "지난달 말의 빈도 점수 F", "F at the end of the month before"),
		s.number("revenueContribution.share", "share of 1", "수익기여도: 전체 금액에서 차지하는 비율", "Share of all revenue"),
		s.number("revenueContribution.rankShare", "share of 1", "이만큼 이상 산 고객의 비율", "Share of the buyers who bring as much or more"),
		s.count("revenueContribution.decile", "tenth, 1 is best", "십분위", "Decile"),
		s.money("profitContribution.profit", "이익: 수익에서 거래비용, 캠페인비용, 기타비용을 뺀 금액", "Profit: revenue less transaction, campaign and other costs"),
		s.number("profitContribution.share", "share of 1", "이익기여도: 전체 이익에서 차지하는 비율", "Share of all profit"),
		s.number("profitContribution.rankShare", "share of 1", "이만큼 이상 이익을 낸 고객의 비율", "Share of those valued who bring as much profit or more"),
		s.count("profitContribution.decile", "tenth, 1 is best", "이익 십분위", "Decile by profit"),
		s.number("shareOfWallet.share", "share of 1", "지갑점유율: 1년 동안 쓰는 돈 가운데 우리에게서 쓴 비율", "Share of wallet: part of what the customer spends in a year that is spent here"),
		s.money("shareOfWallet.spent", "지난 365일의 구매 금액", "Revenue of the last 365 days"),
		s.money("shareOfWallet.total", "1년 동안 쓰는 돈: 설정에서 정한 항목의 값", "What the customer spends in a year in all, by the field that the settings name"),
		s.yesNo("shareOfWallet.beyond", "우리에게서 쓴 돈이 1년 동안 쓴다는 돈보다 많은지", "Whether more was bought here than the total says"),
	}, responseRates(s), []Field{
		s.text("noForecast", "아래 예측이 없는 까닭", "Why the forecasts below are missing"),
		s.number("pAlive", "probability", "아직 구매하는 고객일 확률", "Probability that the customer still buys"),
		s.count("expectedOrders.horizonDays", "days", "예측하는 기간", "Horizon of the expected orders"),
		s.number("expectedOrders.value", "orders", "그 기간의 예상 주문 건수", "Expected orders within the horizon; orders of one day are one"),
		s.money("expectedSpend", "예상 객단가", "Mean value of an order to come"),
		s.money("lifetimeValue", "평생가치", "Lifetime value"),
		s.text("lifecycleStage", "규칙으로 정한 라이프사이클 단계: "+lifecycleStages, "Lifecycle stage by the workspace's rules: "+lifecycleStages),
		s.text("lifecycleReason", "그 단계인 까닭", "Why the customer is in that stage"),
		s.field("lifecycleSince", Date, "그 단계가 된 날", "First day on which a rebuild found the stage"),
		s.text("lifecycleBefore", "지난달 말의 단계. 없으면 그때는 고객이 아니었어요", "Stage at the end of the month before; none for who was no customer then"),
	})}
}

// responseRates are a column for each channel by which messages are sent.
func responseRates(s source) (out []Field) {
	for _, c := range score.ResponseChannels {
		out = append(out, s.number("responses."+string(c), "share of 1", "반응점수: 지난 365일에 이 채널로 닿은 메시지에 반응한 비율, 전체 고객의 비율로 다듬은 값",
			"Response score: smoothed rate of responses to this channel's messages of the last 365 days"))
	}
	return out
}
