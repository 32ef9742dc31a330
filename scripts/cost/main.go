// Command cost says what Dangol costs on AWS: for each scenario the dollars and their parts, from the units that the stores' tests hold in
// docs/data-model.md, the counts in this folder, and the dated prices of prices.json. `go run ./scripts/cost` prints Markdown, -json the figures,
// -write replaces the generated part of docs/costs.md, -check fails when that is stale.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
)

// Where the commands of this repository run: at its root.
const (
	modelFile = "docs/data-model.md"
	costsFile = "docs/costs.md"
)

func main() {
	asJSON := flag.Bool("json", false, "print the figures as JSON")
	write := flag.Bool("write", false, "replace the generated part of "+costsFile)
	check := flag.Bool("check", false, "fail when the generated part of "+costsFile+" is stale")
	flag.Parse()
	if err := run(os.Stdout, *asJSON, *write, *check); err != nil {
		fmt.Fprintln(os.Stderr, "cost:", err)
		os.Exit(1)
	}
}

func run(out io.Writer, asJSON, write, check bool) error {
	b, err := openBook(modelFile)
	if err != nil {
		return err
	}
	bills, err := b.bills(scenarios())
	if err != nil {
		return err
	}
	text := report(b.prices, bills)
	switch {
	case asJSON:
		e := json.NewEncoder(out)
		e.SetIndent("", "  ")
		return e.Encode(bills)
	case write:
		return splice(costsFile, text)
	case check:
		return compare(costsFile, text)
	}
	_, err = io.WriteString(out, text)
	return err
}
