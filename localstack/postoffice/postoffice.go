// Package postoffice stands where SES does for stories over AWS's API: it takes mail by SES's API into the local mailbox, whose difficult addresses refuse in
// SES's words, and reports what became of each in the envelope of EventBridge. No emulator does either.
package postoffice

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"testing"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/kv"
	"github.com/dangol/dangol/shared/mail"
	"github.com/dangol/dangol/shared/mail/mailtest"
	"github.com/dangol/dangol/shared/mail/outbox"
	"github.com/dangol/dangol/shared/mail/sesevent"
	"github.com/dangol/dangol/shared/testkit/sestwin"
)

// Office is an open post office. It closes with the test.
type Office struct {
	URL string // of SES's API
	box *outbox.Outbox
}

// Open opens an office at an address such as 127.0.0.1:0.
func Open(t testing.TB, address string) *Office {
	t.Helper()
	listener, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	store, err := kv.Open(filepath.Join(t.TempDir(), "mail"), kv.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	box, err := outbox.New(store, clock.System{})
	if err != nil {
		t.Fatal(err)
	}
	twin := sestwin.StartAt(t, listener)
	twin.Ask = into(box)
	return &Office{URL: twin.URL, box: box}
}

// Mount serves the mailbox where a laptop's host does.
func (o *Office) Mount(mux *http.ServeMux) {
	for _, path := range []string{outbox.BasePath, outbox.BasePath + ".json", outbox.BasePath + "/"} {
		mux.Handle(path, o.box.Handler())
	}
}

// Report is one event of SES about one message, as EventBridge delivers it.
type Report struct {
	Tenant string
	Event  []byte
}

// Run hands every report on until the context ends. Tags stand in each beside the message's own, such as the configuration set's name, which SES adds.
func (o *Office) Run(ctx context.Context, tags map[string]string, deliver func(context.Context, Report) error) error {
	return o.box.Run(ctx, func(ctx context.Context, events []mail.Event) error {
		for _, e := range events {
			if err := deliver(ctx, Report{Tenant: e.Tenant, Event: event(e, tags)}); err != nil {
				return fmt.Errorf("report on %s: %w", e.MessageID, err)
			}
		}
		return nil
	})
}

func event(e mail.Event, tags map[string]string) []byte {
	all := map[string]string{sesevent.TagMessage: e.MessageID, sesevent.TagTenant: e.Tenant, sesevent.TagCampaign: e.Campaign}
	for name, value := range tags {
		all[name] = value
	}
	kind, said := words(e)
	return sestwin.Event(sestwin.Message{To: e.Address, At: e.At, Tags: all}, kind, said)
}

// into lets the twin of SES put what it takes into the mailbox.
func into(box *outbox.Outbox) func(sestwin.Message) *sestwin.Refusal {
	return func(m sestwin.Message) *sestwin.Refusal {
		read, err := parse(m)
		if err == nil {
			err = box.Send(context.Background(), read)
		}
		switch class := mail.FailureClass(err); {
		case err == nil:
			return nil
		case class == mail.Throttled:
			return &sestwin.Refusal{Status: 429, Type: "TooManyRequestsException", Message: err.Error()}
		case class == mail.Recipient:
			return &sestwin.Refusal{Status: 400, Type: "BadRequestException", Message: "Illegal address"}
		case class == mail.Content:
			return &sestwin.Refusal{Status: 400, Type: "MessageRejected", Message: err.Error()}
		default:
			return &sestwin.Refusal{Status: 400, Type: "SendingPausedException", Message: err.Error()}
		}
	}
}

// parse reads a message back from its MIME text and tags.
func parse(m sestwin.Message) (mail.Message, error) {
	r, err := mailtest.Read(m.Raw)
	if err != nil {
		return mail.Message{}, err
	}
	out := mail.Message{ID: m.Tags[sesevent.TagMessage], Tenant: m.Tags[sesevent.TagTenant], Campaign: m.Tags[sesevent.TagCampaign],
		From: r.From, To: r.To, Subject: r.Subject, HTML: r.HTML, Text: r.Text}
	for _, name := range []string{"List-Unsubscribe", "List-Unsubscribe-Post"} {
		if v := r.Header(name); v != "" {
			out.Headers = append(out.Headers, mail.Header{Name: name, Value: v})
		}
	}
	return out, nil
}

func words(e mail.Event) (kind string, said map[string]any) {
	switch e.Kind {
	case mail.Bounced:
		return "Bounce", map[string]any{"timestamp": e.At, "bounceType": "Permanent", "bounceSubType": e.Detail}
	case mail.Complained:
		return "Complaint", map[string]any{"timestamp": e.At, "complaintFeedbackType": e.Detail}
	case mail.Delivered:
		return "Delivery", map[string]any{"timestamp": e.At, "smtpResponse": e.Detail}
	}
	return "Send", nil
}
