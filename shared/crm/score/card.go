package score

// Model names a model of customer-base analysis as the API does.
type Model string

// The models: three of purchases, of which one is used, and the one of spend. Their formulas are in shared/crm/clv.
const (
	BGNBD      Model = "bgNbd"
	MBGNBD     Model = "mbgNbd"
	ParetoNBD  Model = "paretoNbd"
	GammaGamma Model = "gammaGamma"
)

// PurchaseModels lists those that can be chosen, the default first.
func PurchaseModels() []Model { return []Model{BGNBD, MBGNBD, ParetoNBD} }

// Reason says why there is no forecast.
type Reason string

// The reasons. NeverBought is of a single customer: no purchase in the workspace's currency by the as-of day.
const (
	TooFewBuyers       Reason = "tooFewBuyers"
	TooShortHistory    Reason = "tooShortHistory"
	TooFewRepeatBuyers Reason = "tooFewRepeatBuyers"
	NotConverged       Reason = "notConverged"
	NeverBought        Reason = "neverBought"
)

// Lack is what data lacks for a model: buyers, days or repeat buyers.
type Lack struct {
	Reason Reason `json:"reason" enum:"tooFewBuyers,tooShortHistory,tooFewRepeatBuyers,notConverged"`
	Have   int    `json:"have"`
	Need   int    `json:"need" doc:"0 for notConverged."`
}

// LifetimeYears is how far a lifetime value looks: what comes later is worth little after the discount and rests on nothing that was seen.
const LifetimeYears = 3

// DefaultHorizonDays is how far expected orders look where no rebuild says otherwise.
const DefaultHorizonDays = 365

// Terms say of which time and at what rates a forecast is.
type Terms struct {
	HorizonDays     int     `json:"horizonDays"`     // of expected orders
	LifetimeYears   int     `json:"lifetimeYears"`   // of lifetime value
	DiscountPercent float64 `json:"discountPercent"` // a year
	MarginPercent   float64 `json:"marginPercent"`   // part of the amount that is left after costs
}

// Card is the model card of a rebuild: which models were fitted on what, how sure their parameters are, how well each foretold days it had not seen, and
// which one the customers' forecasts are of. Times of parameters are in weeks.
type Card struct {
	AsOf          string      `json:"asOf"` // the last day counted, in the workspace's zone
	Currency      string      `json:"currency"`
	Chosen        Model       `json:"chosen" enum:"bgNbd,mbgNbd,paretoNbd" doc:"The model of purchases that the customers' forecasts are of."`
	ChosenBy      string      `json:"chosenBy" enum:"settings,rebuild" doc:"Whether the workspace's settings or the request of the rebuild named it."`
	Terms         Terms       `json:"terms"`
	NotEnoughData *Lack       `json:"notEnoughData,omitempty" doc:"Why no customer has a forecast; absent when they have."`
	Buyers        int         `json:"buyers" doc:"Customers with a purchase in the workspace's currency."`
	RepeatBuyers  int         `json:"repeatBuyers" doc:"Of these, who bought on more than one day."`
	Repeats       int         `json:"repeats" doc:"Days with a purchase after each buyer's first, of all."`
	From          string      `json:"from,omitempty" doc:"The first day with a purchase."`
	Days          int         `json:"days" doc:"From that day to the as-of day."`
	Models        []ModelFit  `json:"models" nullable:"false" doc:"The models of purchases, then that of spend; none while the data does not suffice."`
	Curve         []CurveWeek `json:"curve" nullable:"false" doc:"Cumulative repeat purchases, actual and expected by the chosen model that knew only the days up to the split."`
}

// ModelFit is one model as it was fitted.
type ModelFit struct {
	Model         Model       `json:"model" enum:"bgNbd,mbgNbd,paretoNbd,gammaGamma"`
	NotEnoughData *Lack       `json:"notEnoughData,omitempty" doc:"Why there are no parameters."`
	Parameters    []Parameter `json:"parameters" nullable:"false"`
	LogLikelihood float64     `json:"logLikelihood" doc:"Of all customers, without the constants that no parameter changes."`
	Customers     int         `json:"customers" doc:"Whose history was used; for spend the repeat buyers who paid."`
	Accuracy      *Accuracy   `json:"accuracy,omitempty" doc:"On the last third of the days; absent for spend and where the first two thirds do not suffice."`
	Unproven      *Lack       `json:"unproven,omitempty" doc:"Why there is no accuracy."`
}

// Parameter is an estimate with its 95 % confidence interval; the interval is absent where the data does not tell the parameters apart.
type Parameter struct {
	Name   string   `json:"name"`
	Value  float64  `json:"value"`
	StdErr *float64 `json:"stdErr,omitempty"`
	Low    *float64 `json:"low,omitempty"`
	High   *float64 `json:"high,omitempty"`
}

// Accuracy says how well a model that knew only the days up to the split foretold the repeat purchases after it.
type Accuracy struct {
	Split        string  `json:"split" doc:"The last day that the model knew."`
	End          string  `json:"end" doc:"The last day that was foretold."`
	Customers    int     `json:"customers" doc:"Who had bought by the split."`
	Predicted    float64 `json:"predicted" doc:"Repeat purchases after the split, of all of them."`
	Actual       int     `json:"actual"`
	ErrorPercent float64 `json:"errorPercent" doc:"100 (predicted - actual) / actual; negative where too little was foretold."`
	MeanError    float64 `json:"meanError" doc:"Mean over the customers of |predicted - actual|."`
	Correlation  float64 `json:"correlation" doc:"Pearson's, of the customers' predicted and actual purchases."`
}

// CurveWeek is a point of the curve, at the end of a day.
type CurveWeek struct {
	Day      string  `json:"day"`
	Actual   int     `json:"actual"`
	Expected float64 `json:"expected"`
}

// Proof is the accuracy of the chosen model, nil where there is none.
func (c *Card) Proof() *Accuracy {
	for i := range c.Models {
		if c.Models[i].Model == c.Chosen {
			return c.Models[i].Accuracy
		}
	}
	return nil
}

// Estimates are the parameters and log-likelihood of every model that was fitted, by the model's name.
func (c *Card) Estimates() map[Model]map[string]float64 {
	out := map[Model]map[string]float64{}
	for _, m := range c.Models {
		if m.NotEnoughData != nil {
			continue
		}
		of := map[string]float64{"logLikelihood": m.LogLikelihood}
		for _, p := range m.Parameters {
			of[p.Name] = p.Value
		}
		out[m.Model] = of
	}
	return out
}
