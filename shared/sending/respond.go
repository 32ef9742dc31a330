package sending

import (
	"context"
	"errors"
	"time"

	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/crm/timeline"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// Response is what a receiver did, or what the provider said about them.
type Response struct {
	Kind message.Kind
	At   time.Time
	// URL is where a click led.
	URL string
	// Source and Detail are kept as the proof of a withdrawal, and as the provider's words.
	Source, Detail string
}

// tries bounds how often a write competes with others for the same rows.
const tries = 10

// Respond notes a response to a message: on its row and in the books once, and in the customer's timeline. change may alter the row further. A
// response that was noted before changes nothing.
func Respond(ctx context.Context, t *store.Tenant, m *message.Message, r Response, change Change) error {
	return respond(ctx, t, m, r, change, nil)
}

// respond notes a response; effect adds what follows from it when it is noted for the first time.
func respond(ctx context.Context, t *store.Tenant, m *message.Message, r Response, change Change, effect func(*store.Tx, *message.Message) error) error {
	return attempt(ctx, t, m, func(row *message.Message) (*store.ChunkTx, error) {
		is := *row
		moved := change != nil && change(&is)
		moved = is.Respond(r.Kind, r.At) || moved
		if !moved {
			return nil, nil
		}
		tx := t.BeginChunk(row.CampaignID, row.Chunk)
		tx.Move(row, &is)
		if row.Responded(r.Kind) != nil {
			return tx, nil
		}
		tell(tx.Tx, &is, r)
		if effect != nil {
			return tx, effect(tx.Tx, &is)
		}
		return tx, nil
	})
}

// Note applies a change to a message that its customer's timeline does not speak of.
func Note(ctx context.Context, t *store.Tenant, m *message.Message, change Change) error {
	_, err := MoveRows(ctx, t, m.CampaignID, m.Chunk, 0, []*message.Message{m}, change)
	return err
}

// Suppress notes a bounce and suppresses the address that bounced; the consent stays as it is.
func Suppress(ctx context.Context, t *store.Tenant, m *message.Message, r Response, change Change) error {
	return respond(ctx, t, m, r, change, func(tx *store.Tx, is *message.Message) error {
		suppress(tx, t, is, r, is.Address)
		return nil
	})
}

func suppress(tx *store.Tx, t *store.Tenant, m *message.Message, r Response, address string) {
	if address != "" {
		tx.Suppress(message.Suppression{Channel: message.Email, Address: address, Reason: string(r.Kind), CampaignID: m.CampaignID, MessageID: m.ID,
			Detail: r.Detail, At: t.Now()})
	}
}

// attempt builds and commits a transaction around a message, again with the fresh row when someone else changed it.
func attempt(ctx context.Context, t *store.Tenant, m *message.Message, build func(*message.Message) (*store.ChunkTx, error)) error {
	for range tries {
		tx, err := build(m)
		if err != nil || tx == nil {
			return err
		}
		err = Commit(ctx, tx)
		var lost *table.ConditionError
		if !errors.As(err, &lost) {
			return err
		}
		if m, err = t.Message(ctx, m.CampaignID, m.Chunk, m.ID); err != nil {
			return err
		}
	}
	return errs.New(errs.Unavailable, "try_again")
}

// tell adds the response to the customer's timeline, under an id that a repetition finds again.
func tell(tx *store.Tx, m *message.Message, r Response) {
	data := map[string]any{"kind": r.Kind, "campaignId": m.CampaignID, "messageId": m.ID}
	if r.URL != "" {
		data["url"] = r.URL
	}
	if r.Detail != "" {
		data["detail"] = r.Detail
	}
	tx.Tell(m.CustomerID, timeline.Entry{ID: id.Derived(id.Event, m.ID, string(r.Kind)), Type: timeline.Responded, At: *m.Responded(r.Kind), Data: data})
}

// Withdraw ends the permission to mail a customer who unsubscribed or complained: the consent is withdrawn, the address suppressed and the response
// noted, all in one transaction. Repeating it changes nothing; but one who unsubscribes by an old mail after agreeing anew has said no once more.
func Withdraw(ctx context.Context, t *store.Tenant, m *message.Message, r Response, change Change) error {
	return attempt(ctx, t, m, func(row *message.Message) (*store.ChunkTx, error) {
		c, err := t.CustomerNow(ctx, row.CustomerID)
		if err != nil && errs.Code(err) != "customer_not_found" {
			return nil, err
		}
		is := *row
		moved := change != nil && change(&is)
		moved = is.Respond(r.Kind, r.At) || moved
		first := row.Responded(r.Kind) == nil
		anew := r.Kind == message.Unsubscribed && c != nil && c.Consents.Allows(consent.Email, consent.Marketing)
		tx := t.BeginChunk(row.CampaignID, row.Chunk)
		if moved {
			tx.Move(row, &is)
		}
		if first {
			tell(tx.Tx, &is, r)
		}
		if first || anew {
			withdraw(tx.Tx, t, c, &is, r)
		}
		return tx, nil
	})
}

// withdraw adds what keeps the next mail from going out.
func withdraw(tx *store.Tx, t *store.Tenant, c *customer.Customer, m *message.Message, r Response) {
	for _, address := range addresses(c, m) {
		suppress(tx, t, m, r, address)
	}
	if c != nil && c.ArchivedAt == nil {
		tx.RecordConsent(c, consent.Consent{ID: t.NewID(id.Consent), Channel: consent.Email, Purpose: consent.Marketing, State: consent.Withdrawn,
			Source: r.Source, At: earlier(r.At, t.Now())})
	}
}

// earlier keeps a provider whose clock is ahead from dating a withdrawal in the future.
func earlier(a, b time.Time) time.Time {
	if a.After(b) {
		return b
	}
	return a
}

// addresses is where the message went and where its customer is reached now.
func addresses(c *customer.Customer, m *message.Message) []string {
	var out []string
	if m.Address != "" {
		out = append(out, m.Address)
	}
	if c != nil && c.Email != "" && c.Email != m.Address {
		out = append(out, c.Email)
	}
	return out
}
