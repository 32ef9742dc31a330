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

// SlotOf is the slot that a text names; those that are known are held in memory once.
func SlotOf(text []byte) string {
	if known, ok := knownSlots[string(text)]; ok {
		return known
	}
	return string(text)
}

// StateOf is the state that a text names, as SlotOf.
func StateOf(text []byte) State {
	switch State(text) {
	case Granted:
		return Granted
	case Withdrawn:
		return Withdrawn
	}
	return State(text)
}

var knownSlots = func() map[string]string {
	out := map[string]string{}
	for _, c := range Channels {
		for _, p := range Purposes {
			out[Slot(c, p)] = Slot(c, p)
		}
	}
	return out
}()

// Allows says whether the person granted this and has not withdrawn it. Silence is no.
func (s States) Allows(c Channel, p Purpose) bool { return s[Slot(c, p)] == Granted }
