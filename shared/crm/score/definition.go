package score

import (
	"cmp"
	"strings"
)

// Definition is the text that stands beside the scores, in Korean ("ko") or English: what is counted, how the scores are formed, and what they cannot say.
//
// RFM in fifths is described by Hughes, "Strategic Database Marketing", whose own coding is nested; see Coding.
func Definition(coding Coding, language string) string {
	text, of := definitionEn, codingsEn
	if language == "ko" {
		text, of = definitionKo, codingsKo
	}
	return strings.Replace(text, "{coding}", of[cmp.Or(coding, Independent)], 1)
}

var codingsKo = map[Coding]string{
	Independent: `점수는 구매 고객을 각 값으로 따로 줄 세워 다섯 등분한 1~5점이고 5점이 가장 좋아요(독립 5분위). 점수 = 1 + ⌊5 × (나보다 낮은 고객 수 + 같은 고객 수 ÷ 2) ÷ 구매 고객 수⌋이며, 같은 값은 같은 점수를 받아요.
R 안에서 F를, F 안에서 M을 다시 나누는 중첩 5분위와는 다른 방식이에요.`,
	Nested: `점수는 1~5점이고 5점이 가장 좋아요(중첩 5분위). R은 구매 고객 전체를, F는 R이 같은 고객끼리, M은 R과 F가 같은 고객끼리 다섯 등분해요. 점수 = 1 + ⌊5 × (나보다 낮은 고객 수 + 같은 고객 수 ÷ 2) ÷ 그 안의 고객 수⌋이며, 같은 값은 같은 점수를 받아요.
그래서 F와 M의 점수는 R이 같은 고객끼리만 견줄 수 있어요.`,
	Fixed: `점수는 설정에 정한 경계값으로 매긴 1~5점이고 5점이 가장 좋아요. 경계값이 그대로면 달이 바뀌어도 점수의 뜻이 같지만, 비어 있는 칸이 생길 수 있어요.`,
}

var codingsEn = map[Coding]string{
	Independent: `Scores are fifths from 1 to 5, 5 being best, of the buyers ranked by each value on its own (independent quintiles): score = 1 + floor(5 × (buyers below + buyers equal / 2) / buyers). Equal values get equal scores.
This is not the nested coding, which cuts F within each R and M within each F.`,
	Nested: `Scores are fifths from 1 to 5, 5 being best, nested: R of all buyers, F of those with the same R, M of those with the same R and F. Score = 1 + floor(5 × (buyers below + buyers equal / 2) / buyers), each within its group. Equal values get equal scores.
So an F or M can be compared only between customers with the same R.`,
	Fixed: `Scores from 1 to 5, 5 being best, are cut at the bounds of the workspace's settings. They mean the same from month to month as long as the bounds stay, and cells can be empty.`,
}

const definitionKo = `기준일까지의 주문만 봐요. 기준일은 워크스페이스 시간대의 하루 전체이고, 그 뒤의 주문은 없는 것으로 봐요.
R(최근성)은 마지막 주문일부터 기준일까지의 날수, F(빈도)는 주문 건수(같은 날의 주문도 따로 세요), M(금액)은 워크스페이스 통화로 받은 금액의 합이에요.
환불(음수 금액)은 M만 줄이고 주문으로 세지 않아요. 다른 통화의 금액은 더하지 않고 따로 보여 줘요.
{coding}
한 번도 구매하지 않은 고객, 구매 고객이 5명보다 적은 워크스페이스는 '데이터 부족'으로 보여 줘요.
수익기여도는 전체 금액에서 그 고객이 차지하는 비율이에요. 원가와 비용은 들어 있지 않고, 앞으로의 구매를 말해 주지 않아요.
이익기여도는 이익이 전체 이익에서 차지하는 비율이에요. 이익 = 수익 − 거래비용 − 캠페인비용 − 기타비용. 거래비용은 주문 금액의 비율과 건당 금액(환불해도 돌려받지 않아요), 기타비용은 수익의 비율이고 설정에서 정해요.
캠페인비용은 캠페인에 쓴 비용을 도착한 메시지 수로 똑같이 나눈 값이에요. 도착이 확인되지 않은 캠페인의 비용과 다른 통화의 비용은 들어 있지 않아요.
비용은 상품마다가 아니라 워크스페이스의 비율로 셈해요. 순위는 구매했거나 비용을 들여 연락한 고객 사이의 순위예요. 출처: Mulhern, Journal of Interactive Marketing 13 (1999).
응답 점수는 지난 365일에 도착한 메시지에 응답(열기, 클릭, 구매)한 비율을 수단마다 전체 고객의 비율 쪽으로 당긴 값이에요(경험적 베이즈, 적률법으로 맞춘 베타 사전분포). 메시지가 적을수록 더 당겨져요. 열기는 다 보이지 않고, 도착이 확인되지 않은 메시지는 세지 않아요. 출처: Kleinman, Journal of the American Statistical Association 68 (1973).
지갑점유율은 지난 365일의 구매 금액(환불을 뺀)을 그 고객이 1년 동안 이런 데 쓰는 돈으로 나눈 값이에요. 쓰는 돈은 설정에서 정한 금액 항목의 값이고, 모르는 고객은 어림하지 않아요. 1을 넘으면 1로 보여 주고, 적어 둔 돈이 적다는 뜻이에요. 출처: Cooil 외, Journal of Marketing 71 (2007).`

const definitionEn = `Only orders up to the as-of day count. That day counts whole, in the workspace's time zone; later orders are taken as not there.
R (recency) is the number of days from the last order to the as-of day, F (frequency) the number of orders (two on one day are two), M (monetary) the sum paid in the workspace's currency.
Refunds (negative totals) lower M and are no orders. Amounts in other currencies are never added; they are shown apart.
{coding}
Customers who never bought, and workspaces with fewer than 5 buyers, are shown as "not enough data".
Revenue contribution is the customer's share of all revenue. It holds no costs and says nothing about purchases to come.
Profit contribution is the customer's share of all profit. Profit = revenue − transaction cost − campaign cost − other cost. Transaction cost is a percentage of an order and an amount per order (a refund gives neither back), other cost a percentage of revenue, as the settings say.
Campaign cost is what a campaign cost, shared out evenly over its delivered messages. Costs of campaigns without a confirmed delivery, and costs in other currencies, are left out.
Costs are the workspace's rates, not those of each product. The rank is among customers who bought or were contacted at a cost. Source: Mulhern, Journal of Interactive Marketing 13 (1999).
The response score of a channel is the rate at which messages delivered in the last 365 days were answered (opened, clicked, bought by), drawn to the rate of all customers, the more the fewer messages there were (empirical Bayes, a beta prior fitted by moments). Not all openings are seen, and messages without a confirmed delivery do not count. Source: Kleinman, Journal of the American Statistical Association 68 (1973).
Share of wallet is the revenue of the last 365 days, refunds taken off, divided by what the customer spends in a year on such things in all. That is the custom field of money that the settings name; nothing is estimated for customers without it. A share above 1 is shown as 1 and says that the field is too low. Source: Cooil et al., Journal of Marketing 71 (2007).`
