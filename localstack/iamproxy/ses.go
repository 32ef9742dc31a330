package iamproxy

import (
	"fmt"
	"net/http"
	"strings"
)

// mail is a SendEmail of SES v2 as far as its rights depend on it.
type mail struct {
	FromEmailAddress     string
	ConfigurationSetName string
	Content              struct {
		Raw      *struct{}
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
	var m mail
	if err := decode(r, &m); err != nil {
		return c, err
	}
	_, domain, ok := strings.Cut(m.FromEmailAddress, "@")
	if !ok {
		return c, fmt.Errorf("no domain in the sender %q", m.FromEmailAddress)
	}
	action := "ses:SendEmail"
	if m.Content.Raw != nil {
		action = "ses:SendRawEmail"
	}
	place := w.Place
	c.Access = []Access{{Action: action, Resource: place.arn("AWS::SES::EmailIdentity", w.known(strings.Trim(domain, "> ")))}}
	if m.ConfigurationSetName != "" {
		c.Access = append(c.Access, Access{Action: action, Resource: place.arn("AWS::SES::ConfigurationSet", w.known(m.ConfigurationSetName))})
	}
	if t := m.Content.Template; t != nil {
		c.Access = append(c.Access, Access{Action: "ses:SendTemplatedEmail", Resource: "arn:aws:" + place.fill("ses:REGION:ACCOUNT:template/%s", t.TemplateName)})
	}
	return c, nil
}
