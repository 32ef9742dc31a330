package campaignsend

import (
	"context"
	"errors"

	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/sending"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// record writes what became of the messages, in as few transactions as they fit. What happened outside is a fact: it is written whatever the
// campaign's epoch is by now, and when someone changed a row meanwhile, the fact is applied to the row as it is now.
func (r *run) record(ctx context.Context, taken []*work) error {
	for start := 0; start < len(taken); {
		n := fits(taken[start:])
		if err := r.recordSlice(ctx, taken[start:start+n]); err != nil {
			return err
		}
		start += n
	}
	return r.aftermath(ctx, taken)
}

// fits returns how many of the messages can be recorded in one transaction: a bad address takes two writes.
func fits(taken []*work) int {
	room := store.MaxMoves
	for i, wk := range taken {
		if room--; wk.outcome.result == badAddress {
			room--
		}
		if room < 0 {
			return i
		}
	}
	return len(taken)
}

func (r *run) recordSlice(ctx context.Context, taken []*work) error {
	rows := make(map[string]*message.Message, len(taken)) // as they are in the table
	for _, wk := range taken {
		rows[wk.row.ID] = wk.row
	}
	for {
		tx := r.t.BeginChunk(r.call.Campaign, r.call.Chunk)
		for _, wk := range taken {
			r.add(tx, wk, rows[wk.row.ID])
		}
		err := sending.Commit(ctx, tx)
		var lost *table.ConditionError
		if err == nil || !errors.As(err, &lost) {
			return err
		}
		for _, id := range lost.Labels {
			if rows[id], err = r.t.Message(ctx, r.call.Campaign, r.call.Chunk, id); err != nil {
				return err
			}
		}
	}
}

// add adds what a fact makes of a row, and the suppression of an address that will never work.
func (r *run) add(tx *store.ChunkTx, wk *work, row *message.Message) {
	is := *row
	if !settle(&is, wk) {
		return
	}
	tx.Move(row, &is)
	if wk.outcome.result == badAddress {
		tx.Suppress(message.Suppression{Channel: message.Email, Address: wk.row.Address, Reason: message.Bounced, CampaignID: wk.row.CampaignID,
			MessageID: wk.row.ID, Detail: wk.outcome.detail, At: r.t.Now()})
	}
}

// settle applies an outcome to the row as it is now and returns whether it changed. An acceptance holds against everything; the rest only while
// the claim is still this run's.
func settle(row *message.Message, wk *work) bool {
	if wk.outcome.result == accepted {
		moved := row.Accepted(wk.outcome.at) == nil
		row.CustomerID = wk.customer.ID // until now it named whom it was planned for, as its links do
		return moved
	}
	if !row.ClaimedAs(wk.row) {
		return false
	}
	switch wk.outcome.result {
	case notTried, unreached:
		return row.GiveBack(false) == nil
	case deferred:
		return row.Defer() == nil
	case badAddress:
		return row.Fail(message.Bounced) == nil
	case badContent:
		return row.Fail(message.Refused) == nil
	case notRendered:
		return row.Fail(message.NotRendered) == nil
	case unknown, accepted:
	}
	return false
}

// aftermath counts what was sent and does what the outcomes ask for beyond their rows.
func (r *run) aftermath(ctx context.Context, taken []*work) error {
	putOff := false
	for _, wk := range taken {
		switch wk.outcome.result {
		case accepted:
			r.sent++
		case deferred, unreached:
			putOff = true
		case unknown:
			r.comeAgain(lease)
		case badContent:
			if err := sending.Stop(ctx, r.t, r.call.Campaign, wk.outcome.detail); err != nil {
				return err
			}
		case notTried, badAddress, notRendered:
		}
	}
	if putOff {
		r.pause()
	}
	return nil
}
