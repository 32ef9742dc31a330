package store_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/kv"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/table/embedded"
)

var errFound = errors.New("somebody has the address")

var update = flag.Bool("update", false, "write the table of units into docs/data-model.md")

// dataModel is the document that has the table between two marks.
const (
	dataModel = "../../docs/data-model.md"
	begins    = "<!-- units: written by go test ./shared/store -run TestUnits -update -->\n"
	ends      = "<!-- end of units -->"
)

// Every operation of the stores, on one typical record, with what it reads and writes and what DynamoDB would charge for it. An operation that becomes
// dearer, or is read under another key, shows as a difference to the document.
func TestUnits(t *testing.T) {
	var got strings.Builder
	for _, section := range accessPatterns() {
		fmt.Fprintf(&got, "\n### %s\n\n| operation | what it reads and writes | read units | write units |\n|---|---|--:|--:|\n", section.title)
		w := newWorld(t)
		for _, o := range section.operations {
			w.ledger.reset()
			if err := o.run(w); err != nil {
				t.Fatalf("%s: %v", o.name, err)
			}
			if !o.quiet {
				fmt.Fprintf(&got, "| %s | %s | %s | %s |\n", o.name, w.ledger.calls(), units(w.ledger.read), units(w.ledger.write))
			}
		}
	}
	document, err := os.ReadFile(dataModel)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok1 := bytes.Cut(document, []byte(begins))
	was, after, ok2 := bytes.Cut(rest, []byte(ends))
	if !ok1 || !ok2 {
		t.Fatalf("%s has no marks", dataModel)
	}
	if *update {
		whole := slices.Concat(before, []byte(begins), []byte(got.String()), []byte("\n"+ends), after)
		if err := os.WriteFile(dataModel, whole, 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	for i, line := range strings.Split(got.String(), "\n") {
		lines := strings.Split(string(was), "\n")
		if i >= len(lines) || lines[i] != line {
			t.Fatalf("%s is not what the code does; got\n%s\nIf that is meant: go test ./shared/store -run TestUnits -update", dataModel, line)
		}
	}
}

func units(n float64) string {
	if n == 0 {
		return ""
	}
	return strings.TrimSuffix(fmt.Sprintf("%.1f", n), ".0")
}

// world is a store of its own with a clock that stands still and ids that are the same every time.
type world struct {
	context.Context
	*store.Tenant
	db     *store.DB
	ledger *ledger
}

func newWorld(t *testing.T) *world {
	t.Helper()
	c := clock.NewManual(time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC))
	ground, err := kv.Open(t.TempDir(), kv.Options{})
	if err != nil {
		t.Fatal(err)
	}
	l := &ledger{}
	e, err := embedded.New(ground, embedded.Options{Clock: c, Meter: l.meter})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close(); _ = ground.Close() })
	l.Table = e
	db := store.New(l, c, rand.NewChaCha8([32]byte{}))
	return &world{t.Context(), db.Tenant(ours).As("usr_01JD0000000000000000000003"), db, l}
}

// commit runs a transaction made by f.
func (w *world) commit(f func(*store.Tx)) error {
	x := w.Begin()
	f(x)
	return x.Commit(w)
}

// ledger is a table that notes what is asked of it. Only the keys are noted, with ids and times replaced by what they are.
type ledger struct {
	table.Table
	mu          sync.Mutex
	noted       []string
	read, write float64
}

func (l *ledger) reset() { l.noted, l.read, l.write = nil, 0, 0 }

func (l *ledger) meter(_ string, _ table.Name, read, write float64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.read, l.write = l.read+read, l.write+write
}

func (l *ledger) note(format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.noted = append(l.noted, fmt.Sprintf(format, args...))
}

// calls lists what was noted, the same things once with their number.
func (l *ledger) calls() string {
	var out []string
	for _, c := range l.noted {
		n := 0
		for _, d := range l.noted {
			if c == d {
				n++
			}
		}
		if n > 1 {
			c = fmt.Sprintf("%d × %s", n, c)
		}
		if !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return strings.Join(out, "<br>")
}

func (l *ledger) Get(ctx context.Context, n table.Name, k table.Key) (*table.Item, error) {
	l.note("get %s %s", n, named(k))
	return l.Table.Get(ctx, n, k)
}

func (l *ledger) BatchGet(ctx context.Context, n table.Name, ks []table.Key) ([]*table.Item, error) {
	for _, k := range ks {
		l.note("batch get %s %s", n, named(k))
	}
	return l.Table.BatchGet(ctx, n, ks)
}

func (l *ledger) Query(ctx context.Context, q table.Query) (table.Page, error) {
	where := string(q.Table)
	if q.Index > 0 {
		where += fmt.Sprintf(" index %d", q.Index)
	}
	condition := "PK = `" + general(q.PK) + "`"
	switch {
	case q.From != "" && q.To == table.After(q.From):
		condition += " and SK begins with `" + general(q.From) + "`"
	case q.From != "" && q.To != "":
		condition += " and SK from `" + general(q.From) + "` to `" + general(q.To) + "`"
	case q.From != "":
		condition += " and SK from `" + general(q.From) + "`"
	case q.To != "":
		condition += " and SK before `" + general(q.To) + "`"
	}
	if q.Reverse {
		condition += ", backwards"
	}
	l.note("query %s %s", where, condition)
	return l.Table.Query(ctx, q)
}

var kinds = map[table.OpKind]string{table.OpPut: "put", table.OpDelete: "delete", table.OpAdd: "count", table.OpCheck: "check"}

var conditions = map[table.Condition]string{table.IfAbsent: " if new", table.IfPresent: " if there", table.IfVersion: " if unchanged"}

func (l *ledger) Write(ctx context.Context, ops ...table.Op) error {
	for _, o := range ops {
		l.note("%s %s %s%s", kinds[o.Kind], o.Table, named(o.Item.Key), conditions[o.If])
	}
	return l.Table.Write(ctx, ops...)
}

// named writes a key as the document does.
func named(k table.Key) string { return "`" + general(k.PK) + "` `" + general(k.SK) + "`" }

var words = map[string]string{"wsp": "tenant", "cus": "customer", "ord": "order", "led": "lead", "prd": "product", "imp": "import", "seg": "segment", "exp": "export",
	"tpl": "template", "cmp": "campaign", "msg": "message", "job": "job", "usr": "user", "key": "key", "ses": "session", "evt": "event", "con": "consent", "not": "note", "viw": "view"}

var (
	anID     = regexp.MustCompile(`([a-z]{3})_[0-9A-Z]{26}`)
	aTime    = regexp.MustCompile(`\d{4}-\d\d-\d\dT[\d:.]+Z`)
	aDay     = regexp.MustCompile(`\d{4}-\d\d-\d\d`)
	aHash    = regexp.MustCompile(`k#[0-9a-f]{16,}`)
	aShard   = regexp.MustCompile(`((cus|ord|led|score)\.\w+|^due(#\w+)?)#\d$`)
	aNumber  = regexp.MustCompile(`\d{6,}`)
	anEmail  = regexp.MustCompile(`[a-z.]+@[a-z.]+`)
	anIP     = regexp.MustCompile(`\d+\.\d+\.\d+\.\d+`)
	anOuter  = regexp.MustCompile(`(externalId|sku)#[^#]+`)
	aChannel = regexp.MustCompile(`sup#email`)
)

// general replaces in a key what differs from record to record.
func general(s string) string {
	s = anID.ReplaceAllStringFunc(s, func(id string) string { return "<" + words[id[:3]] + ">" })
	s = aTime.ReplaceAllString(s, "<time>")
	s = aDay.ReplaceAllString(s, "<day>")
	s = aHash.ReplaceAllString(s, "k#<hash>")
	s = aShard.ReplaceAllString(s, "$1#<shard>")
	s = aChannel.ReplaceAllString(s, "sup#<channel>")
	s = anIP.ReplaceAllString(s, "<network address>")
	s = anEmail.ReplaceAllString(s, "<email>")
	s = anOuter.ReplaceAllString(s, "$1#<$1>")
	return aNumber.ReplaceAllString(s, "<number>")
}
