// Package score says what each customer is worth by what they did: recency, frequency and revenue (RFM), and the share of the revenue that they bring.
package score

import (
	"time"

	"github.com/dangol/dangol/shared/crm/lifecycle"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/order"
)

// MinBuyers is how many customers must have bought before quintiles say anything.
const MinBuyers = 5

// Score is what is known of one customer at the end of a day. The fields of models are nil where no model was run or the data does not suffice: a score is
// never guessed.
type Score struct {
	AsOf string `json:"asOf"` // the last day counted, in the workspace's zone
	// NotEnoughData is set for a customer who never bought, and for all while fewer than MinBuyers did.
	NotEnoughData       bool          `json:"notEnoughData"`
	RFM                 *RFM          `json:"rfm,omitempty"` // nil for a customer who never bought
	RevenueContribution *Contribution `json:"revenueContribution,omitempty"`
	ProfitContribution  *Profit       `json:"profitContribution,omitempty" doc:"Of who bought, or was contacted at a cost; absent in scores from before there was one."`
	Responses           []Response    `json:"responses,omitempty" doc:"Response scores, one for each channel by which a message was delivered in the last 365 days."`
	ShareOfWallet       *Wallet       `json:"shareOfWallet,omitempty" doc:"Of who has a total spend in the custom field that the settings name."`
	// NoForecast says why the figures of the models below are missing.
	NoForecast     Reason       `json:"noForecast,omitempty" enum:"tooFewBuyers,tooShortHistory,tooFewRepeatBuyers,notConverged,neverBought"`
	PAlive         *float64     `json:"pAlive,omitempty"`         // probability that the customer still buys, 0 to 1
	ExpectedOrders *Expected    `json:"expectedOrders,omitempty"` // in the days to come; orders of one day are one
	ExpectedSpend  *money.Money `json:"expectedSpend,omitempty"`  // mean value of an order to come
	LifetimeValue  *money.Money `json:"lifetimeValue,omitempty"`  // see Terms
	// Standing is set by the rebuild, once the figures above are known.
	lifecycle.Standing
}

// RFM are the three figures and their quintiles, 5 being best; 0 while there is not enough data. See Definition.
type RFM struct {
	R             int         `json:"r"`
	F             int         `json:"f"`
	M             int         `json:"m"`
	DaysSinceLast int         `json:"daysSinceLast"`
	Orders        int         `json:"orders"`
	Revenue       money.Money `json:"revenue"`
	// BeforeR and BeforeF are those at the end of the month before; see Summary.MovedSince.
	BeforeR int `json:"beforeR,omitempty" doc:"R at the end of the month before; absent for who had not bought then, and where moves are not known."`
	BeforeF int `json:"beforeF,omitempty" doc:"F then."`
}

// Contribution is a customer's part of the revenue of all. Shares are between 0 and 1, negative for a customer who cost more than they brought.
type Contribution struct {
	Share     float64 `json:"share"`     // of all revenue
	RankShare float64 `json:"rankShare"` // share of the buyers who bring as much or more; 0.2 is among the best 20 %
	Decile    int     `json:"decile"`    // 1 is the best tenth
}

// Expected is a number of orders in a horizon.
type Expected struct {
	HorizonDays int     `json:"horizonDays"`
	Value       float64 `json:"value"`
}

// Input is a customer with all of their orders, in any order, and what else says where they stand.
type Input struct {
	CustomerID string
	Orders     []order.Sale
	Person     lifecycle.Person
	// CampaignCosts are what campaigns spent on the customer, one a currency.
	CampaignCosts []Cost
	// TotalSpend is what the customer spends in a year in all, in ten-thousandths of the workspace's currency; 0 where nobody knows. See Wallet.
	TotalSpend int64
	// Contacts are what was delivered to the customer, one a channel.
	Contacts []Contacts
}

// Summary is the picture of all customers at the end of a day.
type Summary struct {
	AsOf            string        `json:"asOf"`
	Customers       int           `json:"customers"`
	Buyers          int           `json:"buyers"` // customers with at least one order
	Orders          int           `json:"orders"`
	NotEnoughData   bool          `json:"notEnoughData"`
	Currency        string        `json:"currency"`
	Revenue         money.Money   `json:"revenue"`
	RFMGrid         []Cell        `json:"rfmGrid"` // 25 cells, r and f from 5 down to 1
	Coding          Coding        `json:"coding,omitempty" enum:"independent,nested,fixed" doc:"How R, F and M became scores; absent before it could be chosen, when it was independent."`
	MovedSince      string        `json:"movedSince,omitempty" format:"date" doc:"The end of the month before, which moves compares with; absent where its scores are not kept, or were coded otherwise."`
	Moves           []Move        `json:"moves,omitempty" doc:"How many went from which cell of the grid to which since then, those who stayed too."`
	Pyramid         Pyramid       `json:"pyramid"`
	OtherCurrencies []money.Money `json:"otherCurrencies"` // revenue in other currencies, in none of the figures above
	Profit          *money.Money  `json:"profit,omitempty" doc:"Of all who bought or were contacted at a cost: revenue less transaction, campaign and other costs."`
	OtherCosts      []money.Money `json:"otherCosts,omitempty" doc:"Campaign costs in other currencies, in no profit."`
}

// Cell is one field of the grid of recency by frequency.
type Cell struct {
	R         int         `json:"r"`
	F         int         `json:"f"`
	Customers int         `json:"customers"`
	Revenue   money.Money `json:"revenue"`
}

// Move is how many customers went from one cell of recency by frequency to another. 0 and 0 stand for no cell: who had not bought, was no customer, or is none any more.
type Move struct {
	FromR     int `json:"fromR"`
	FromF     int `json:"fromF"`
	ToR       int `json:"toR"`
	ToF       int `json:"toF"`
	Customers int `json:"customers"`
}

// Pyramid shows how revenue is spread over the buyers, the best first.
type Pyramid struct {
	Deciles []Tier `json:"deciles"` // tenths of the buyers
	Tiers   []Tier `json:"tiers"`   // the best 1 %, the next up to 5 %, up to 20 %, up to 50 %, the rest
	// TopFifthShare is the share of the revenue that the best 20 % of the buyers bring, the 20/80 line.
	TopFifthShare float64 `json:"topFifthShare"`
	// BuyersFor80 is the smallest share of the buyers, best first, that brings 80 % of the revenue.
	BuyersFor80 float64 `json:"buyersFor80"`
}

// Tier is a stretch of the buyers in order of revenue, from above FromPercent up to ToPercent of them.
type Tier struct {
	FromPercent int         `json:"fromPercent"`
	ToPercent   int         `json:"toPercent"`
	Customers   int         `json:"customers"`
	Revenue     money.Money `json:"revenue"`
	Share       float64     `json:"share"`      // of all revenue
	Cumulative  float64     `json:"cumulative"` // of all revenue, with the tiers above
}

// RebuildParams are what a rebuild is started with. AsOf lies in the last day to count; nil is the day on which the rebuild starts. Without a horizon it is
// DefaultHorizonDays, without a model the one of the workspace's settings.
type RebuildParams struct {
	AsOf        *time.Time `json:"asOf,omitempty"`
	HorizonDays int        `json:"horizonDays,omitempty"`
	Model       Model      `json:"model,omitempty"`
	// Replace shows a day before that of the present scores as the present all the same.
	Replace bool `json:"replace,omitempty"`
}
