package score

import (
	"math"
	"time"

	"github.com/shopspring/decimal"

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

// wallets adds the share of wallet to everybody whose total spend is known.
func (c *computation) wallets(customers []Input, scores []Score) {
	from := c.today.AddDate(0, 0, 1-WalletDays)
	start := time.Date(from.Year(), from.Month(), from.Day(), 0, 0, 0, 0, c.zone).UnixMilli()
	for i := range customers {
		if customers[i].TotalSpend > 0 {
			scores[i].ShareOfWallet = c.wallet(&customers[i], start)
		}
	}
}

func (c *computation) wallet(in *Input, start int64) *Wallet {
	var spent int64
	for _, o := range in.Orders {
		if o.Currency == c.code && o.At >= start && o.At < c.end {
			spent += o.Units
		}
	}
	amount := func(units int64) money.Money {
		return money.Money{Amount: decimal.New(units, -4), Currency: c.currency}
	}
	share := float64(spent) / float64(in.TotalSpend)
	return &Wallet{Share: math.Min(1, math.Max(0, share)), Spent: amount(spent), Total: amount(in.TotalSpend), Beyond: share > 1}
}
