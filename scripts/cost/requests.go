package main

// What an API request takes beside its operation.
const (
	warm       = 0.008 // seconds of a function with one or two table calls; assumed, the deployed p50 is still to be measured
	warmWrite  = 0.020 // a transaction of a few items
	checked    = 0.1   // requests that find their credential not in the 30 s cache; a steady caller has fewer
	guarded    = 0.02  // requests for which the gateway asks the authorizer; assumed
	replyBytes = 1 << 10
	accessLine = 400
	pageBytes  = 12 << 10 // a page of 20 heads as JSON
)

// request is a call of the public API with an operation, at a function.
func request(function string, seconds float64, bytes float64, parts ...part) []part {
	return append([]part{
		{What: "API Gateway", Price: "api.http", Times: 1, Why: "infra/routes.go: an HTTP API, one request each"},
		{What: "function " + function, Function: function, Seconds: seconds, Times: 1, Why: "assumed warm; Go starts cold in about 0.1 s and seldom"},
		{What: "function authorizer", Function: "authorizer", Seconds: warm, Times: guarded, Why: "infra/routes.go: the gateway keeps its answer for five minutes, by the Authorization header"},
		{What: "check the credential", Op: "check an API key", Times: checked, Why: "cached for 30 s (docs/data-model.md); one request in ten pays"},
		{What: "CloudFront, the request", Price: "cdn.request", Times: 1, Why: "infra/console.go: the API stands behind the same distribution"},
		{What: "CloudFront, the reply", Price: "cdn.gb", Times: bytes / gb, Why: "the JSON; headers are not counted"},
		{What: "the gateway's log", Price: "logs.ingest", Times: accessLine / float64(gb), Why: "infra/routes.go: a line a request"},
	}, parts...)
}

// feed is what the change feed takes for committed items: reading is free, running is not.
func feed(records float64) part {
	const (
		batch = 20 // of at most 100 (shared/catalogue); without a window, a quiet stream brings fewer
		run   = 0.015
	)
	return part{What: "function changefeed", Function: "changefeed", Seconds: run, Times: records / batch,
		Why: "one record an item written; about 20 to a run assumed"}
}

// What a delta of a lake holds, in records of the feed.
const (
	quiet = 14  // two requests' within the window of two seconds: a million requests a month are one in 2.6 s
	busy  = 500 // of at most 1,000 (shared/catalogue), while a job runs
)

// lakeRun and lakePut are what committed items take on their way into the lake, so many to a delta.
func lakeRun(records, batch float64) part {
	return part{What: "function lakefeed", Function: "lakefeed", Seconds: 0.05 + batch*0.00005, Times: records / batch,
		Why: "functions/lakefeed: the rows of a batch, and one put; 0.05 s of S3 assumed"}
}

func lakePut(records, batch float64) part {
	return part{What: "a delta in S3", Price: "s3.put", Times: records / batch, Why: "one object for each workspace and batch"}
}

func requests() []scenario {
	return []scenario{
		{ID: "api.read", Title: "API: read one customer", Shown: 1e6, Of: "requests",
			Parts: request("customers", warm, replyBytes, part{What: "read", Op: "read", Times: 1, Why: "functions/customers: one get"})},
		{ID: "api.list", Title: "API: the first 20 customers", Shown: 1e6, Of: "requests",
			Parts: request("customers", 2*warm, pageBytes, part{What: "list", Op: "list, newest first", Times: 1, Why: "four shards are asked and merged"})},
		{ID: "api.create", Title: "API: create a customer, with an Idempotency-Key", Shown: 1e6, Of: "requests",
			Parts: request("customers", warmWrite, replyBytes,
				part{What: "create", Op: "create, with e-mail, phone and externalId", Times: 1, Why: "one transaction of five items"},
				part{What: "claim the key", Op: "write a note", Times: 1, Why: "one small item in ops without an index entry, as a note is in crm"},
				part{What: "keep the reply", Op: "write a note", Times: 1, In: true, Why: "the same, in the effect's own transaction"},
				feed(7), lakeRun(6, quiet), lakePut(6, quiet))},
		{ID: "api.order", Title: "API: record an order, with externalId", Shown: 1e6, Of: "requests",
			Parts: request("orders", warmWrite, replyBytes,
				part{What: "record", Op: "record an order, with externalId", Times: 1, Why: "one transaction of three items"},
				part{What: "claim the key", Op: "write a note", Times: 1, Why: "as above"},
				part{What: "keep the reply", Op: "write a note", Times: 1, In: true, Why: "as above"},
				feed(5), lakeRun(4, quiet), lakePut(4, quiet))},
	}
}
