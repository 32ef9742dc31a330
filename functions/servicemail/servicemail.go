// Package servicemail is the worker that hands over the mails that Dangol itself owes a person: the request to verify an address, the test of a
// template. Each is asked for in the transaction of its cause, and handed over under the id of that request.
package servicemail

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/dangol/dangol/shared/crm/servicemail"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/identity"
	"github.com/dangol/dangol/shared/mail"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// Worker works the queue mails.
type Worker struct {
	env   *env.Env
	links identity.Links
}

// New returns the worker over the ports of e.
func New(e *env.Env) *Worker { return &Worker{env: e, links: identity.NewLinks(e)} }

// Handle hands over a batch and returns the messages to try again: those that the provider could not take now.
func (w *Worker) Handle(ctx context.Context, batch []queue.Message) (failed []string, err error) {
	for _, m := range batch {
		if err := w.one(ctx, m.Body); err != nil {
			w.env.Log.WarnContext(ctx, "a service mail waits", "message", m.ID, "tenant", m.Group, "received", m.Received, "error", err)
			failed = append(failed, m.ID)
		}
	}
	return failed, nil
}

// one hands over the mail that a queue message names. One that was handed over, or is gone, is done. A crash between the hand-over and its note
// repeats it under the same id: providers that know the id drop it, others deliver twice, which a verification stands.
func (w *Worker) one(ctx context.Context, body []byte) error {
	var c servicemail.Call
	if err := json.Unmarshal(body, &c); err != nil || !id.Valid(id.Workspace, c.Tenant) {
		return fmt.Errorf("read the call for a mail %q: %w", body, err)
	}
	t := w.env.DB.Tenant(c.Tenant).As("servicemail")
	r, err := t.ServiceMail(ctx, c.Mail)
	if errs.Code(err) == "mail_not_found" {
		return nil
	}
	if err != nil || r.DoneAt != nil {
		return err
	}
	m, err := w.compose(c.Tenant, r)
	if err != nil {
		return err
	}
	err = w.env.Mail.Send(ctx, m)
	class := mail.FailureClass(err)
	if class == mail.Recipient || class == mail.Content { // never will be
		w.env.Log.ErrorContext(ctx, "a service mail was refused", "mail", r.ID, "tenant", c.Tenant, "class", class, "error", err)
		return end(ctx, t, r, string(class))
	}
	if err != nil {
		return fmt.Errorf("hand over mail %s: %w", r.ID, err)
	}
	return end(ctx, t, r, "")
}

// end notes the outcome. Losing to another worker that noted it first is fine.
func end(ctx context.Context, t *store.Tenant, r *servicemail.Request, failure string) error {
	x := t.Begin()
	x.EndMail(r, failure)
	if err := x.Commit(ctx); err != nil && !table.FailedLabel(err, "mail") {
		return fmt.Errorf("note mail %s: %w", r.ID, err)
	}
	return nil
}

// compose makes the message of a request.
func (w *Worker) compose(tenant string, r *servicemail.Request) (mail.Message, error) {
	m := mail.Message{ID: r.ID, Tenant: tenant, From: w.env.Settings.From, To: mail.Address{Name: r.ToName, Email: r.To},
		Headers: []mail.Header{{Name: "Auto-Submitted", Value: "auto-generated"}}}
	content := r.Content
	if r.Kind == servicemail.Verification {
		var err error
		if content, err = w.verification(tenant, r); err != nil {
			return m, err
		}
	}
	if content == nil {
		return m, fmt.Errorf("mail %s of kind %q has no content", r.ID, r.Kind)
	}
	if content.FromEmail != "" {
		m.From = mail.Address{Name: content.FromName, Email: content.FromEmail}
	}
	m.Subject, m.HTML, m.Text = content.Subject, content.HTML, content.Text
	return m, nil
}
