package main

import (
	"github.com/dangol/dangol/shared/table"
)

// scenario is something that happens, with what it takes. Its parts are counted for one; Shown says for how many the report speaks.
type scenario struct {
	ID    string
	Title string
	Note  string
	Shown float64
	Of    string // what one is: "messages"
	Parts []part
}

// part is one thing that a scenario takes, of exactly one of the kinds.
type part struct {
	What string
	Why  string // where the count comes from

	Op       string // an operation of docs/data-model.md
	Price    string // a line of prices.json
	Function string // a run of a row of the catalogue, with its log
	Scenario string // another scenario

	Times   float64
	Seconds float64 // of a function's run

	// How an operation is written: so many records a transaction (0 is one), inside another operation's transaction, with so many more checks and
	// counters than the table has.
	Batch float64
	In    bool
	More  int

	// Step is the piece of code that spends it; metered_test.go runs that code on the engine with the meter and compares.
	Step string
}

// inTransaction and alone are what a small item without an index costs to write.
func inTransaction() float64 { return table.WriteUnits(&table.Item{}, &table.Item{}, true) }
func alone() float64         { return table.WriteUnits(&table.Item{}, &table.Item{}, false) }

// writeUnits returns what the operation writes per record, as the code batches it.
func (p part) writeUnits(o operation) float64 {
	w := o.Write
	if (p.In || p.Batch > 1) && o.Writes == 1 {
		w += inTransaction() - alone() // the table has it written alone
	}
	if p.Batch > 1 {
		w -= float64(o.Shared) * inTransaction() * (1 - 1/p.Batch)
		w += float64(p.More) * inTransaction() / p.Batch
	} else {
		w += float64(p.More) * inTransaction()
	}
	return w
}

// months are thirty days here.
const (
	days    = 30
	minutes = days * 24 * 60
	gb      = 1 << 30
)

// scenarios returns all of them, those that others are made of first.
func scenarios() []scenario {
	return append(append(append(requests(), works()...), campaigns()...), months()...)
}
