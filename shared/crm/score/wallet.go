package score

import (
	"math"

	"github.com/dangol/dangol/shared/crm/money"
)

// WalletDays is how many days, the as-of day being the last, the revenue of a share of wallet is of.
const WalletDays = 365

// Wallet is a customer's share of wallet: how much of what they spend in a year on what the business sells, wherever they buy it, they spend here.
//
//	share = revenue of the last WalletDays, refunds taken off / total spend of a year
//
// Total spend is what the workspace knows of it, from the customer's own word or an estimate, in the custom field of money that its settings name; both are in the
// workspace's currency. Source: Cooil, Keiningham, Aksoy and Hsu, "A Longitudinal Analysis of Customer Satisfaction and Share of Wallet", Journal of Marketing 71
// (2007). Limits: it is as good as the field, which grows old; a share above 1 is shown as 1 and says that the field is too low; nothing is estimated for others.
type Wallet struct {
	Share  float64     `json:"share" doc:"0 to 1."`
	Spent  money.Money `json:"spent" doc:"Revenue of the last 365 days, in the workspace's currency."`
	Total  money.Money `json:"total" doc:"What the customer spends in a year in all, by the custom field that the settings name."`
	Beyond bool        `json:"beyond" doc:"More was bought here than the total says: the total is too low."`
}

// wallet is the share of somebody who spent so much here, and so much in all.
func (l *List) wallet(spent, total int64) Wallet {
	share := float64(spent) / float64(total)
	return Wallet{Share: math.Min(1, math.Max(0, share)), Spent: l.money(spent), Total: l.money(total), Beyond: share > 1}
}
