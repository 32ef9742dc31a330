// Package servicemail is a mail that Dangol itself owes a person: a request to verify an address, a test of a template. It is written in the same
// transaction as its cause and handed over once, under an id of its own.
package servicemail

import "time"

// Kind names the mail.
type Kind string

// The kinds.
const (
	Verification Kind = "verification" // asks UserID to show that To is theirs
	Ready        Kind = "ready"        // Content is already rendered
)

// Kept is how long a request stays in the table after it was made, and so how long a repeated delivery is recognised.
const Kept = 7 * 24 * time.Hour

// Request is one mail to hand over. ID is also the message's id at the provider.
type Request struct {
	ID        string     `json:"id"`
	Kind      Kind       `json:"kind"`
	To        string     `json:"to"`
	ToName    string     `json:"toName,omitempty"`
	Language  string     `json:"language"` // ko or en
	Company   string     `json:"company,omitempty"`
	UserID    string     `json:"userId,omitempty"` // whose address it is about
	Content   *Content   `json:"content,omitempty"`
	CreatedAt time.Time  `json:"createdAt"`
	DoneAt    *time.Time `json:"doneAt,omitempty"`
	Failure   string     `json:"failure,omitempty"` // the class of failure that ended it
	Version   int64      `json:"-"`
}

// Content is a rendered mail. Without a sender it comes from Dangol.
type Content struct {
	FromName  string `json:"fromName,omitempty"`
	FromEmail string `json:"fromEmail,omitempty"`
	Subject   string `json:"subject"`
	HTML      string `json:"html"`
	Text      string `json:"text"`
}

// Call is the queue message that asks for a request to be handed over.
type Call struct {
	Tenant string `json:"tenant"`
	Mail   string `json:"mail"`
}
