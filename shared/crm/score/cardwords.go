package score

// Words explain a model on its card: what it takes for granted, its formula in words, where it is published, and what it cannot say.
type Words struct {
	Says   string `json:"says"`
	Source string `json:"source"`
	Limits string `json:"limits"`
}

// Explain returns the words of a model in Korean ("ko") or English.
func Explain(m Model, language string) Words {
	if language == "ko" {
		return wordsKo[m]
	}
	return wordsEn[m]
}

// The sources, the same in both languages.
const (
	sourceBGNBD = "Fader, Hardie & Lee, “‘Counting Your Customers’ the Easy Way: An Alternative to the Pareto/NBD Model”, Marketing Science 24 (2005), " +
		"(6), (9), (10)"
	sourceMBGNBD = "Batislam, Denizel & Filiztekin, “Empirical validation and comparison of models for customer base analysis”, " +
		"International Journal of Research in Marketing 24 (2007)"
	sourceParetoNBD = "Schmittlein, Morrison & Colombo, “Counting Your Customers: Who Are They and What Will They Do Next?”, Management Science 33 (1987)"
	sourceSpend     = "Fader, Hardie & Lee, “RFM and CLV: Using Iso-Value Curves for Customer Base Analysis”, Journal of Marketing Research 42 (2005)"
)

var wordsEn = map[Model]Words{
	BGNBD: {"While active, a customer buys at a steady rate of their own; rates differ as a gamma distribution (r, α). After each repeat purchase they leave for good " +
		"with a probability of their own, beta distributed (a, b). P(active) = 1 ÷ (1 + a ÷ (b + x − 1) × ((α + T) ÷ (α + tx))^(r + x)), where x is the number of repeat " +
		"purchases, tx the weeks from the first to the last, T the weeks from the first to the as-of day.", sourceBGNBD,
		"Who bought once only is always taken as active, however long ago that was. Seasons, campaigns and prices are not seen."},
	MBGNBD: {"As BG/NBD, but a customer can leave after the first purchase already: P(active) = 1 ÷ (1 + a ÷ (b + x) × ((α + T) ÷ (α + tx))^(r + x)).", sourceMBGNBD,
		"Leaving is tied to purchases: nobody leaves in between. Seasons, campaigns and prices are not seen."},
	ParetoNBD: {"While active, a customer buys at a steady rate, gamma distributed (r, α), and can leave at any time, at a rate that is gamma distributed too (s, β).", sourceParetoNBD,
		"Where all customers leave at about the same rate there is no estimate. Seasons, campaigns and prices are not seen."},
	GammaGamma: {"The amounts of a customer vary around a mean of their own; means differ as a gamma distribution. Expected spend = p × (γ + x × own mean) ÷ (p × x + q − 1): " +
		"the own mean and that of all, weighted by how many repeat purchases speak for the own.", sourceSpend,
		"It holds only where how much a customer spends has nothing to do with how often they buy, and where their mean does not change with time."},
}

var wordsKo = map[Model]Words{
	BGNBD: {"활동하는 동안 고객마다 일정한 속도로 사고, 그 속도는 감마분포(r, α)로 서로 달라요. 다시 살 때마다 고객마다 다른 확률로 완전히 떠나고, 그 확률은 베타분포(a, b)예요. " +
		"활동 확률 = 1 ÷ (1 + a ÷ (b + x − 1) × ((α + T) ÷ (α + tx))^(r + x)). x는 첫 구매 뒤 다시 산 날수, tx는 첫 구매부터 마지막 구매까지의 주, T는 첫 구매부터 기준일까지의 주예요.",
		sourceBGNBD, "한 번만 산 고객은 아무리 오래되었어도 늘 활동하는 것으로 봐요. 계절, 캠페인, 가격은 보지 못해요."},
	MBGNBD: {"BG/NBD와 같지만 첫 구매 뒤에도 떠날 수 있어요. 활동 확률 = 1 ÷ (1 + a ÷ (b + x) × ((α + T) ÷ (α + tx))^(r + x)).",
		sourceMBGNBD, "떠나는 때가 구매한 순간뿐이라고 봐요. 계절, 캠페인, 가격은 보지 못해요."},
	ParetoNBD: {"활동하는 동안 일정한 속도로 사고(감마분포 r, α), 언제든 떠날 수 있으며 떠나는 속도도 감마분포(s, β)예요.",
		sourceParetoNBD, "모든 고객이 비슷한 속도로 떠나면 값을 구할 수 없어요. 계절, 캠페인, 가격은 보지 못해요."},
	GammaGamma: {"한 고객의 구매 금액은 자기 평균을 중심으로 달라지고, 평균은 고객마다 감마분포로 달라요. 예상 객단가 = p × (γ + x × 자기 평균) ÷ (p × x + q − 1). " +
		"자기 평균과 전체 평균을, 다시 산 횟수만큼 자기 쪽에 무게를 두어 섞어요.",
		sourceSpend, "얼마를 쓰는지가 얼마나 자주 사는지와 상관없고 평균이 시간에 따라 변하지 않을 때만 맞아요."},
}

// ForecastDefinition is the text that stands on the model card, in Korean ("ko") or English: what is counted and how the figures are formed.
func ForecastDefinition(language string) string {
	if language == "ko" {
		return forecastKo
	}
	return forecastEn
}

const forecastKo = `워크스페이스 통화로 받은 주문만 보고, 같은 날(워크스페이스 시간대)의 주문은 한 번의 구매로 세요. 다른 통화의 주문은 세지 않아요.
환불(음수 금액)은 그 앞의 구매에서 가장 가까운 것부터 빼고, 남는 금액이 없으면 그 구매는 없던 것으로 봐요.
활동 확률은 아직 떠나지 않았을 확률이고, 이탈 확률은 1에서 뺀 값이에요. 이탈 위험은 1/3보다 낮으면 낮음, 2/3보다 높으면 높음이에요.
예상 주문은 정한 기간 동안 주문할 날수의 기댓값, 예상 객단가는 그런 날 하루에 쓸 금액의 기댓값이에요.
평생가치는 앞으로 3년 동안의 예상 주문을 4주마다 연 할인율로 깎아 더하고 예상 객단가와 마진을 곱한 값이에요.
세 구매 모델을 모두 맞춰 보지만 고객의 값은 고른 모델 하나로만 내요. 괄호 안은 모수의 95% 신뢰구간이에요.
정확도는 앞의 2/3 기간만 알려 주고 맞춘 모델이 나머지 1/3을 얼마나 맞혔는지예요. 고객 한 사람의 앞날은 이보다 훨씬 많이 달라질 수 있어요.
구매 고객 500명, 180일, 다시 산 고객 50명이 되지 않으면 값을 내지 않아요.`

const forecastEn = `Only orders in the workspace's currency count, and those of one day (in its time zone) are one purchase. Orders in other currencies are left out.
A refund (a negative total) takes from the purchases before it, the latest first; a purchase of which nothing is left is taken as none.
P(active) is the probability that a customer has not left; churn is 1 minus it. The risk is low below 1/3 and high above 2/3.
Expected orders are the days with an order to expect in the horizon, expected spend what to expect of such a day.
Lifetime value is the expected orders of the next 3 years, discounted every four weeks at the yearly rate, times expected spend and margin.
All three models of purchases are fitted, but the customers' figures are of the chosen one alone. Brackets are 95% confidence intervals of the parameters.
Accuracy is how well a model that knew only the first two thirds of the days foretold the last third. A single customer can do very differently.
With fewer than 500 buyers, 180 days or 50 repeat buyers there are no figures.`
