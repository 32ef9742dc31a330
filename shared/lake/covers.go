package lake

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/store"
)

// A mark is how a worker knows that the lake has what the table had. It writes items into the table (store.Tx.PutLakeMarks); who follows the change feed writes their time beside
// the lake, after the deltas of what came before them. What is committed before the marks is in the lake once they are there: in the embedded engine certainly,
// since its feed is one log; in DynamoDB for the parts of the table in which a mark fell, which are all of a few, and for its stream of crm alone.

func (k keys) marked(n int) string { return "t/" + k.tenant + "/lakemarks/" + strconv.Itoa(n) }

// Mark notes that the deltas of all before a mark are written. An older mark that comes late or again changes nothing.
func Mark(ctx context.Context, b blob.Blob, tenant string, m store.LakeMark) error {
	was, err := markOf(ctx, b, keys{tenant}.marked(m.Number))
	if err != nil || was.At >= m.At {
		return err
	}
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	if _, err := b.Put(ctx, keys{tenant}.marked(m.Number), strings.NewReader(string(text)), blob.PutOptions{ContentType: "application/json"}); err != nil {
		return fmt.Errorf("note a mark of %s: %w", tenant, err)
	}
	return nil
}

// Covers says whether the lake has what the table had when marks of the moment were written.
func Covers(ctx context.Context, b blob.Blob, tenant string, at time.Time) (bool, error) {
	for n := range store.LakeMarks {
		m, err := markOf(ctx, b, keys{tenant}.marked(n))
		if err != nil || m.At < at.UnixMilli() {
			return false, err
		}
	}
	return true, nil
}

func markOf(ctx context.Context, b blob.Blob, key string) (m store.LakeMark, err error) {
	in, _, err := b.Get(ctx, key, 0, -1)
	if errors.Is(err, blob.ErrNotFound) {
		return m, nil
	}
	if err != nil {
		return m, fmt.Errorf("read %s: %w", key, err)
	}
	defer in.Close()
	text, err := io.ReadAll(in)
	if err != nil {
		return m, fmt.Errorf("read %s: %w", key, err)
	}
	return m, json.Unmarshal(text, &m)
}

// ErrBehind reports that the lake does not have, after a long wait, what the table had.
var ErrBehind = errors.New("lake: it is behind the table")

// looks is how often the marks are looked for.
const looks = 100 * time.Millisecond

// Await returns when the lake has what the table has now, and ErrBehind after most.
func Await(ctx context.Context, t *store.Tenant, b blob.Blob, c clock.Clock, most time.Duration) error {
	at := t.Now()
	tx := t.Begin()
	tx.PutLakeMarks(at)
	if err := tx.Commit(ctx); err != nil {
		return err
	}
	for end := c.Now().Add(most); ; {
		covered, err := Covers(ctx, b, t.ID, at)
		if covered || err != nil {
			return err
		}
		if !c.Now().Before(end) {
			return ErrBehind
		}
		if err := c.Sleep(ctx, looks); err != nil {
			return err
		}
	}
}
