package cloudstand

import (
	"context"
	"fmt"

	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/mail"
	"github.com/dangol/dangol/shared/mail/mailtest"
	"github.com/dangol/dangol/shared/mail/outbox"
	"github.com/dangol/dangol/shared/mail/sesevent"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/testkit/sestwin"
)

// intoMailbox lets the twin of SES put what it takes into the local mailbox, whose difficult addresses then refuse in SES's words.
func intoMailbox(box *outbox.Outbox) func(sestwin.Message) *sestwin.Refusal {
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

// report puts what the mailbox says of its messages on the queue of outcomes, in SES's words and the envelope of EventBridge.
func report(q queue.Queue) func(context.Context, []mail.Event) error {
	return func(ctx context.Context, events []mail.Event) error {
		for _, e := range events {
			kind, said := sesWords(e)
			m := sestwin.Message{To: e.Address, At: e.At, Tags: map[string]string{sesevent.TagMessage: e.MessageID, sesevent.TagTenant: e.Tenant, sesevent.TagCampaign: e.Campaign}}
			if err := q.Send(ctx, catalogue.Outcomes, queue.Send{Group: e.Tenant, Body: sestwin.Event(m, kind, said)}); err != nil {
				return fmt.Errorf("report on %s: %w", e.MessageID, err)
			}
		}
		return nil
	}
}

func sesWords(e mail.Event) (kind string, said map[string]any) {
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
