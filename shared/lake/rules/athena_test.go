//go:build cgo

package rules_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	randv2 "math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/blob/dir"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/lake/ask"
	"github.com/dangol/dangol/shared/lake/athena"
	"github.com/dangol/dangol/shared/lake/compact"
	"github.com/dangol/dangol/shared/lake/duck"
	"github.com/dangol/dangol/shared/lake/rules"
	"github.com/dangol/dangol/shared/lake/sqltext"
	"github.com/dangol/dangol/shared/testkit/athenatwin"
)

// TestAthenaAnswersAsDuckDBDoes: rules of every kind mean the same customers to both engines over the same files, but for those that Athena refuses. What
// DuckDB answers is held against the segment elsewhere.
func TestAthenaAnswersAsDuckDBDoes(t *testing.T) {
	g := &generator{randv2.New(randv2.NewPCG(20261123, 1)), segment.Env{Now: now, Zone: time.UTC, Currency: "KRW"}, map[string]segment.Rule{}}
	people := make([]person, 200)
	for i := range people {
		people[i] = g.person(i)
	}
	for i := range 6 {
		g.segments[segmentIDs[i]] = g.rule(2, i)
	}
	objects := inParts(t, people)
	lake, reference := onAthena(t, objects), onDuckDB(t, objects)
	columns, err := lake.Columns(t.Context(), "customers")
	if err != nil {
		t.Fatal(err)
	}
	w := rules.World{Env: g.env,
		Custom: func(name string) (string, bool) {
			i := slices.IndexFunc(columns, func(c ask.Column) bool { return c.Name == name })
			if i < 0 {
				return "", false
			}
			return columns[i].Type, true
		},
		Segment: func(id string) (segment.Rule, bool) { r, ok := g.segments[id]; return r, ok },
	}
	const each = 80
	refused, all := 0, 0
	for range each {
		rule := g.rule(3, len(segmentIDs))
		statement, err := rules.Members(rule, w)
		if err != nil {
			t.Fatal(err)
		}
		got, err := members(t, lake, statement)
		if errors.Is(err, athena.ErrDialect) || errors.Is(err, athena.ErrColumn) {
			refused++
			continue
		}
		want, wrong := members(t, reference, statement)
		if all += len(want); err != nil || wrong != nil || !slices.Equal(got, want) {
			t.Fatalf("%s\ngot  %v, %v\nwant %v, %v\nSQL: %s\n%q", text(rule), got, err, want, wrong, statement.SQL, statement.Args)
		}
	}
	t.Logf("%d rules, %d of them refused, %d members on average of %d", each, refused, all/(each-refused), len(people))
	if refused > each/5 || all < each*5 {
		t.Errorf("these rules tell little: %d are refused, and they have %d members", refused, all)
	}
}

const workspace = "wsp_01KJQ6PSG02X9YPKYC3QEKNM3P"

func members(t *testing.T, lake ask.Lake, s sqltext.Statement) (ids []string, err error) {
	t.Helper()
	err = lake.Query(t.Context(), s, func(row []any) error {
		ids = append(ids, row[0].(string))
		return nil
	})
	return ids, err
}

// inParts is an object store with a lake in which the people stand, all in parts.
func inParts(t *testing.T, people []person) blob.Blob {
	t.Helper()
	objects, err := dir.New(t.TempDir(), func() string { return "" }, []byte("0123456789abcdef"), clock.System{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = objects.Close() })
	var content bytes.Buffer
	z, err := zstd.NewWriter(&content)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range people {
		for _, line := range p.lines() {
			if err := json.NewEncoder(z).Encode(line); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := objects.Put(t.Context(), "t/"+workspace+"/lake/delta/20261123T000000.000Z-0.jsonl.zst", &content, blob.PutOptions{}); err != nil {
		t.Fatal(err)
	}
	if _, err := compact.Turn(t.Context(), objects, workspace, compact.Options{Now: func() time.Time { return now }, Dir: t.TempDir()}); err != nil {
		t.Fatal(err)
	}
	return objects
}

func onAthena(t *testing.T, objects blob.Blob) ask.Lake {
	t.Helper()
	twin := athenatwin.New(t, objects)
	answering(t, twin, objects)
	lake, err := athena.New(twin.Options(eager{}, rand.Reader)).Of(workspace, objects)
	if err != nil {
		t.Fatal(err)
	}
	return lake
}

func onDuckDB(t *testing.T, objects blob.Blob) ask.Lake {
	t.Helper()
	r, err := duck.New(duck.Subjects(), duck.Options{Dir: t.TempDir(), MaxAge: time.Hour, Timeout: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	lake, err := r.Of(workspace, objects)
	if err != nil {
		t.Fatal(err)
	}
	return lake
}

// eager does not wait.
type eager struct{ clock.System }

func (eager) Sleep(ctx context.Context, _ time.Duration) error { return ctx.Err() }

// answering lets another engine answer in the twin's place; see the package athenatwin.
var answering = func(*testing.T, *athenatwin.Twin, blob.Blob) {}
