// Package sesevent reads what Amazon SES reports about messages, as EventBridge delivers it. It needs no SDK, so that the worker that folds the reports stays
// small.
package sesevent

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"github.com/dangol/dangol/shared/mail"
)

// The tags of a message that its events bring back.
const (
	TagMessage  = "dangol-message"
	TagTenant   = "dangol-tenant"
	TagCampaign = "dangol-campaign"
)

// source is who sends the events, in the envelope of EventBridge.
const source = "aws.ses"

// Decode reads the body of a queue message: a list of mail.Event, as functions/providerevents writes it, or one event of SES, as a rule of EventBridge puts it
// on the queue. An event that says nothing of a message of ours is none.
func Decode(body []byte) ([]mail.Event, error) {
	if bytes.HasPrefix(bytes.TrimSpace(body), []byte("[")) {
		var events []mail.Event
		err := json.Unmarshal(body, &events)
		return events, err
	}
	var e envelope
	if err := json.Unmarshal(body, &e); err != nil {
		return nil, err
	}
	if e.Source != source {
		return nil, fmt.Errorf("sesevent: an event of %q", e.Source)
	}
	return e.Detail.events(), nil
}

// envelope is EventBridge's; detail is the event as SES publishes it everywhere. Source: AWS, SES Developer Guide, "Contents of event data".
type envelope struct {
	Source string `json:"source"`
	Detail event  `json:"detail"`
}

type event struct {
	EventType string `json:"eventType"`
	Mail      struct {
		Timestamp   time.Time           `json:"timestamp"`
		Destination []string            `json:"destination"`
		Tags        map[string][]string `json:"tags"`
	} `json:"mail"`
	Delivery struct {
		Timestamp    time.Time `json:"timestamp"`
		SMTPResponse string    `json:"smtpResponse"`
	} `json:"delivery"`
	Bounce struct {
		Timestamp         time.Time   `json:"timestamp"`
		BounceType        string      `json:"bounceType"`
		BounceSubType     string      `json:"bounceSubType"`
		BouncedRecipients []recipient `json:"bouncedRecipients"`
	} `json:"bounce"`
	Complaint struct {
		Timestamp             time.Time `json:"timestamp"`
		ComplaintFeedbackType string    `json:"complaintFeedbackType"`
	} `json:"complaint"`
}

type recipient struct {
	DiagnosticCode string `json:"diagnosticCode"`
}

// events are none or one: a message of ours has one recipient.
func (e event) events() []mail.Event {
	out := mail.Event{MessageID: e.tag(TagMessage), Tenant: e.tag(TagTenant), Campaign: e.tag(TagCampaign)}
	if len(e.Mail.Destination) > 0 {
		out.Address = e.Mail.Destination[0]
	}
	if out.MessageID == "" || !e.tell(&out) {
		return nil
	}
	return []mail.Event{out}
}

// tell sets kind, time and detail. It returns false for what changes nothing: opens and clicks are counted by our own links, a transient bounce is SES's to try
// again.
func (e event) tell(out *mail.Event) bool {
	switch e.EventType {
	case "Send":
		out.Kind, out.At = mail.Accepted, e.Mail.Timestamp
	case "Delivery":
		out.Kind, out.At, out.Detail = mail.Delivered, e.Delivery.Timestamp, e.Delivery.SMTPResponse
	case "Bounce":
		if e.Bounce.BounceType != "Permanent" {
			return false
		}
		out.Kind, out.At, out.Detail = mail.Bounced, e.Bounce.Timestamp, e.Bounce.BounceSubType
		for _, r := range e.Bounce.BouncedRecipients {
			out.Detail += " " + r.DiagnosticCode
		}
	case "Complaint":
		out.Kind, out.At, out.Detail = mail.Complained, e.Complaint.Timestamp, e.Complaint.ComplaintFeedbackType
	default:
		return false
	}
	return true
}

func (e event) tag(name string) string {
	if values := e.Mail.Tags[name]; len(values) > 0 {
		return values[0]
	}
	return ""
}
