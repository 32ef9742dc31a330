package lifecycle

// Words are a name and what it means.
type Words struct {
	Name    string `json:"name"`
	Meaning string `json:"meaning"`
}

// Explain says what a stage is called and means, in Korean ("ko") or English.
func Explain(s Stage, language string) Words {
	if language == "ko" {
		return stagesKo[s]
	}
	return stagesEn[s]
}

// Because says what a reason means, in Korean ("ko") or English.
func Because(r Reason, language string) string {
	if language == "ko" {
		return reasonsKo[r]
	}
	return reasonsEn[r]
}

var stagesKo = map[Stage]Words{
	Prospect:         {"잠재고객", "아직 구매한 적이 없고, 최근에 반응하지도 않은 고객이에요."},
	Respondent:       {"반응고객", "아직 구매하지 않았지만 최근에 메시지를 열거나 클릭한 고객이에요."},
	NewBuyer:         {"신규 구매고객", "첫 구매를 한 지 얼마 안 된 고객이에요. 한 번의 주문으로는 가치를 알 수 없어요."},
	HighValue:        {"고가치 구매고객", "가장 많은 매출이나 평생가치를 가져오는 고객이에요."},
	PotentialValue:   {"잠재가치 구매고객", "아직 고가치는 아니지만 그렇게 될 수 있는 고객이에요."},
	LowValue:         {"저가치 구매고객", "계속 구매하지만 위의 어느 것도 아닌 고객이에요."},
	ChurnedVoluntary: {"자발 이탈", "말없이 구매를 멈췄거나 떠나겠다고 한 고객이에요."},
	ChurnedForced:    {"비자발 이탈", "차단, 미납처럼 우리 쪽에서 거래를 끝낸 고객이에요."},
}

var stagesEn = map[Stage]Words{
	Prospect:         {"Prospect", "Has never bought, and has not responded of late."},
	Respondent:       {"Respondent", "Has not bought yet, but opened or clicked a message of late."},
	NewBuyer:         {"New buyer", "Bought for the first time not long ago. One order says nothing about value."},
	HighValue:        {"High value buyer", "Among those who bring the most revenue or lifetime value."},
	PotentialValue:   {"Potential value buyer", "Not yet of high value, but could come to be."},
	LowValue:         {"Low value buyer", "Goes on buying, and is none of the above."},
	ChurnedVoluntary: {"Churned, voluntary", "Stopped buying without a word, or said that they leave."},
	ChurnedForced:    {"Churned, forced", "The business ended it: blocked, not paid."},
}

var reasonsKo = map[Reason]string{
	NeverBought: "구매한 적이 없어요", Responded: "최근에 메시지를 열거나 클릭했어요", FirstPurchase: "첫 구매를 한 지 얼마 안 됐어요", TopRevenue: "매출 상위예요",
	TopLifetimeValue: "평생가치 상위예요", Frequent: "다른 고객보다 자주 구매해요", Buys: "계속 구매하고 있어요", FewBuyers: "비교할 구매 고객이 아직 적어요",
	MarkedLeft: "직접 자발 이탈로 표시했어요", Withdrew: "모든 수신동의를 철회했어요", WithdrewSilent: "모든 수신동의를 철회했고 구매도 멈췄어요",
	SilentByRhythm: "이 고객의 구매 주기로 보면 떠났을 가능성이 커요", SilentByDays: "정한 날수 동안 구매하지 않았어요", SilentNoModel: "예측할 데이터가 부족해서 날수로 봤어요: 그동안 구매하지 않았어요",
	SilentBoughtOnce: "하루만 구매해서 주기를 알 수 없어요. 그 뒤로 정한 날수 동안 구매하지 않았어요", MarkedEnded: "직접 비자발 이탈로 표시했어요", ForcedTag: "거래를 끝낸 고객의 태그가 있어요",
}

var reasonsEn = map[Reason]string{
	NeverBought: "Has never bought", Responded: "Opened or clicked a message of late", FirstPurchase: "The first purchase was not long ago", TopRevenue: "Among the top by revenue",
	TopLifetimeValue: "Among the top by lifetime value", Frequent: "Buys more often than most", Buys: "Goes on buying", FewBuyers: "Too few buyers yet to compare with",
	MarkedLeft: "Marked by hand as having left", Withdrew: "Took back every consent", WithdrewSilent: "Took back every consent and stopped buying",
	SilentByRhythm: "By their own rhythm they have most likely left", SilentByDays: "No order for the days of the rules", SilentNoModel: "Too little data for a forecast, so days decide: no order for that long",
	SilentBoughtOnce: "One day with a purchase is no rhythm, and there was no order since for the days of the rules", MarkedEnded: "Marked by hand as ended", ForcedTag: "Has a tag by which the business ended it",
}
