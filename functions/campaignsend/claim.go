package campaignsend

import (
	"context"
	"errors"

	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/sending"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// work is a message that this run has claimed.
type work struct {
	row      *message.Message // as it was claimed
	customer *customer.Customer
	outcome  outcome
}

// candidate is a message with what is known of its receiver.
type candidate struct {
	row        *message.Message
	customer   *customer.Customer
	suppressed *message.Suppression
	twin       bool // the customer was merged into one who has a message of the campaign already
}

// claim decides on each message and writes the decisions in one transaction, which fails as a whole when the campaign's epoch is over. It returns
// the messages that are now this run's to send. Those that another worker got first are left to it.
func (r *run) claim(ctx context.Context, rows []*message.Message) ([]*work, error) {
	cs, err := r.facts(ctx, rows)
	if err != nil {
		return nil, err
	}
	for {
		tx := r.t.BeginChunk(r.call.Campaign, r.call.Chunk)
		tx.InEpoch(r.call.Campaign, r.call.Epoch)
		taken, moved := r.decide(tx, cs)
		if moved == 0 {
			return nil, nil
		}
		err := sending.Commit(ctx, tx)
		var lost *table.ConditionError
		if err == nil || !errors.As(err, &lost) || table.FailedLabel(err, store.LabelEpoch) {
			return taken, err
		}
		cs = without(cs, lost.Labels)
	}
}

func without(cs []candidate, ids []string) []candidate {
	gone := make(map[string]bool, len(ids))
	for _, id := range ids {
		gone[id] = true
	}
	out := cs[:0:0]
	for _, c := range cs {
		if !gone[c.row.ID] {
			out = append(out, c)
		}
	}
	return out
}

// facts reads what MaySend asks about.
func (r *run) facts(ctx context.Context, rows []*message.Message) ([]candidate, error) {
	ids := make([]string, len(rows))
	for i, m := range rows {
		ids[i] = m.CustomerID
	}
	customers, err := r.t.CustomersByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	twins, err := r.standIns(ctx, rows, customers)
	if err != nil {
		return nil, err
	}
	suppressed, err := sending.Suppressed(ctx, r.t, customers)
	if err != nil {
		return nil, err
	}
	out := make([]candidate, len(rows))
	for i, m := range rows {
		out[i] = candidate{m, customers[i], suppressed[i], twins[i]}
	}
	return out, nil
}

// decide adds the next state of each message and returns those that are to be sent, and how many move in all.
func (r *run) decide(tx *store.ChunkTx, cs []candidate) (taken []*work, moved int) {
	for _, c := range cs {
		is := *c.row
		if r.advance(&is, c) != nil {
			continue
		}
		if !is.State.Pending() && c.customer != nil {
			is.CustomerID = c.customer.ID // who stands for the one it was planned for
		}
		tx.Move(c.row, &is)
		moved++
		if is.State == message.Sending {
			taken = append(taken, &work{row: &is, customer: c.customer})
		}
	}
	return taken, moved
}

// advance moves one message on. A message whose worker was lost is sent again only to a provider that knows it; otherwise nobody can tell whether
// it went out.
func (r *run) advance(m *message.Message, c candidate) error {
	now := r.t.Now()
	if m.State == message.Sending && !r.w.env.Mail.Traits().Idempotent {
		return m.Lose()
	}
	if m.State == message.Planned && (m.Attempt >= maxAttempts || m.PutOff >= maxPutOffs) {
		return m.Fail(message.Exhausted)
	}
	may := message.MaySend(message.Facts{Customer: c.customer, Channel: consent.Email, Purpose: consent.Marketing, Suppressed: c.suppressed})
	switch {
	case c.twin && m.State == message.Planned:
		return m.Skip(message.MergedAway)
	case may.Allow:
		return m.Claim(r.call.Epoch, message.Address(c.customer, consent.Email), now.Add(lease))
	case m.State == message.Planned:
		return m.Skip(may.Reason)
	}
	return m.Lose() // it may have gone out before the receiver said no
}
