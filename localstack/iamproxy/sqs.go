package iamproxy

import (
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
	c.Access = []Access{{Action: action, Resource: w.Place.arn("AWS::SQS::Queue", w.known(name))}}
	return c, nil
}

// ssm reads a call for the installation's secrets.
func (w *World) ssm(r *http.Request) (c Call, err error) {
	var body struct{ Name string }
	if c.Operation, err = target(r, "AmazonSSM", &body); err != nil {
		return c, err
	}
	if c.Operation != "GetParameter" || !strings.HasPrefix(body.Name, "/") {
		return c, unknown(c.Operation)
	}
	c.Access = []Access{{Action: "ssm:GetParameter", Resource: w.Place.arn("AWS::SSM::Parameter", w.known(body.Name))}}
	return c, nil
}
