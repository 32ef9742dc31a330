package main

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
)

// The document is read by people who do not run commands: it must be what the commands say.
func TestTheDocumentIsFresh(t *testing.T) {
	t.Chdir("../..")
	if err := run(nil, false, false, true); err != nil {
		t.Fatal(err)
	}
}

func TestRowsOfTheDataModel(t *testing.T) {
	for name, c := range map[string]struct {
		row  string
		want operation
		none bool
		bad  bool
	}{
		"a write of several items":  {row: "| claim | check crm `t#<t>` `ctl` if unchanged<br>put outreach `a` `b` |  | 4 |", want: operation{Name: "claim", Write: 4, Writes: 2, Shared: 1}},
		"a counter is shared":       {row: "| plan | put outreach `a` `b` if new<br>count outreach `t` `1` |  | 4 |", want: operation{Name: "plan", Write: 4, Writes: 2, Shared: 1}},
		"a read":                    {row: "| list | 4 × query crm index 1 PK = `x`, backwards | 2.5 |  |", want: operation{Name: "list", Read: 2.5}},
		"a key that reads like one": {row: "| read | get crm `put #x` `count` | 1 |  |", want: operation{Name: "read", Read: 1}},
		"the heading":               {row: "| operation | what it reads and writes | read units | write units |", none: true},
		"the line under it":         {row: "|---|---|--:|--:|", none: true},
		"words":                     {row: "### Customers", none: true},
		"no number":                 {row: "| list | query crm | many |  |", bad: true},
	} {
		t.Run(name, func(t *testing.T) {
			got, ok, err := parseRow(c.row)
			if (err != nil) != c.bad || !c.bad && ok == c.none || ok && got != c.want {
				t.Errorf("got %+v, %v, %v; want %+v", got, ok, err, c.want)
			}
		})
	}
}

func TestTablesThatCannotBeTrusted(t *testing.T) {
	row := "| read | get crm `a` `b` | 1 |  |\n"
	for name, tables := range map[string]string{"nothing in them": "\n", "an operation twice": row + row} {
		if _, err := parseUnits(tables); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestWhatABatchSaves(t *testing.T) {
	alone := operation{Write: 2, Writes: 1}               // an item with an index entry
	together := operation{Write: 4, Writes: 2, Shared: 1} // an item and a counter
	for name, c := range map[string]struct {
		p    part
		o    operation
		want float64
	}{
		"as the table has it":                        {part{}, together, 4},
		"the counter once in a hundred":              {part{Batch: 100}, together, 2.02},
		"a check that the table does not know":       {part{Batch: 100, More: 1}, together, 2.04},
		"an item alone":                              {part{}, alone, 2},
		"the same in a transaction is written twice": {part{In: true}, alone, 3},
		"and in a batch too":                         {part{Batch: 50}, alone, 3},
	} {
		if got := c.p.writeUnits(c.o); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

func TestPricesThatNobodyCouldCheck(t *testing.T) {
	good := price{ID: "a", USD: 1, Per: 1, Sure: "list", Date: "2026-11-22", Source: "https://aws.amazon.com/"}
	for name, change := range map[string]func(*price){
		"no date":      func(p *price) { p.Date = "" },
		"no source":    func(p *price) { p.Source = "somebody" },
		"for none":     func(p *price) { p.Per = 0 },
		"below zero":   func(p *price) { p.USD = -1 },
		"who says so?": func(p *price) { p.Sure = "yes" },
	} {
		bad := good
		change(&bad)
		file, _ := json.Marshal(priceList{Lines: []price{bad}})
		if _, err := readPrices(file); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	twice, _ := json.Marshal(priceList{Lines: []price{good, good}})
	if _, err := readPrices(twice); err == nil {
		t.Error("twice: no error")
	}
}

// prepared is a book with round numbers.
func prepared() *book {
	return &book{
		prices: &priceList{Lines: []price{{ID: "ddb.read", USD: 1, Per: 1}, {ID: "ddb.write", USD: 10, Per: 1}, {ID: "thing", USD: 3, Per: 2}}},
		units:  units{"change": {Name: "change", Read: 1, Write: 2, Writes: 1}},
	}
}

func TestBills(t *testing.T) {
	one := scenario{ID: "one", Shown: 10, Parts: []part{{Op: "change", Times: 1}, {Price: "thing", Times: 2}}}
	for name, c := range map[string]struct {
		all  []scenario
		usd  float64
		fail string
	}{
		"units and prices, as many as are shown": {all: []scenario{one}, usd: 10 * (1 + 20 + 3)},
		"one made of another":                    {all: []scenario{one, {ID: "two", Shown: 1, Parts: []part{{Scenario: "one", Times: 5}}}}, usd: 5 * (1 + 20 + 3)},
		"an operation that is gone":              {all: []scenario{{ID: "x", Shown: 1, Parts: []part{{Op: "gone"}}}}, fail: "no operation"},
		"a price that is gone":                   {all: []scenario{{ID: "x", Shown: 1, Parts: []part{{Price: "gone"}}}}, fail: "no price"},
		"a function that is gone":                {all: []scenario{{ID: "x", Shown: 1, Parts: []part{{Function: "gone"}}}}, fail: "no function"},
		"a part of two kinds":                    {all: []scenario{{ID: "x", Shown: 1, Parts: []part{{Op: "change", Price: "thing"}}}}, fail: "exactly one kind"},
		"made of a later one":                    {all: []scenario{{ID: "x", Shown: 1, Parts: []part{{Scenario: "one"}}}, one}, fail: "before this one"},
		"a scenario twice":                       {all: []scenario{one, one}, fail: "twice"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := prepared().bills(c.all)
			if c.fail != "" {
				if err == nil || !strings.Contains(err.Error(), c.fail) {
					t.Fatalf("got %v, want an error about %q", err, c.fail)
				}
				return
			}
			if err != nil || math.Abs(got[len(got)-1].USD-c.usd) > 1e-9 {
				t.Errorf("got %+v, %v; want %v", got, err, c.usd)
			}
		})
	}
}

// A part without its reason cannot be argued with.
func TestEveryCountSaysWhy(t *testing.T) {
	for _, s := range scenarios() {
		for _, p := range s.Parts {
			if p.Why == "" || p.What == "" || p.Times <= 0 {
				t.Errorf("%s: %q has times %v and why %q", s.ID, p.What, p.Times, p.Why)
			}
		}
	}
}
