package tenants

// PlanID names a plan.
type PlanID string

// The plans.
const (
	Free     PlanID = "free"
	Team     PlanID = "team"
	Business PlanID = "business"
	Local    PlanID = "local" // one's own machine
)

// Plan is what a tenant may use. A new limit is a new field here and one place that asks for it.
type Plan struct {
	ID          PlanID
	CallsPer10s int // public API calls per 10 s and credential; 100 is promised on every plan
	APIKeys     int // API keys at a time
}

// plans is the table of all plans.
var plans = map[PlanID]Plan{
	Free:     {ID: Free, CallsPer10s: 100, APIKeys: 10},
	Team:     {ID: Team, CallsPer10s: 500, APIKeys: 50},
	Business: {ID: Business, CallsPer10s: 2_000, APIKeys: 100},
	Local:    {ID: Local, CallsPer10s: 1_000_000, APIKeys: 100},
}

// PlanOf returns a plan; the free one for a name that is not known, so that a plan taken off the table limits instead of freeing.
func PlanOf(id PlanID) Plan {
	if p, ok := plans[id]; ok {
		return p
	}
	return plans[Free]
}
