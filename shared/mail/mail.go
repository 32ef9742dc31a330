// Package mail is the port to e-mail providers: SES on AWS, SMTP, or the local mailbox that catches everything on a laptop.
package mail

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Address is a mailbox with an optional display name, both in UTF-8.
type Address struct{ Name, Email string }

// Header is one further header field, such as List-Unsubscribe.
type Header struct{ Name, Value string }

// Message is one mail to one recipient.
type Message struct {
	// ID is ours (msg_…): it goes out as Message-ID and as a tag, and comes back in provider events.
	ID       string
	Tenant   string
	Campaign string // empty for service mail
	From, To Address
	ReplyTo  *Address
	Subject  string
	HTML     string
	Text     string
	Headers  []Header
}

// Sender hands mail to a provider. Send returns nil once the provider has accepted the message for good, or a *Failure that says of which
// class; any other error leaves it unknown whether the message was accepted.
type Sender interface {
	Send(ctx context.Context, m Message) error
	Traits() Traits
}

// Traits tells what callers may rely on.
type Traits struct {
	// Idempotent: the same Message.ID handed over twice reaches the recipient once. An uncertain message may then simply be sent again.
	Idempotent bool
	// Concurrency is how many Send calls are useful at once.
	Concurrency int
}

// Class sorts failures by what to do about them.
type Class string

// The classes of failure.
const (
	Throttled Class = "throttled"    // the provider asks to slow down; not an attempt
	Down      Class = "providerDown" // the provider cannot be reached or is broken; try later
	Recipient Class = "recipient"    // this address will never work
	Content   Class = "content"      // the message itself is refused; every other one of the campaign would be too
)

// Failure is a refusal by the provider: the message was certainly not accepted.
type Failure struct {
	Class  Class
	Detail string // the provider's words
}

// Error names the class and the provider's words.
func (f *Failure) Error() string { return fmt.Sprintf("mail: %s: %s", f.Class, f.Detail) }

// FailureClass returns the class of err, or "" when err does not say that the message was refused.
func FailureClass(err error) Class {
	var f *Failure
	if errors.As(err, &f) {
		return f.Class
	}
	return ""
}

// EventKind is what a provider reports later about a message.
type EventKind string

// The kinds of provider event.
const (
	Accepted   EventKind = "accepted"
	Delivered  EventKind = "delivered"
	Bounced    EventKind = "bounced" // permanent
	Complained EventKind = "complained"
)

// Event is a provider's report on a message, known by our id.
type Event struct {
	Kind      EventKind
	MessageID string
	Tenant    string
	Campaign  string
	Address   string
	At        time.Time
	Detail    string
}
