package main

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

//go:embed prices.json
var pricesFile []byte

// price is one line of the price file.
type price struct {
	ID     string  `json:"id"`
	What   string  `json:"what"`
	USD    float64 `json:"usd"`
	Per    float64 `json:"per"`  // so many for that much
	Sure   string  `json:"sure"` // list, page or memory
	Date   string  `json:"date"` // when somebody looked
	Source string  `json:"source"`
	Note   string  `json:"note,omitempty"`
}

func (p price) each() float64 { return p.USD / p.Per }

// priceList is the price file.
type priceList struct {
	Region   string  `json:"region"`
	Currency string  `json:"currency"`
	Checked  string  `json:"checked"`
	How      string  `json:"how"`
	Lines    []price `json:"lines"`
}

func readPrices(file []byte) (*priceList, error) {
	l := &priceList{}
	if err := json.Unmarshal(file, l); err != nil {
		return nil, fmt.Errorf("read prices: %w", err)
	}
	seen := map[string]bool{}
	for _, p := range l.Lines {
		if err := p.check(); err != nil {
			return nil, err
		}
		if seen[p.ID] {
			return nil, fmt.Errorf("price %s stands twice", p.ID)
		}
		seen[p.ID] = true
	}
	return l, nil
}

// check reports a line that nobody could check again.
func (p price) check() error {
	_, err := time.Parse(time.DateOnly, p.Date)
	switch {
	case err != nil:
		return fmt.Errorf("price %s: date %q", p.ID, p.Date)
	case p.USD < 0 || p.Per <= 0:
		return fmt.Errorf("price %s: %v per %v", p.ID, p.USD, p.Per)
	case !strings.HasPrefix(p.Source, "https://"):
		return fmt.Errorf("price %s: source %q", p.ID, p.Source)
	case p.Sure != "list" && p.Sure != "page" && p.Sure != "memory":
		return fmt.Errorf("price %s: sure %q", p.ID, p.Sure)
	}
	return nil
}

// of returns the price of one.
func (l *priceList) of(id string) (float64, error) {
	for _, p := range l.Lines {
		if p.ID == id {
			return p.each(), nil
		}
	}
	return 0, fmt.Errorf("no price %q", id)
}
