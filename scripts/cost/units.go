package main

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
)

// operation is a row of the data model's tables of units.
type operation struct {
	Name        string
	Read, Write float64
	// Writes is how many items the transaction writes or checks, and Shared how many of them are counters and checks: those are there once in a
	// transaction however many records it moves.
	Writes, Shared int
}

// units are the operations by name.
type units map[string]operation

// The marks around the generated tables; shared/store/units_test.go writes what is between them.
const (
	unitsBegin = "<!-- units:"
	unitsEnd   = "<!-- end of units -->"
)

func readUnits(file string) (units, error) {
	document, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	_, rest, begins := strings.Cut(string(document), unitsBegin)
	tables, _, ends := strings.Cut(rest, unitsEnd)
	if !begins || !ends {
		return nil, fmt.Errorf("%s has no marks around its units", file)
	}
	return parseUnits(tables)
}

func parseUnits(tables string) (units, error) {
	u := units{}
	for line := range strings.Lines(tables) {
		o, ok, err := parseRow(strings.TrimSpace(line))
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		if _, twice := u[o.Name]; twice {
			return nil, fmt.Errorf("operation %q stands twice", o.Name)
		}
		u[o.Name] = o
	}
	if len(u) == 0 {
		return nil, fmt.Errorf("no operation in the tables of units")
	}
	return u, nil
}

// aWrite is the first word of an item that a transaction writes or checks.
var aWrite = regexp.MustCompile(`^(put|delete|count|check) `)

// parseRow reads "| operation | calls | read units | write units |"; ok is false for a line that is none.
func parseRow(line string) (o operation, ok bool, err error) {
	cells := strings.Split(strings.Trim(line, "|"), " | ")
	if !strings.HasPrefix(line, "| ") || len(cells) != 4 || strings.TrimSpace(cells[0]) == "operation" {
		return o, false, nil
	}
	o.Name = strings.TrimSpace(cells[0])
	if o.Read, err = number(cells[2]); err == nil {
		o.Write, err = number(cells[3])
	}
	if err != nil {
		return o, false, fmt.Errorf("operation %q: %w", o.Name, err)
	}
	for call := range strings.SplitSeq(cells[1], "<br>") {
		if kind := aWrite.FindString(strings.TrimSpace(call)); kind != "" {
			o.Writes++
			if kind == "count " || kind == "check " {
				o.Shared++
			}
		}
	}
	return o, true, nil
}

func number(cell string) (float64, error) {
	cell = strings.TrimSpace(cell)
	if cell == "" {
		return 0, nil
	}
	return strconv.ParseFloat(cell, 64)
}
