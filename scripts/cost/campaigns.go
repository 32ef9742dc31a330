package main

import (
	"math"

	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/store"
)

// What is assumed of a campaign.
const (
	audience   = 100_000
	opened     = 0.3
	clicked    = 0.03
	delivered  = 1.0   // reports a message: SES tells of each delivery once
	sendSecond = 100.0 // messages a second and worker: ten calls of SES under way (ses.defaultConcurrency) at 0.1 s each
	planSecond = 4000.0
)

// Bytes of a message's row; metered_test.go holds them against the meter.
const (
	plannedRow  = 200
	acceptedRow = 382
)

// tallyPage is how many tallies HasPending reads at a time.
const tallyPage = 16

// perTx is how many messages a transaction carries: a chunk is cut into slices of at most store.MaxMoves, the last of which is shorter.
func perTx() float64 {
	slices := math.Ceil(message.ChunkSize / float64(store.MaxMoves))
	return message.ChunkSize / slices
}

func campaigns() []scenario {
	return []scenario{campaign(audience), kept(), followed()}
}

// campaign is a message of a campaign to so many people.
func campaign(people int) scenario {
	const chunk = 1.0 / message.ChunkSize
	tallies := math.Max(1, float64(message.Chunks(people))/tallyPage) // pages that HasPending reads when nothing is pending any more
	tx := perTx()
	s := scenario{ID: "message", Title: "Messages of a campaign, from launch to opens", Shown: 1e6, Of: "messages",
		Note: "100,000 to a campaign, each delivery reported, 30 % opened, 3 % clicked"}
	s.Parts = []part{
		{What: "find the audience: the lake's parts", Price: "s3.get", Times: 60.0 / 1e6, Why: "campaignplan/audience.go: one question, about sixty parts of a million customers and their orders"},
		{What: "plan", Op: "plan one message", Times: 1, Batch: tx, More: 1, Step: "plan", Why: "write.go slice: the tally and the epoch's check once a transaction"},
		{What: "function campaignplan", Function: "campaignplan", Seconds: 240, Times: 1 / (240 * planSecond), Why: "hops of four minutes; the rate is assumed"},
		{What: "read the chunk", Price: "ddb.read", Times: plannedRow / 4096.0, Step: "send", Why: "run.go open: one query a chunk"},
		{What: "read the receiver", Op: "read", Times: 1, Step: "send", Why: "claim.go facts: customers in batches of 100"},
		{What: "read what stands against the address", Op: "read what stands against an address", Times: 1, Step: "send", Why: "claim.go facts"},
		{What: "claim", Op: "claim one message", Times: 1, Batch: tx, Step: "send", Why: "claim.go: the epoch's check once a transaction"},
		{What: "record the acceptance", Op: "record that it was accepted", Times: 1, Batch: tx, Step: "send", Why: "record.go: the tally once a transaction"},
		{What: "control and end of each chunk", Op: "read a message", Times: 2 * chunk, Step: "send", Why: "campaignsend.go: the control before, sending.Finish after"},
		{What: "function campaignsend", Function: "campaignsend", Seconds: message.ChunkSize / sendSecond, Times: chunk, Why: "one run a chunk, ten calls of SES at once, 0.1 s each (assumed)"},
		{What: "queue of chunks", Price: "sqs.request", Times: 3 * chunk, Why: "send, receive, delete"},
		{What: "SES", Price: "ses.message", Times: 1, Why: "one message to one receiver"},
		{What: "SES, as the workspace's tenant", Price: "ses.tenantmail", Times: 1, Why: "infra/settings.go Tenants: on in prod"},
		feed(3 + 2*delivered + 3*opened + 3/tx),
		lakeRun(3+2*delivered+3*opened+3/tx, busy), lakePut(3+2*delivered+3*opened+3/tx, busy),
	}
	s.Parts = append(s.Parts, reported(tallies)...)
	s.Parts = append(s.Parts, responses()...)
	return s
}

// reported is what the provider's report of a delivery takes.
func reported(tallies float64) []part {
	return []part{
		{What: "SES's report", Price: "events.event", Times: delivered, Why: "EventBridge to the queue outcomes (shared/mail/sesevent)"},
		{What: "queue of outcomes", Price: "sqs.request", Times: delivered * 1.4, Why: "one send; receive and delete in batches, five assumed"},
		{What: "function outcomes", Function: "outcomes", Seconds: 0.15, Times: delivered / 5, Why: "batches of five, 30 ms each, assumed"},
		{What: "read control and message", Op: "read a message", Times: 3 * delivered, Step: "delivered", Why: "outcomes.go fold: control, message; sending.Finish: control again"},
		{What: "look whether all is sent", Op: "read the books of a campaign", Times: delivered * tallies, Step: "delivered",
			Why: "HasPending: pages of 16 tallies; all of them once nothing is pending"},
		{What: "fold the report", Op: "record that it was accepted", Times: delivered, Step: "delivered", Why: "the same shape: message with its index entry, and the tally; one transaction each"},
	}
}

// responses are openings and clicks: requests of receivers.
func responses() []part {
	const each = opened + clicked
	return []part{
		{What: "opens and clicks: API Gateway", Price: "api.http", Times: each, Why: "the pixel and the links"},
		{What: "opens and clicks: CloudFront", Price: "cdn.request", Times: each, Why: "before the gateway"},
		{What: "opens and clicks: function tracking", Function: "tracking", Seconds: warmWrite, Times: each, Why: "assumed"},
		{What: "read message and links", Op: "read a message", Times: opened + 2*clicked, Why: "tracking: the message; for a click the snapshot too"},
		{What: "note the response", Op: "record that it was accepted", Times: each, Step: "opened", Why: "message and tally"},
		{What: "tell the timeline", Op: "write a note", Times: each, In: true, Step: "opened", Why: "shared/sending/respond.go tell, in the same transaction"},
	}
}

// kept is what messages cost that lie there.
func kept() scenario {
	const row = 2*acceptedRow + 200 // the row and its entry in the index by customer, with DynamoDB's 100 bytes an item each
	return scenario{ID: "kept", Title: "Messages kept for a month", Shown: 1e6, Of: "messages", Parts: []part{
		{What: "table and index", Price: "ddb.storage", Times: row / float64(gb), Why: "382 bytes a row, twice, and 100 bytes of DynamoDB's own each"},
		{What: "point-in-time recovery", Price: "ddb.pitr", Times: (acceptedRow + 100) / float64(gb), Why: "of the table without its indexes"},
	}}
}

// followed is the week in which orders count as a campaign's.
func followed() scenario {
	const looks = 7 * 24 * 4 // sending.followEvery is 15 minutes, Attribution 7 days
	const orders = 1000      // in that week; each look reads those so far, so half of them on average
	return scenario{ID: "followed", Title: "Looking for the buyers of a campaign, for a week", Shown: 1, Of: "campaigns", Note: "1,000 orders in that week; it grows with looks times orders", Parts: []part{
		{What: "take the date, put the next", Op: "take a date and put the next", Times: 2 * looks, Why: "once by schedule, which asks for the look, once by campaignplan after it (look.go)"},
		{What: "control, books, settings", Op: "read a message", Times: 8 * looks, Why: "shared/sending/tend.go Tend; the meter said 8 for three chunks"},
		scanned("orders since the launch", orderEntry, looks*orders/2, "Sold: OrdersBetween, from the launch on, every time"),
		{What: "messages of the buyers", Op: "read a message", Times: looks * orders, Why: "Sold and noteBuyers: each buyer's message, twice, half of the orders on average"},
		{What: "the frozen list", Price: "s3.get", Times: looks, Why: "contacts: the whole list, every time"},
		{What: "function schedule", Function: "schedule", Seconds: 0.2, Times: looks / 10.0, Why: "ten dates to a call, assumed"},
		{What: "queue of plans", Price: "sqs.request", Times: 3 * looks, Why: "send, receive, delete a look"},
		{What: "function campaignplan", Function: "campaignplan", Seconds: 0.5, Times: looks, Why: "a look each, assumed"},
	}}
}
