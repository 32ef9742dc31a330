package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/store"
)

// docs/scale.md reckons with constants of the code. When one of them changes, what it says of limits has to be reckoned anew.
func TestTheDocumentReckonsWithTheCodesFigures(t *testing.T) {
	document, err := os.ReadFile("../../docs/scale.md")
	if err != nil {
		t.Fatal(err)
	}
	workers, all := map[string]int{}, 0
	for _, r := range catalogue.Rows() {
		if r.Queue != "" {
			workers[r.Name] = r.Concurrency
			all += r.Concurrency
		}
	}
	for what, figure := range map[string]int{
		"list shards": store.Shards, "messages in a chunk": message.ChunkSize, "messages in a transaction": store.MaxMoves,
		"scores in a transaction": store.ScoresPerTx, "deliveries before the dead letters": queue.MaxReceives,
		"workers sending": workers["campaignsend"], "workers planning": workers["campaignplan"], "workers importing": workers["importwork"],
		"workers scoring": workers["scorework"], "workers of all queues": all,
	} {
		if row := fmt.Sprintf("| %s | %d |", what, figure); !strings.Contains(string(document), row) {
			t.Errorf("docs/scale.md does not have %q: reckon its limits anew", row)
		}
	}
}

// Every row of the simulation in the document is a variant of this command.
func TestTheDocumentShowsTheVariants(t *testing.T) {
	document, err := os.ReadFile("../../docs/scale.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range variants {
		if strings.Count(string(document), "| "+v.name+" |") != 1 {
			t.Errorf("docs/scale.md has no row %q", v.name)
		}
	}
}
