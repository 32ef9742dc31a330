// Package outcomes folds what providers report about messages into the ledger. Reports may come in any order, twice and late: each message ends the
// same, and every response is counted once.
package outcomes

import (
	"context"
	"fmt"
	"strings"

	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/mail"
	"github.com/dangol/dangol/shared/mail/sesevent"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/sending"
	"github.com/dangol/dangol/shared/store"
)

// Worker handles the queue of provider events.
type Worker struct{ env *env.Env }

// New returns the worker over the ports of e.
func New(e *env.Env) *Worker { return &Worker{env: e} }

// Handle folds the batch and returns the ids of the messages that must come again. The body of a message is a list of mail.Event, or an event of SES.
func (w *Worker) Handle(ctx context.Context, batch []queue.Message) (failed []string, err error) {
	failed = []string{}
	for _, m := range batch {
		if err := w.message(ctx, m); err != nil {
			w.env.Log.ErrorContext(ctx, "outcome not folded", "function", "outcomes", "tenant", m.Group, "message", m.ID, "received", m.Received, "error", err)
			failed = append(failed, m.ID)
		}
	}
	return failed, nil
}

func (w *Worker) message(ctx context.Context, m queue.Message) error {
	events, err := sesevent.Decode(m.Body)
	if err != nil {
		return fmt.Errorf("decode events: %w", err)
	}
	for _, e := range events {
		if err := w.fold(ctx, e); err != nil {
			return fmt.Errorf("fold %s of %s: %w", e.Kind, e.MessageID, err)
		}
	}
	return nil
}

// fold applies one event. One about a message that no campaign has, such as service mail, is nobody's.
func (w *Worker) fold(ctx context.Context, e mail.Event) error {
	if !id.Valid(id.Workspace, e.Tenant) || !id.Valid(id.Campaign, e.Campaign) {
		return nil
	}
	t := w.env.DB.Tenant(e.Tenant).As("outcomes")
	ctl, err := t.CampaignControl(ctx, e.Campaign)
	if errs.Code(err) == "campaign_not_found" || err == nil && ctl.Frozen == nil {
		return nil
	}
	if err != nil {
		return err
	}
	row, err := t.Message(ctx, e.Campaign, message.ChunkOf(e.MessageID, ctl.Frozen.Chunks), e.MessageID)
	if errs.Code(err) == "message_not_found" {
		return nil
	}
	if err != nil {
		return err
	}
	if err := apply(ctx, t, row, e); err != nil {
		return err
	}
	return sending.Finish(ctx, t, e.Campaign, row.Chunk)
}

func apply(ctx context.Context, t *store.Tenant, row *message.Message, e mail.Event) error {
	settle := func(m *message.Message) bool { return m.Fold(message.Report(e.Kind), e.At) }
	r := sending.Response{At: e.At, Detail: strings.ToValidUTF8(e.Detail, "")}
	switch e.Kind {
	case mail.Complained:
		r.Kind, r.Source = message.Complained, "complaint"
		return sending.Withdraw(ctx, t, row, r, settle)
	case mail.Bounced:
		r.Kind = message.BouncedBack
		return sending.Suppress(ctx, t, row, r, settle)
	case mail.Delivered, mail.Accepted:
		return sending.Note(ctx, t, row, settle)
	}
	return nil
}
