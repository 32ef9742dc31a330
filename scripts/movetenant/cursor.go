package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/dangol/dangol/shared/table"
)

// cursor is how far a move has come. Losing it loses no more than time: every step may be repeated.
type cursor struct {
	Tenant, From, To string
	Suspended        time.Time // when the credentials of the workspace were refused from on
	Tables           map[table.Name]*tableCursor
	Objects          struct {
		After string
		Count int
	}
}

type tableCursor struct {
	After *table.Key // the key that was looked at last
	Items int        // that were copied
	Done  bool
}

func (c *cursor) table(t table.Name) *tableCursor {
	if c.Tables[t] == nil {
		c.Tables[t] = &tableCursor{}
	}
	return c.Tables[t]
}

// restart forgets what was copied.
func (c *cursor) restart() {
	c.Tables, c.Objects.After, c.Objects.Count = map[table.Name]*tableCursor{}, "", 0
}

// cursorFile is where a cursor is kept between runs.
type cursorFile string

// read returns the cursor of an earlier run, or a new one. That of another move is refused.
func (f cursorFile) read(o order) (*cursor, error) {
	c := &cursor{Tenant: o.tenant, From: o.from, To: o.to}
	c.restart()
	text, err := os.ReadFile(string(f))
	if errors.Is(err, fs.ErrNotExist) {
		return c, nil
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(text, c); err != nil {
		return nil, fmt.Errorf("%s: %w", f, err)
	}
	if c.Tenant != o.tenant || c.From != o.from || c.To != o.to {
		return nil, fmt.Errorf("%s is about a move of %s from %s to %s", f, c.Tenant, c.From, c.To)
	}
	return c, nil
}

// write replaces the file as a whole.
func (f cursorFile) write(c *cursor) error {
	text, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(string(f)+".new", text, 0o600); err != nil {
		return err
	}
	return os.Rename(string(f)+".new", string(f))
}

func (f cursorFile) remove() error {
	err := os.Remove(string(f))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
