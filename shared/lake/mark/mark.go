// Package mark tells when a lake has what the table has. Whoever must miss nothing writes a mark behind what was written so far; the lake's writer leaves an
// object when it comes to the mark in the change feed, and by then the rows before it are in the lake.
package mark

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/store"
)

func key(tenant, mark string) string { return "t/" + tenant + "/marks/" + mark }

// Of returns the mark that a record of the change feed is.
func Of(r feed.Record) (tenant, mark string, ok bool) {
	if r.New == nil {
		return "", "", false
	}
	tenant, kind, _ := store.KindOf(r.Table, r.New.Key)
	return tenant, r.New.SK, kind == store.LakeMark
}

// Reached is for the lake's writer: all before the mark is in the lake.
func Reached(ctx context.Context, b blob.Blob, tenant, mark string) error {
	_, err := b.Put(ctx, key(tenant, mark), strings.NewReader(""), blob.PutOptions{ContentType: "text/plain"})
	if err != nil {
		return fmt.Errorf("leave the mark %s: %w", mark, err)
	}
	return nil
}

// look is how long Await waits between two looks, and patience how long for the mark: work that waits holds up a process that is to end.
const (
	look     = 50 * time.Millisecond
	patience = 10 * time.Second
)

// ErrBehind reports that the lake did not come to the mark in time. Trying again later is right.
var ErrBehind = errors.New("mark: the lake is behind the table")

// Await returns when the lake has what the table had at a moment, which is not after now. Beside the mark it waits Settings.LakeLag where the feed of one item
// may overtake that of another, as between the shards of a DynamoDB stream. Where LakeLag is 0, whoever asks the lake follows the feed first.
func Await(ctx context.Context, e *env.Env, t *store.Tenant, at time.Time) error {
	if e.Settings.LakeLag == 0 {
		return nil
	}
	mark, err := t.AddLakeMark(ctx)
	if err != nil {
		return err
	}
	if err := seen(ctx, e, t.ID, mark); err != nil {
		return err
	}
	if err := errors.Join(e.Objects(t.ID).Delete(ctx, key(t.ID, mark)), t.RemoveLakeMark(ctx, mark)); err != nil {
		return err
	}
	if rest := at.Add(e.Settings.LakeLag).Sub(e.Clock.Now()); rest > 0 && !e.Settings.Local {
		return e.Clock.Sleep(ctx, rest)
	}
	return nil
}

func seen(ctx context.Context, e *env.Env, tenant, mark string) error {
	for range patience / look {
		_, err := e.Objects(tenant).Head(ctx, key(tenant, mark))
		if !errors.Is(err, blob.ErrNotFound) {
			return err
		}
		if err := e.Clock.Sleep(ctx, look); err != nil {
			return fmt.Errorf("wait for the lake of %s: %w", tenant, err)
		}
	}
	return fmt.Errorf("%w: %s of %s", ErrBehind, mark, tenant)
}
