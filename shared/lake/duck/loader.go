//go:build cgo

package duck

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"
)

// loader brings a database from one state to another.
type loader struct {
	src  Source
	tx   *sql.Conn
	dir  string
	into *loaded
	now  time.Time
}

func (d loader) all(ctx context.Context, subjects []Subject, s State) error {
	if err := d.settle(ctx, s.Deltas); err != nil {
		return err
	}
	for _, subject := range subjects {
		if err := d.subject(ctx, subject, s.Parts[subject.Name]); err != nil {
			return fmt.Errorf("%s: %w", subject.Name, err)
		}
	}
	if err := d.deltas(ctx, subjects, s.Deltas); err != nil {
		return fmt.Errorf("deltas: %w", err)
	}
	return d.views(ctx)
}

// views show the tables as they are: also with the columns of custom fields that came, or changed their type.
func (d loader) views(ctx context.Context) error {
	for _, t := range d.into.tables {
		if err := t.view(ctx, d.tx); err != nil {
			return err
		}
	}
	return nil
}

// overlaid is how long rows that were laid over are kept at least: their delta is there by then.
const overlaid = time.Minute

// settle takes out the rows of deltas once the parts hold all of them, so that parts are loaded without comparing versions.
func (d loader) settle(ctx context.Context, keys []string) error {
	if d.now.Sub(d.into.laid) < overlaid {
		return nil
	}
	if slices.ContainsFunc(keys, func(key string) bool { return d.into.deltas[key] }) {
		return nil
	}
	for _, t := range d.into.tables {
		if err := t.dropPart(ctx, d.tx, 0); err != nil {
			return err
		}
	}
	return nil
}

func (d loader) subject(ctx context.Context, subject Subject, parts []Part) error {
	t := d.into.tables[subject.Name]
	if t == nil {
		t = &table{Subject: subject}
		if err := t.create(ctx, d.tx); err != nil {
			return err
		}
		d.into.tables[subject.Name], d.into.parts[subject.Name] = t, map[string]int{}
	}
	for hash, number := range d.into.parts[subject.Name] {
		if slices.ContainsFunc(parts, func(p Part) bool { return p.Hash == hash }) {
			continue
		}
		if err := t.dropPart(ctx, d.tx, number); err != nil {
			return err
		}
		delete(d.into.parts[subject.Name], hash)
	}
	for _, p := range parts {
		if _, has := d.into.parts[subject.Name][p.Hash]; has {
			continue
		}
		if err := d.part(ctx, t, p); err != nil {
			return err
		}
	}
	return nil
}

func (d loader) part(ctx context.Context, t *table, p Part) error {
	d.into.next++
	path := filepath.Join(d.dir, strconv.Itoa(d.into.next)+".parquet")
	defer os.Remove(path)
	if err := fetch(ctx, d.src, p.Key, p.Hash, path); err != nil {
		return err
	}
	d.into.parts[t.Name][p.Hash] = d.into.next
	return t.loadPart(ctx, d.tx, path, d.into.next)
}

func (d loader) deltas(ctx context.Context, subjects []Subject, keys []string) error {
	var paths []string
	for _, key := range keys {
		if d.into.deltas[key] {
			continue
		}
		path := filepath.Join(d.dir, "delta"+strconv.Itoa(len(paths))+".jsonl.zst")
		if err := fetch(ctx, d.src, key, "", path); err != nil {
			return err
		}
		paths = append(paths, path)
		d.into.deltas[key] = true
	}
	d.into.forget(keys)
	if len(paths) == 0 {
		return nil
	}
	return d.lines(ctx, subjects, paths)
}

// lines puts the lines of files, whose form is that of deltas, into the tables.
func (d loader) lines(ctx context.Context, subjects []Subject, paths []string) error {
	if err := readDeltas(ctx, d.tx, paths); err != nil {
		return err
	}
	brought, err := subjectsOfLines(ctx, d.tx)
	if err != nil {
		return err
	}
	for _, s := range subjects {
		if !slices.Contains(brought, s.Name) {
			continue
		}
		if err := d.into.tables[s.Name].loadDeltas(ctx, d.tx); err != nil {
			return fmt.Errorf("%s: %w", s.Name, err)
		}
	}
	return execute(ctx, d.tx, "DROP TABLE lines")
}
