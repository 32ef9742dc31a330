// Package consent is the permission to contact someone over a channel for a purpose (수신동의).
package consent

import "time"

// Channel is a way to reach a person.
type Channel string

// Purpose is what the contact is for.
type Purpose string

// State is what the person said last.
type State string

// Channels, purposes and states.
const (
	Email Channel = "email"
	SMS   Channel = "sms"
	Phone Channel = "phone"
	Post  Channel = "post"
	Fax   Channel = "fax"
	Web   Channel = "web"

	Marketing Purpose = "marketing"
	Service   Purpose = "service"

	Granted   State = "granted"
	Withdrawn State = "withdrawn"
)

// Channels and Purposes list what is known, in the order that screens show.
var (
	Channels = []Channel{Email, SMS, Phone, Post, Fax, Web}
	Purposes = []Purpose{Marketing, Service}
)

// Consent is one statement, kept for ever: a later one does not overwrite it.
type Consent struct {
	ID      string    `json:"id"`
	Channel Channel   `json:"channel"`
	Purpose Purpose   `json:"purpose"`
	State   State     `json:"state"`
	Source  string    `json:"source,omitempty"`  // where it was said: form, import, unsubscribe link, clerk
	Wording string    `json:"wording,omitempty"` // the text agreed to, or its version
	At      time.Time `json:"at"`                // when the person said it
	Actor   string    `json:"actor,omitempty"`   // user, key or function that wrote it down
}

// States is the latest state under "channel.purpose", such as "email.marketing".
type States map[string]State

// Slot names the place of a channel and purpose in States.
func Slot(c Channel, p Purpose) string { return string(c) + "." + string(p) }

// Allows says whether the person granted this and has not withdrawn it. Silence is no.
func (s States) Allows(c Channel, p Purpose) bool { return s[Slot(c, p)] == Granted }
