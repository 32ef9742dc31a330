// Package templates is a saved template with its name, and what of it is sent. What may stand in it is in template, which reads Liquid and HTML: the store and
// all functions know this package, only those that check and fill templates link that one.
package templates

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/dangol/dangol/shared/errs"
)

// Fields are what a person or program may set.
type Fields struct {
	Name        string `json:"name" maxLength:"200"`
	Description string `json:"description,omitempty" maxLength:"2000"`
	Subject     string `json:"subject,omitempty" maxLength:"2000" doc:"Liquid."`
	HTML        string `json:"html,omitempty" maxLength:"350000" doc:"HTML with Liquid; every value is escaped."`
	Text        string `json:"text,omitempty" maxLength:"350000" doc:"Plain text with Liquid; made from the HTML when it is left out."`
}

// Template is one template of one tenant.
type Template struct {
	ID string `json:"id"`
	Fields
	// Sample marks a record of the removable sample data.
	Sample    bool      `json:"sample,omitempty"`
	CreatedAt time.Time `json:"createdAt"`
	UpdatedAt time.Time `json:"updatedAt"`
	Version   int64     `json:"-"`
}

// maxBytes is what the parts may hold together: the record must fit one item of the table.
const maxBytes = 360 << 10

// Normalise trims the name and reports every rule that is broken. What the Liquid says is not checked here: unfinished work can be saved, and a
// launch refuses it.
func Normalise(f Fields) (Fields, error) {
	n := errs.New(errs.Invalid, "validation_failed")
	f.Name, f.Description = strings.TrimSpace(f.Name), strings.TrimSpace(f.Description)
	if f.Name == "" {
		n.Add("/name", "required_missing")
	}
	if utf8.RuneCountInString(f.Name) > 200 {
		n.Add("/name", "value_too_long", "max", 200)
	}
	if len(f.Subject)+len(f.HTML)+len(f.Text)+len(f.Description) > maxBytes {
		n.Add("/html", "template_too_large", "max", maxBytes)
	}
	return f, n.OrNil()
}

// Source is a template as it is written. Without Text the plain text is made from the HTML; one of the two must be there.
type Source struct {
	Subject string `json:"subject"`
	HTML    string `json:"html,omitempty"`
	Text    string `json:"text,omitempty"`
}

// Source returns the parts for the compiler, with another subject if one is given.
func (f Fields) Source(subject string) Source {
	if subject == "" {
		subject = f.Subject
	}
	return Source{Subject: subject, HTML: f.HTML, Text: f.Text}
}
