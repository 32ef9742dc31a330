package main

import "github.com/dangol/dangol/shared/store"

// Bytes of what scans and queries read, of typical records; metered_test.go holds them against the engine's meter.
const (
	customerEntry = 384 // in the list that scans read
	orderEntry    = 337
	scoreEntry    = 740 // with forecasts, which take 500 buyers; 564 without
	ordersEach    = 3   // orders a customer has had, as in the benchmarks
)

// scanned is the read of an index's entries of so many bytes each: a page is charged by its bytes, half price.
func scanned(what string, bytes, times float64, why string) part {
	const perUnit = 2 * 4096
	return part{What: what, Price: "ddb.read", Times: times * bytes / perUnit, Why: why}
}

func works() []scenario {
	return []scenario{importing(), bulk(), rebuild()}
}

func importing() scenario {
	const rowsASecond = 1000 // what two journal partitions take; see docs/scale.md
	return scenario{ID: "import", Title: "Import customers from a file: check and commit", Shown: 1e6, Of: "rows", Parts: []part{
		{What: "look up who has the key, checking", Op: "find by e-mail, who has it", Times: 1, Step: "import", Why: "functions/importwork/check.go: one unique item a row"},
		{What: "look it up again, committing", Op: "find by e-mail, who has it", Times: 1, Step: "import", Why: "customers.go lookup: externalId, else e-mail"},
		{What: "bring in the row", Op: "bring in a row: a new customer with its undo record", Times: 1, Step: "import", Why: "commit.go: one transaction a row"},
		{What: "function importwork", Function: "importwork", Seconds: 240, Times: 2.0 / (240 * rowsASecond), Why: "hops of four minutes, twice over the file; at 1,000 rows/s, the journal's bound"},
		feed(6), lakeRun(6, busy), lakePut(6, busy),
		{What: "queue", Price: "sqs.request", Times: 3 * 2.0 / (240 * rowsASecond), Why: "send, receive, delete a hop"},
		{What: "file in and out of S3", Price: "s3.get", Times: 2.0 / (240 * rowsASecond), Why: "one ranged get a hop"},
	}}
}

func bulk() scenario {
	const piece = 48        // customers in a transaction: two operations each
	const rowsASecond = 480 // assumed: ten transactions of nearly a hundred operations in a second, one after the other
	return scenario{ID: "bulk", Title: "Change customers in bulk: a tag for each", Shown: 1e6, Of: "customers", Parts: []part{
		{What: "read the customers", Op: "read 2 by id", Times: 0.5, Why: "functions/exportwork/bulkwork/piece.go: a batch get a piece"},
		{What: "change each, told in the timeline", Op: "change the name", Times: 1, Batch: piece, Why: "two items a customer, a piece in a transaction"},
		{What: "journal and job", Op: "keep what a piece of a bulk change did, with its job", Times: 1.0 / piece, Why: "in the piece's transaction"},
		{What: "function exportwork", Function: "exportwork", Seconds: 240, Times: 1.0 / (240 * rowsASecond), Why: "hops of four minutes; 480 customers/s is assumed"},
		feed(2), lakeRun(1, busy), lakePut(1, busy),
		{What: "queue", Price: "sqs.request", Times: 3.0 / (240 * rowsASecond), Why: "send, receive, delete a hop"},
	}}
}

func rebuild() scenario {
	const each = 60.0 / 1e6 // seconds a customer: docs/benchmarks, with the loading of the lake
	const bands = 0.05      // customers whose bands change in a night; assumed
	tx := float64(store.ScoresPerTx)
	return scenario{ID: "rebuild", Title: "One nightly rebuild of the scores", Shown: 1e6, Of: "customers", Note: "with ten orders each, out of the lake", Parts: []part{
		{What: "write the scores whose bands changed", Op: "put a score whose bands are the same", Times: bands, Batch: tx, Why: "store.ScoresPerTx in a transaction; the others stand in the lake and the book alone"},
		{What: "write a point of the history", Op: "write a note", Times: bands, In: true, Why: "one item more where the bands moved, in the same transaction"},
		{What: "function scorework", Function: "scorework", Seconds: 60, Times: each / 60, Why: "a minute for a million customers"},
		{What: "the lake's parts", Price: "s3.get", Times: 60.0 / 1e6, Why: "about sixty parts of a million customers and their orders"},
		{What: "scores into S3", Price: "s3.put", Times: 8.0 / 1e6, Why: "four parts, a book, a month, the manifest"},
		feed(2 * bands), lakeRun(bands, busy), lakePut(bands, busy),
		{What: "queue", Price: "sqs.request", Times: 3 * each / 240, Why: "send, receive, delete a hop"},
	}}
}
