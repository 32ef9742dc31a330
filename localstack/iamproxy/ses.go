package iamproxy

import (
	"bytes"
	"fmt"
	"net/http"
	"net/mail"
	"strings"
)

// letter is a SendEmail of SES v2 as far as its rights depend on it.
type letter struct {
	FromEmailAddress     string
	ConfigurationSetName string
	Content              struct {
		Raw      *struct{ Data []byte }
		Template *struct{ TemplateName string }
	}
}

// ses reads a SendEmail of SES v2. The identity that must be open to the caller is the sender's domain; a raw message needs a right of its own.
func (w *World) ses(r *http.Request) (c Call, err error) {
	c.Operation = strings.TrimPrefix(r.URL.Path, "/v2/email/")
	if r.Method != http.MethodPost || c.Operation != "outbound-emails" {
		return c, unknown(r.Method + " " + r.URL.Path)
	}
	c.Operation = "SendEmail"
	var m letter
	if err := decode(r, &m); err != nil {
		return c, err
	}
	domain, err := m.domain()
	if err != nil {
		return c, err
	}
	action := "ses:SendEmail"
	if m.Content.Raw != nil {
		action = "ses:SendRawEmail"
	}
	place := w.Place
	c.Access = []Access{{Action: action, Resource: place.arn("AWS::SES::EmailIdentity", w.known(domain))}}
	if m.ConfigurationSetName != "" {
		c.Access = append(c.Access, Access{Action: action, Resource: place.arn("AWS::SES::ConfigurationSet", w.known(m.ConfigurationSetName))})
	}
	if t := m.Content.Template; t != nil {
		c.Access = append(c.Access, Access{Action: "ses:SendTemplatedEmail", Resource: "arn:aws:" + place.fill("ses:REGION:ACCOUNT:template/%s", t.TemplateName)})
	}
	return c, nil
}

// domain is that of the sender: the one that the call names, or the From of a raw message.
func (m letter) domain() (string, error) {
	from := m.FromEmailAddress
	if from == "" && m.Content.Raw != nil {
		message, err := mail.ReadMessage(bytes.NewReader(m.Content.Raw.Data))
		if err != nil {
			return "", fmt.Errorf("read the message: %w", err)
		}
		from = message.Header.Get("From")
	}
	sender, err := mail.ParseAddress(from)
	if err != nil {
		return "", fmt.Errorf("sender %q: %w", from, err)
	}
	return sender.Address[strings.LastIndexByte(sender.Address, '@')+1:], nil
}
