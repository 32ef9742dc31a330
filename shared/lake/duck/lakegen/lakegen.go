//go:build cgo

// Package lakegen makes lakes of any size to measure and try with: customers with Korean and English names, orders that few customers place often and that
// come and go with the seasons, scores, events and responses. The same seed makes the same lake.
package lakegen

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	_ "github.com/duckdb/duckdb-go/v2" // the driver by which the files are written

	"github.com/dangol/dangol/shared/lake/duck"
	"github.com/dangol/dangol/shared/lake/rules"
)

// Lake is a lake in a folder.
type Lake struct {
	dir   string
	state duck.State
}

// Size says how much there is to be. Orders lie in the three years before Until.
type Size struct {
	Customers, Orders int
	Seed              uint64
	Until             time.Time
	Memory            string // for the writer, as DuckDB takes it; "" is its own choice
}

// Subjects are the tables that rules read.
func Subjects() (out []duck.Subject) {
	for _, name := range []string{"customers", "orders", "events", "messages", "responses", "scores"} {
		s := duck.Subject{Name: name, Folded: name == "customers", Initial: rules.Initial()}
		for _, c := range rules.Columns() {
			if c.Subject == name {
				s.Columns = append(s.Columns, duck.Column{Name: c.Name, Type: c.Type})
			}
		}
		out = append(out, s)
	}
	return out
}

// Write makes a lake in an empty folder.
func Write(ctx context.Context, dir string, size Size) (*Lake, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, err
	}
	db, err := sql.Open("duckdb", "")
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	db.SetMaxOpenConns(1)
	for _, s := range statements(dir, size) {
		if _, err := db.ExecContext(ctx, s); err != nil {
			return nil, fmt.Errorf("%.80s: %w", s, err)
		}
	}
	l := &Lake{dir: dir}
	if l.state, err = parts(dir); err != nil {
		return nil, err
	}
	return l, l.save()
}

// Open returns a lake that Write made before.
func Open(dir string) (*Lake, error) {
	content, err := os.ReadFile(filepath.Join(dir, "lake.json"))
	if err != nil {
		return nil, err
	}
	l := &Lake{dir: dir}
	return l, json.Unmarshal(content, &l.state)
}

func (l *Lake) save() error {
	content, err := json.Marshal(l.state)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(l.dir, "lake.json"), content, 0o600)
}

// State implements duck.Source.
func (l *Lake) State(context.Context) (duck.State, error) { return l.state, nil }

// Open implements duck.Source.
func (l *Lake) Open(_ context.Context, key string) (io.ReadCloser, error) {
	return os.Open(filepath.Join(l.dir, filepath.FromSlash(key)))
}

// parts are the files of the folder with their hashes.
func parts(dir string) (duck.State, error) {
	state := duck.State{Parts: map[string][]duck.Part{}}
	files, err := filepath.Glob(filepath.Join(dir, "*", "*", "*.parquet"))
	if err != nil {
		return state, err
	}
	for _, f := range files {
		hash, err := hashOf(f)
		if err != nil {
			return state, err
		}
		key, err := filepath.Rel(dir, f)
		if err != nil {
			return state, err
		}
		key = filepath.ToSlash(key)
		subject, _, _ := strings.Cut(key, "/")
		state.Parts[subject] = append(state.Parts[subject], duck.Part{Key: key, Hash: hash})
	}
	return state, nil
}

func hashOf(file string) (string, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}
