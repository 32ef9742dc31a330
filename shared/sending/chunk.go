package sending

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// Change decides what becomes of a message; it changes m and returns whether it did. It is asked again with the fresh row when someone else changed
// the message in between.
type Change func(m *message.Message) bool

// MoveChunk applies a change to every message of a chunk that it wants, slice by slice, and returns how many were moved. epoch, if not 0, must
// still be the campaign's.
func MoveChunk(ctx context.Context, t *store.Tenant, campaignID string, chunk int, epoch int64, change Change) (moved int, err error) {
	var rows []*message.Message
	err = t.EachMessage(ctx, campaignID, chunk, func(m *message.Message) (bool, error) {
		if trial := *m; change(&trial) {
			rows = append(rows, m)
		}
		return true, nil
	})
	for start := 0; err == nil && start < len(rows); start += store.MaxMoves {
		var n int
		n, err = MoveRows(ctx, t, campaignID, chunk, epoch, rows[start:min(start+store.MaxMoves, len(rows))], change)
		moved += n
	}
	return moved, err
}

// MoveRows applies a change to at most store.MaxMoves messages of a chunk in one transaction. Rows that someone else changed meanwhile are read
// again and the change is asked anew.
func MoveRows(ctx context.Context, t *store.Tenant, campaignID string, chunk int, epoch int64, rows []*message.Message, change Change) (moved int, err error) {
	for {
		tx := t.BeginChunk(campaignID, chunk)
		if epoch != 0 {
			tx.InEpoch(campaignID, epoch)
		}
		moved = addMoves(tx, rows, change)
		if moved == 0 {
			return 0, nil
		}
		err = Commit(ctx, tx)
		if err == nil {
			return moved, nil
		}
		var lost *table.ConditionError
		if !errors.As(err, &lost) || table.FailedLabel(err, store.LabelEpoch) {
			return 0, err
		}
		if rows, err = refresh(ctx, t, campaignID, chunk, rows, lost.Labels); err != nil {
			return 0, err
		}
	}
}

func addMoves(tx *store.ChunkTx, rows []*message.Message, change Change) (moved int) {
	for _, was := range rows {
		if is := *was; change(&is) {
			tx.Move(was, &is)
			moved++
		}
	}
	return moved
}

// refresh reads the rows with the given ids again, in place.
func refresh(ctx context.Context, t *store.Tenant, campaignID string, chunk int, rows []*message.Message, ids []string) ([]*message.Message, error) {
	stale := make(map[string]bool, len(ids))
	for _, m := range ids {
		stale[m] = true
	}
	out := rows[:0:0]
	for _, m := range rows {
		if stale[m.ID] {
			fresh, err := t.Message(ctx, campaignID, chunk, m.ID)
			if err != nil {
				return nil, err
			}
			m = fresh
		}
		out = append(out, m)
	}
	return out, nil
}

// The waits of Commit between tries while the table is throttled, doubling, each with jitter.
const (
	firstWait = 20 * time.Millisecond
	waits     = 8
)

// Commit commits with patience while the engine throttles: what it writes has happened outside and must not be forgotten.
func Commit(ctx context.Context, tx interface{ Commit(context.Context) error }) error {
	for n := 0; ; n++ {
		err := tx.Commit(ctx)
		if !errors.Is(err, table.ErrThrottled) || n == waits {
			return err
		}
		pause := firstWait << n
		select {
		case <-time.After(pause/2 + rand.N(pause)): // the machine's time: jitter is for other machines
		case <-ctx.Done():
			return err
		}
	}
}
