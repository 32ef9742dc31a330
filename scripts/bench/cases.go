package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// benchCase is one thing to measure. Cases run in this order; those that need the imported data import it first.
type benchCase struct {
	name string
	run  func(context.Context, *bench) ([]result, error)
}

func cases() []benchCase {
	return []benchCase{
		// The import first: it is how a business begins, on a store with nothing in it.
		{"import", benchImport},
		{"create", benchCreate},
		{"read", benchRead},
		{"list", benchList},
		// The campaign before the preview: the orders that the preview brings in would count into the campaign's memory.
		{"campaign", benchCampaign},
		{"bulk", benchBulk},
		{"preview", benchPreview},
		{"start", benchStart},
		{"idle", benchIdle},
	}
}

func caseNames() (names []string) {
	for _, c := range cases() {
		names = append(names, c.name)
	}
	return names
}

// choose returns the named cases in their order; all when only is empty.
func choose(only string) ([]benchCase, error) {
	if only == "" {
		return cases(), nil
	}
	wanted := strings.Split(only, ",")
	var chosen []benchCase
	for _, c := range cases() {
		if slices.Contains(wanted, c.name) {
			chosen = append(chosen, c)
		}
	}
	if len(chosen) != len(wanted) {
		return nil, fmt.Errorf("-only %s: the cases are %s", only, strings.Join(caseNames(), ", "))
	}
	return chosen, nil
}

// result is one figure with its target.
type result struct {
	what   string
	value  float64
	unit   string
	target float64 // 0: none, the figure is told for its own sake
	atMost bool    // the target is a ceiling
	bound  string  // what kept it from being better
}

func (r result) figure() string {
	if r.value < 10 {
		return fmt.Sprintf("%.2f %s", r.value, r.unit)
	}
	return thousands(r.value) + " " + r.unit
}

func (r result) targetText() string {
	if r.target == 0 {
		return ""
	}
	sign := ">="
	if r.atMost {
		sign = "<="
	}
	return fmt.Sprintf("%s %s %s", sign, thousands(r.target), r.unit)
}

// verdict compares with the target; figures of a smaller run are not compared.
func (r result) verdict(full bool) string {
	switch {
	case r.target == 0 || !full:
		return ""
	case r.atMost == (r.value <= r.target) || r.value == r.target:
		return "reached"
	}
	return "MISSED"
}

// thousands writes a whole number with commas.
func thousands(v float64) string {
	s := fmt.Sprintf("%.0f", v)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
