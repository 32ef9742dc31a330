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
	TenantName           string
	Content              struct {
		Raw      *struct{ Data []byte }
		Template *struct{ TemplateName string }
	}
}

// sesCalls has the reader of each operation by its path below /v2/email/.
var sesCalls = map[string]struct {
	operation string
	access    func(w *World, r *http.Request) ([]Access, error)
}{
	"outbound-emails":   {"SendEmail", (*World).sendEmail},
	"tenants":           {"CreateTenant", (*World).createTenant},
	"tenants/resources": {"CreateTenantResourceAssociation", (*World).associateTenant},
}

// ses reads a call of SES v2.
func (w *World) ses(r *http.Request) (c Call, err error) {
	known, ok := sesCalls[strings.TrimPrefix(r.URL.Path, "/v2/email/")]
	if r.Method != http.MethodPost || !ok {
		return c, unknown(r.Method + " " + r.URL.Path)
	}
	c.Operation = known.operation
	c.Access, err = known.access(w, r)
	return c, err
}

// sendEmail asks for the identity, which is the sender's domain, and for the configuration set; a raw message needs a right of its own. Its SES tenant is no
// resource of the call but a condition.
func (w *World) sendEmail(r *http.Request) ([]Access, error) {
	var m letter
	if err := decode(r, &m); err != nil {
		return nil, err
	}
	domain, err := m.domain()
	if err != nil {
		return nil, err
	}
	action, place, keys := "ses:SendEmail", w.Place, Keys{}
	if m.Content.Raw != nil {
		action = "ses:SendRawEmail"
	}
	if m.TenantName != "" {
		keys["ses:tenantname"] = []string{m.TenantName}
	}
	all := []Access{{Action: action, Resource: place.arn("AWS::SES::EmailIdentity", w.known(domain)), Keys: keys}}
	if m.ConfigurationSetName != "" {
		all = append(all, Access{Action: action, Resource: place.arn("AWS::SES::ConfigurationSet", w.known(m.ConfigurationSetName)), Keys: keys})
	}
	if t := m.Content.Template; t != nil {
		all = append(all, Access{Action: "ses:SendTemplatedEmail", Resource: "arn:aws:" + place.fill("ses:REGION:ACCOUNT:template/%s", t.TemplateName), Keys: keys})
	}
	return all, nil
}

// tenancy is a call about an SES tenant.
type tenancy struct{ TenantName, ResourceARN string }

// createTenant asks for no resource: IAM knows none for it, so that only a policy for "*" allows it.
func (w *World) createTenant(r *http.Request) ([]Access, error) {
	var t tenancy
	if err := decode(r, &t); err != nil {
		return nil, err
	}
	return []Access{{Action: "ses:CreateTenant", Resource: "*"}}, nil
}

// associateTenant asks for both ends. The tenant's ARN ends in an id that SES gives; any stands for it here.
func (w *World) associateTenant(r *http.Request) ([]Access, error) {
	var t tenancy
	if err := decode(r, &t); err != nil {
		return nil, err
	}
	parts := arnParts(t.ResourceARN)
	if len(parts) != arnLength || t.TenantName == "" {
		return nil, fmt.Errorf("associate %q with tenant %q: no ARN, or no tenant", t.ResourceARN, t.TenantName)
	}
	kind, name, _ := strings.Cut(parts[arnLength-1], "/")
	const action = "ses:CreateTenantResourceAssociation"
	return []Access{
		{Action: action, Resource: w.Place.arn("AWS::SES::Tenant", w.known(t.TenantName)+"/tn-0")},
		{Action: action, Resource: "arn:aws:" + w.Place.fill("ses:REGION:ACCOUNT:"+kind+"/%s", w.known(name))},
	}, nil
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
