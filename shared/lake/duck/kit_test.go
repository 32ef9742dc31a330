//go:build cgo

package duck_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/klauspost/compress/zstd"

	"github.com/dangol/dangol/shared/lake/duck"
)

// subjects are two small tables: what the tests say of them holds of all.
var subjects = []duck.Subject{
	{Name: "customers", Folded: true, Initial: []string{"name"}, Columns: []duck.Column{
		{Name: "name", Type: "VARCHAR"}, {Name: "tags", Type: "VARCHAR[]"}, {Name: "createdAt", Type: "TIMESTAMP"}}},
	{Name: "orders", Columns: []duck.Column{
		{Name: "customerId", Type: "VARCHAR"}, {Name: "total", Type: "DECIMAL(18,4)"}, {Name: "currency", Type: "VARCHAR"}}},
}

// bucket is an object store in memory, and the lake that stands in it.
type bucket struct {
	mu      sync.Mutex
	objects map[string][]byte
	state   duck.State
	asked   int // how often the state was asked
}

func newBucket() *bucket {
	return &bucket{objects: map[string][]byte{}, state: duck.State{Parts: map[string][]duck.Part{}}}
}

func (b *bucket) State(context.Context) (duck.State, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.asked++
	return b.state, nil
}

func (b *bucket) Open(_ context.Context, key string) (io.ReadCloser, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	content, ok := b.objects[key]
	if !ok {
		return nil, fmt.Errorf("no object %s", key)
	}
	return io.NopCloser(bytes.NewReader(content)), nil
}

// part writes the rows of a query as a part of a subject.
func (b *bucket) part(t *testing.T, subject, query string) duck.Part {
	t.Helper()
	path := filepath.Join(t.TempDir(), "part.parquet")
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if _, err := db.Exec(fmt.Sprintf("COPY (%s) TO '%s' (FORMAT parquet, COMPRESSION zstd)", query, path)); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(content)
	p := duck.Part{Key: "t/x/lake/" + subject + "/" + hex.EncodeToString(sum[:]) + ".parquet", Hash: hex.EncodeToString(sum[:])}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.objects[p.Key] = content
	return p
}

// customers writes a part of customers: lines of id, version and name.
func (b *bucket) customers(t *testing.T, lines ...string) duck.Part {
	t.Helper()
	var rows []string
	for _, l := range lines {
		f := strings.Fields(l)
		rows = append(rows, fmt.Sprintf("('%s', %s::BIGINT, false, '%s', ['vip'], TIMESTAMP '2026-11-01')", f[0], f[1], f[2]))
	}
	return b.part(t, "customers", `SELECT * FROM (VALUES `+strings.Join(rows, ", ")+`) AS v(id, _v, _gone, name, tags, "createdAt")`)
}

// delta writes lines of a delta under a name.
func (b *bucket) delta(t *testing.T, name string, lines ...string) string {
	t.Helper()
	var out bytes.Buffer
	w, err := zstd.NewWriter(&out)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintln(w, strings.Join(lines, "\n"))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.objects["t/x/lake/delta/"+name] = out.Bytes()
	return "t/x/lake/delta/" + name
}

func (b *bucket) set(s duck.State) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.state = s
}

// stand is a runner with the lake of a bucket.
func stand(t *testing.T, b *bucket, o duck.Options) *duck.Lake {
	t.Helper()
	return lakeOf(t, runner(t, o), "tenant", b)
}

func runner(t *testing.T, o duck.Options) *duck.Runner {
	t.Helper()
	o.Dir = t.TempDir()
	r, err := duck.New(subjects, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

func lakeOf(t *testing.T, r *duck.Runner, tenant string, b *bucket) *duck.Lake {
	t.Helper()
	l, err := r.Lake(tenant, b)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// ask returns the rows of a query, each as Go prints it.
func ask(t *testing.T, l *duck.Lake, query string, args ...any) []string {
	t.Helper()
	var out []string
	err := l.Query(t.Context(), duck.Statement{SQL: query, Args: args}, func(row []any) error {
		out = append(out, strings.TrimSuffix(strings.TrimPrefix(fmt.Sprint(row), "["), "]"))
		return nil
	})
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return out
}
