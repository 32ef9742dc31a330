package main

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"strings"
)

// The marks around the generated part of docs/costs.md.
const (
	begins = "<!-- costs: written by go run ./scripts/cost -write -->\n"
	ends   = "<!-- end of costs -->"
)

func report(prices *priceList, bills []bill) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n%s, %s; prices looked at on %s. %s\n\n", prices.Region, prices.Currency, prices.Checked, prices.How)
	b.WriteString("| scenario | for | read units | write units | USD |\n|---|--:|--:|--:|--:|\n")
	for _, s := range bills {
		fmt.Fprintf(&b, "| %s | %s %s | %s | %s | **%s** |\n", s.Title, short(s.Shown), s.Of, short(s.Read), short(s.Write), dollars(s.USD))
	}
	for _, s := range bills {
		b.WriteString(section(s))
	}
	b.WriteString("\n### The prices\n\n| line | what | USD | per | sure | seen |\n|---|---|--:|--:|---|---|\n")
	for _, p := range prices.Lines {
		fmt.Fprintf(&b, "| `%s` | [%s](%s)%s | %g | %s | %s | %s |\n", p.ID, p.What, p.Source, note(p.Note), p.USD, short(p.Per), p.Sure, p.Date)
	}
	return b.String() + "\n"
}

func section(s bill) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n### %s\n\nFor %s %s", s.Title, short(s.Shown), s.Of)
	if s.Note != "" {
		fmt.Fprintf(&b, " (%s)", s.Note)
	}
	b.WriteString(".\n\n| part | times | read units | write units | USD | share | why so many |\n|---|--:|--:|--:|--:|--:|---|\n")
	for _, l := range s.Lines {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s | %s |\n", l.What, short(l.Times), short(l.Read), short(l.Write), dollars(l.USD), share(l.USD, s.USD), l.Why)
	}
	fmt.Fprintf(&b, "| **in all** | | %s | %s | **%s** | | |\n", short(s.Read), short(s.Write), dollars(s.USD))
	return b.String()
}

func note(s string) string {
	if s == "" {
		return ""
	}
	return "; " + s
}

func share(part, whole float64) string {
	if whole == 0 {
		return ""
	}
	return fmt.Sprintf("%.0f %%", 100*part/whole)
}

// dollars shows cents, and of less than ten of them two digits that say something.
func dollars(v float64) string {
	switch {
	case v == 0:
		return "0"
	case v >= 100:
		return grouped(math.Round(v))
	case v >= 0.1:
		return fmt.Sprintf("%.2f", v)
	}
	return fmt.Sprintf("%.2g", v)
}

// short shows a number to four digits, grouped; nothing for zero.
func short(v float64) string {
	switch {
	case v == 0:
		return ""
	case v >= 1000:
		return grouped(math.Round(v))
	}
	return fmt.Sprintf("%.4g", v)
}

func grouped(v float64) string {
	s := fmt.Sprintf("%.0f", v)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// splice replaces what is between the marks of the file.
func splice(file, text string) error {
	before, _, after, err := parts(file)
	if err != nil {
		return err
	}
	return os.WriteFile(file, []byte(before+begins+text+ends+after), 0o644)
}

// compare fails when the file's generated part is not the text, with the first line that differs.
func compare(file, text string) error {
	_, was, _, err := parts(file)
	if err != nil || was == text {
		return err
	}
	old, fresh := strings.Split(was, "\n"), strings.Split(text, "\n")
	i := 0
	for i < min(len(old), len(fresh)) && old[i] == fresh[i] {
		i++
	}
	return fmt.Errorf("%s is stale: run go run ./scripts/cost -write\n  written: %s\n  now:     %s", file, at(old, i), at(fresh, i))
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(the end)"
}

func parts(file string) (before, between, after string, err error) {
	document, err := os.ReadFile(file)
	if err != nil {
		return "", "", "", err
	}
	head, rest, ok1 := bytes.Cut(document, []byte(begins))
	middle, tail, ok2 := bytes.Cut(rest, []byte(ends))
	if !ok1 || !ok2 {
		return "", "", "", fmt.Errorf("%s has no marks around its generated part", file)
	}
	return string(head), string(middle), string(tail), nil
}
