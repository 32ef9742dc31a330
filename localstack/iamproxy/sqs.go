package iamproxy

import (
	"fmt"
	"net/http"
	"strings"
)

// sqsActions has the right behind each operation; a batch needs that of its messages (Service Authorization Reference, Amazon SQS).
var sqsActions = map[string]string{
	"SendMessage":                  "sqs:SendMessage",
	"SendMessageBatch":             "sqs:SendMessage",
	"ReceiveMessage":               "sqs:ReceiveMessage",
	"DeleteMessage":                "sqs:DeleteMessage",
	"DeleteMessageBatch":           "sqs:DeleteMessage",
	"ChangeMessageVisibility":      "sqs:ChangeMessageVisibility",
	"ChangeMessageVisibilityBatch": "sqs:ChangeMessageVisibility",
	"GetQueueAttributes":           "sqs:GetQueueAttributes",
	"GetQueueUrl":                  "sqs:GetQueueUrl",
}

// sqs reads a call of the JSON protocol. The queue is the last part of its URL; the account part is the emulator's.
func (w *World) sqs(r *http.Request) (c Call, err error) {
	var body struct{ QueueURL, QueueName string }
	if c.Operation, err = target(r, "AmazonSQS", &body); err != nil {
		return c, err
	}
	name := body.QueueName
	if body.QueueURL != "" {
		name = body.QueueURL[strings.LastIndexByte(body.QueueURL, '/')+1:]
	}
	action := sqsActions[c.Operation]
	if action == "" || name == "" {
		return c, unknown(c.Operation)
	}
	c.Access = []Access{{Action: action, Resource: w.Place.withDefaults().arn("AWS::SQS::Queue", name)}}
	return c, nil
}

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
	place := w.Place.withDefaults()
	c.Access = []Access{{Action: action, Resource: place.arn("AWS::SES::EmailIdentity", strings.Trim(domain, "> "))}}
	if m.ConfigurationSetName != "" {
		c.Access = append(c.Access, Access{Action: action, Resource: place.arn("AWS::SES::ConfigurationSet", m.ConfigurationSetName)})
	}
	if t := m.Content.Template; t != nil {
		c.Access = append(c.Access, Access{Action: "ses:SendTemplatedEmail", Resource: "arn:aws:" + place.fill("ses:REGION:ACCOUNT:template/%s", t.TemplateName)})
	}
	return c, nil
}
