package main

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/kv"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/table/embedded"
)

// filled returns a folder with three items.
func filled(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	s, err := kv.Open(dir, kv.Options{})
	if err != nil {
		t.Fatal(err)
	}
	e, err := embedded.New(s, embedded.Options{})
	if err != nil {
		t.Fatal(err)
	}
	customer := table.Item{Key: table.Key{PK: "t#1#cus#a", SK: "cus"}, Head: []byte(`{"name":"<민지>"}`), Body: []byte("no JSON"), Counters: map[string]int64{"orders": 2}}
	customer.Index[1] = table.Key{PK: "t#1#owner", SK: "a"}
	err = e.Write(context.Background(),
		table.Op{Table: table.CRM, Item: customer},
		table.Op{Table: table.CRM, Item: table.Item{Key: table.Key{PK: "t#2#cus#a", SK: "cus"}}},
		table.Op{Table: table.Ops, Item: table.Item{Key: table.Key{PK: "t#1#job", SK: "1"}, Expires: 1700000000}},
	)
	if err != nil {
		t.Fatal(err)
	}
	e.Close()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestItemsArePrintedAsLines(t *testing.T) {
	dir := filled(t)
	const (
		first  = `{"table":"crm","pk":"t#1#cus#a","sk":"cus","version":1,"index2":["t#1#owner","a"],"counters":{"orders":2},"head":{"name":"<민지>"},"body":"no JSON"}` + "\n"
		second = `{"table":"crm","pk":"t#2#cus#a","sk":"cus","version":1}` + "\n"
		job    = `{"table":"ops","pk":"t#1#job","sk":"1","version":1,"expires":1700000000}` + "\n"
	)
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"everything": {nil, first + second + job},
		"a table":    {[]string{"-table", "ops"}, job},
		"a prefix":   {[]string{"-key", "t#1#"}, first + job},
		"a limit":    {[]string{"-limit", "2"}, first + second},
		"both":       {[]string{"-table", "crm", "-key", "t#2"}, second},
		"no match":   {[]string{"-key", "t#3"}, ""},
	} {
		var out bytes.Buffer
		if err := run(append([]string{"-dir", dir}, c.args...), &out, &out); err != nil || out.String() != c.want {
			t.Errorf("%s: got %v\n%swant\n%s", name, err, out.String(), c.want)
		}
	}
}

func TestWhatCannotBePrintedIsSaid(t *testing.T) {
	dir := filled(t)
	used := t.TempDir()
	s, err := kv.Open(used, kv.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"an unknown table":  {[]string{"-dir", dir, "-table", "nowhere"}, "unknown table"},
		"a store in use":    {[]string{"-dir", used}, "in use"},
		"no store":          {[]string{"-dir", t.TempDir() + "/none"}, "does not exist"},
		"a stray argument":  {[]string{"-dir", dir, "crm"}, `unexpected "crm"`},
		"an unknown option": {[]string{"-nonsense"}, "-nonsense"},
	} {
		var out bytes.Buffer
		if err := run(c.args, &out, &out); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want an error with %q", name, err, c.want)
		}
	}
}
