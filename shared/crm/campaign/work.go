package campaign

import "time"

// Task is what the planner is asked to do.
type Task string

// The tasks.
const (
	PlanMessages Task = "plan"     // freeze the audience if it is not yet, and write the messages
	AskAgain     Task = "resume"   // ask for the chunks that hold messages to send, and plan on if planning was cut short
	WithdrawRest Task = "withdraw" // cancel what is planned
	PlanFailed   Task = "retry"    // plan failed messages again
)

// Work is the parameter of a job of the planner.
type Work struct {
	Campaign string `json:"campaign"`
	Task     Task   `json:"task"`
}

// Look is the message that asks for a look at a campaign that is under way.
type Look struct {
	Tenant   string    `json:"tenant"`
	Campaign string    `json:"campaign"`
	Again    time.Time `json:"again"` // UTC; when the calendar asks again, unless this look sets another date
}
