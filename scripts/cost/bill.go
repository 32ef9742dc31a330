package main

import (
	"fmt"

	"github.com/dangol/dangol/shared/catalogue"
)

// book is what a bill is reckoned from.
type book struct {
	prices *priceList
	units  units
}

func openBook(modelFile string) (*book, error) {
	prices, err := readPrices(pricesFile)
	if err != nil {
		return nil, err
	}
	u, err := readUnits(modelFile)
	if err != nil {
		return nil, err
	}
	return &book{prices, u}, nil
}

// bill is what a scenario costs, for as many as it is shown.
type bill struct {
	ID    string  `json:"id"`
	Title string  `json:"title"`
	Note  string  `json:"note,omitempty"`
	Shown float64 `json:"shown"`
	Of    string  `json:"of"`
	Read  float64 `json:"readUnits"`
	Write float64 `json:"writeUnits"`
	USD   float64 `json:"usd"`
	Lines []line  `json:"parts"`
}

// line is a part of a bill.
type line struct {
	What  string  `json:"what"`
	Why   string  `json:"why"`
	Times float64 `json:"times"`
	Read  float64 `json:"readUnits,omitempty"`
	Write float64 `json:"writeUnits,omitempty"`
	USD   float64 `json:"usd"`
}

// bills reckons scenarios in order; a scenario may be made of those before it.
func (b *book) bills(all []scenario) ([]bill, error) {
	var out []bill
	known := map[string]bill{}
	for _, s := range all {
		if _, twice := known[s.ID]; twice {
			return nil, fmt.Errorf("scenario %s stands twice", s.ID)
		}
		one, err := b.bill(s, known)
		if err != nil {
			return nil, fmt.Errorf("scenario %s: %w", s.ID, err)
		}
		known[s.ID] = one
		out = append(out, one)
	}
	return out, nil
}

func (b *book) bill(s scenario, known map[string]bill) (bill, error) {
	out := bill{ID: s.ID, Title: s.Title, Note: s.Note, Shown: s.Shown, Of: s.Of}
	for _, p := range s.Parts {
		p.Times *= s.Shown
		l, err := b.line(p, known)
		if err != nil {
			return out, fmt.Errorf("%s: %w", p.What, err)
		}
		out.Lines = append(out.Lines, l)
		out.Read, out.Write, out.USD = out.Read+l.Read, out.Write+l.Write, out.USD+l.USD
	}
	return out, nil
}

func (b *book) line(p part, known map[string]bill) (line, error) {
	l := line{What: p.What, Why: p.Why, Times: p.Times}
	if kinds(p) != 1 {
		return l, fmt.Errorf("a part is of exactly one kind")
	}
	var err error
	switch {
	case p.Op != "":
		err = b.operation(&l, p)
	case p.Function != "":
		l.USD, err = b.function(p)
	case p.Scenario != "":
		err = other(&l, p, known)
	default:
		var each float64
		each, err = b.prices.of(p.Price)
		l.USD = p.Times * each
		if p.Price == "ddb.read" {
			l.Read = p.Times
		}
	}
	return l, err
}

func kinds(p part) (n int) {
	for _, s := range []string{p.Op, p.Price, p.Function, p.Scenario} {
		if s != "" {
			n++
		}
	}
	return n
}

func (b *book) operation(l *line, p part) error {
	o, ok := b.units[p.Op]
	if !ok {
		return fmt.Errorf("no operation %q in the data model", p.Op)
	}
	read, err := b.prices.of("ddb.read")
	if err != nil {
		return err
	}
	write, err := b.prices.of("ddb.write")
	l.Read, l.Write = p.Times*o.Read, p.Times*p.writeUnits(o)
	l.USD = l.Read*read + l.Write*write
	return err
}

// logBytes is what a run leaves in its log: Lambda's start, end and report lines as JSON, and one of our own.
const logBytes = 1000

// function is the price of runs: requests, memory by time, and their log, taken in and kept for the month that infra sets.
func (b *book) function(p part) (usd float64, err error) {
	row, ok := rowOf(p.Function)
	if !ok {
		return 0, fmt.Errorf("no function %q in the catalogue", p.Function)
	}
	second := "lambda.arm"
	if row.Cgo {
		second = "lambda.x86"
	}
	logged := float64(logBytes) / gb
	for _, part := range []struct {
		price string
		times float64
	}{{"lambda.request", 1}, {second, p.Seconds * float64(row.MemoryMB) / 1024}, {"logs.ingest", logged}, {"logs.storage", logged}} {
		each, err := b.prices.of(part.price)
		if err != nil {
			return 0, err
		}
		usd += part.times * each * p.Times
	}
	return usd, nil
}

func rowOf(name string) (catalogue.Function, bool) {
	for _, r := range catalogue.Rows() {
		if r.Name == name {
			return r, true
		}
	}
	return catalogue.Function{}, false
}

func other(l *line, p part, known map[string]bill) error {
	s, ok := known[p.Scenario]
	if !ok {
		return fmt.Errorf("no scenario %q before this one", p.Scenario)
	}
	share := p.Times / s.Shown
	l.Read, l.Write, l.USD = s.Read*share, s.Write*share, s.USD*share
	return nil
}
