// Command inspect prints the items of an embedded data folder, one JSON object on a line, without changing it: no common tool opens the files.
//
//	go run ./scripts/inspect -dir data/db -table crm -key 't#01JD...#cus' | jq .body
//
// The process that uses the folder must be stopped; a backup made while it runs can be read at any time.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/dangol/dangol/shared/kv"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/table/embedded"
)

func main() {
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// selection is what the flags ask for.
type selection struct {
	dir   string
	table string // "" is every table
	key   string
	limit int
}

func parse(args []string, help io.Writer) (s selection, err error) {
	f := flag.NewFlagSet("inspect", flag.ContinueOnError)
	f.SetOutput(help)
	f.StringVar(&s.dir, "dir", "data/db", "folder of the store")
	f.StringVar(&s.table, "table", "", "only this table: identity, crm, outreach or ops")
	f.StringVar(&s.key, "key", "", "only partition keys that begin with this")
	f.IntVar(&s.limit, "limit", 0, "at most this many items; 0 is all")
	if err := f.Parse(args); err != nil {
		return s, err
	}
	if f.NArg() > 0 {
		return s, fmt.Errorf("inspect: unexpected %q", f.Arg(0))
	}
	return s, nil
}

func run(args []string, out, help io.Writer) error {
	s, err := parse(args, help)
	if err != nil {
		return err
	}
	store, err := kv.Open(s.dir, kv.Options{ReadOnly: true})
	if err != nil {
		return fmt.Errorf("inspect: %w", err)
	}
	w := bufio.NewWriter(out)
	return errors.Join(s.print(store, w), w.Flush(), store.Close())
}

func (s selection) print(store *kv.Store, out io.Writer) error {
	e, err := embedded.New(store, embedded.Options{})
	if err != nil {
		return fmt.Errorf("inspect: %w", err)
	}
	defer e.Close()
	names := table.Names()
	if s.table != "" {
		names = []table.Name{table.Name(s.table)}
	}
	p := printer{out: json.NewEncoder(out), left: s.limit}
	p.out.SetEscapeHTML(false)
	for _, name := range names {
		if err := errors.Join(e.Items(name, s.key, p.printer(name)), p.err); err != nil {
			return fmt.Errorf("inspect: %w", err)
		}
		if s.limit > 0 && p.left == 0 {
			break
		}
	}
	return nil
}

// printer writes lines until there are enough or one fails.
type printer struct {
	out  *json.Encoder
	left int // 0 at the start is no limit
	err  error
}

func (p *printer) printer(n table.Name) func(*table.Item) bool {
	return func(it *table.Item) bool {
		p.err = p.out.Encode(lineOf(n, it))
		p.left--
		return p.err == nil && p.left != 0
	}
}

// line is an item as it is printed.
type line struct {
	Table    table.Name       `json:"table"`
	PK       string           `json:"pk"`
	SK       string           `json:"sk"`
	Version  int64            `json:"version"`
	Expires  int64            `json:"expires,omitempty"` // Unix second
	Index1   []string         `json:"index1,omitempty"`
	Index2   []string         `json:"index2,omitempty"`
	Counters map[string]int64 `json:"counters,omitempty"`
	Head     any              `json:"head,omitempty"`
	Body     any              `json:"body,omitempty"`
	Event    any              `json:"event,omitempty"`
}

func lineOf(n table.Name, it *table.Item) line {
	return line{
		Table: n, PK: it.PK, SK: it.SK, Version: it.Version, Expires: it.Expires,
		Index1: indexed(it.Index[0]), Index2: indexed(it.Index[1]), Counters: it.Counters,
		Head: document(it.Head), Body: document(it.Body), Event: document(it.Event),
	}
}

func indexed(k table.Key) []string {
	if k == (table.Key{}) {
		return nil
	}
	return []string{k.PK, k.SK}
}

// document is the JSON as it stands, or a string of what is none.
func document(d []byte) any {
	switch {
	case len(d) == 0:
		return nil
	case json.Valid(d):
		return json.RawMessage(d)
	}
	return string(d)
}
