//go:build cgo

package duck

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/dangol/dangol/shared/lake/sqltext"
)

// changed holds the keys of the rows that a transaction put in or took out, for the marts to renew.
const changed = `"~changed"`

// make makes the marts that a statement asks and that are not there yet.
func (l *Lake) make(ctx context.Context, tables []string) error {
	if l.made(tables) {
		return nil
	}
	l.refreshing.Lock()
	defer l.refreshing.Unlock()
	for _, name := range tables {
		m := martOf(name)
		if l.loaded.marts[m.Tables[0]] {
			continue
		}
		err := l.change(ctx, func(d loader) error {
			d.into.marts[m.Tables[0]] = true
			return execute(ctx, d.tx, m.Make...)
		})
		if err != nil {
			return fmt.Errorf("make %s: %w", m.Tables[0], err)
		}
	}
	return nil
}

// made says whether nothing is left to make: then nobody waits for a load that is under way.
func (l *Lake) made(tables []string) bool {
	l.shown.RLock()
	defer l.shown.RUnlock()
	return !slices.ContainsFunc(tables, func(name string) bool { return !l.marts[martOf(name).Tables[0]] })
}

// follow gives a subject's table its mart, if that was made: from then on it notes what changes.
func (d loader) follow(ctx context.Context) error {
	for i, m := range marts {
		t := d.into.tables[m.Subject]
		if t == nil || !d.into.marts[m.Tables[0]] {
			continue
		}
		t.mart = &marts[i]
		if err := execute(ctx, d.tx, "CREATE OR REPLACE TEMP TABLE "+changed+" AS SELECT "+m.Key+" FROM "+rowsOf(m.Subject)+" LIMIT 0"); err != nil {
			return err
		}
	}
	return nil
}

// renew brings the marts up to date with what changed.
func (d loader) renew(ctx context.Context) error {
	for _, t := range d.into.tables {
		if t.mart == nil {
			continue
		}
		m := t.mart
		t.mart = nil
		if err := d.renewMart(ctx, *m); err != nil {
			return fmt.Errorf("renew %s: %w", m.Tables[0], err)
		}
	}
	return nil
}

func (d loader) renewMart(ctx context.Context, m Mart) error {
	var some bool
	if err := d.tx.QueryRowContext(ctx, "SELECT EXISTS (FROM "+changed+")").Scan(&some); err != nil {
		return err
	}
	if some {
		once := "CREATE OR REPLACE TEMP TABLE " + changed + " AS SELECT DISTINCT * FROM " + changed
		if err := execute(ctx, d.tx, slices.Concat([]string{once}, m.Renew)...); err != nil {
			return err
		}
	}
	return execute(ctx, d.tx, "DROP TABLE "+changed)
}

// note keeps the keys of the rows for which a condition holds.
func (t *table) note(ctx context.Context, tx *sql.Conn, from string) error {
	if t.mart == nil {
		return nil
	}
	return execute(ctx, tx, "INSERT INTO "+changed+" SELECT DISTINCT "+t.mart.Key+" FROM "+from)
}

// ofPart are the rows that came with a part.
func (t *table) ofPart(number int) string {
	return fmt.Sprintf("%s WHERE %s = %d", rowsOf(t.Name), sqltext.Ident(partColumn), number)
}
