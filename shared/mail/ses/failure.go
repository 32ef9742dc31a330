package ses

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"

	"github.com/aws/smithy-go"

	"github.com/dangol/dangol/shared/mail"
)

// classes sorts SES's refusals, all of which say that nothing was accepted. Source: AWS, SES API v2 reference, SendEmail, "Errors", and "Common
// errors". What speaks of the account, its setting up or our own request waits (Down): neither a person nor a campaign can help it.
var classes = map[string]mail.Class{
	"TooManyRequestsException":           mail.Throttled,
	"LimitExceededException":             mail.Throttled,
	"ThrottlingException":                mail.Throttled,
	"SendingPausedException":             mail.Down,
	"AccountSuspendedException":          mail.Down,
	"NotFoundException":                  mail.Down, // no such configuration set
	"ServiceUnavailable":                 mail.Down,
	"AccessDeniedException":              mail.Down,
	"NotAuthorized":                      mail.Down,
	"OptInRequired":                      mail.Down,
	"ExpiredTokenException":              mail.Down,
	"RequestExpired":                     mail.Down,
	"IncompleteSignature":                mail.Down,
	"UnrecognizedClientException":        mail.Down,
	"MessageRejected":                    mail.Content,
	"MailFromDomainNotVerifiedException": mail.Content, // of this sender: the next campaign may have another
	"BadRequestException":                mail.Content,
	"ValidationError":                    mail.Content,
	"RequestEntityTooLargeException":     mail.Content,
}

// aboutAddress are words of a BadRequestException that speaks of the recipient.
var aboutAddress = []string{"illegal address", "missing final '@domain'", "missing '@'", "local address contains", "domain contains", "domain starts with", "domain ends with", "invalid email address"}

// classified turns what SES answered into a mail.Failure where it certainly took nothing. An answer that never came, and one that says that SES broke while it
// worked (500), leave it open.
func classified(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	var answer smithy.APIError
	if errors.As(err, &answer) {
		if class, known := classes[answer.ErrorCode()]; known {
			return &mail.Failure{Class: ofAddress(class, answer), Detail: answer.ErrorCode() + ": " + answer.ErrorMessage()}
		}
	}
	var dial *net.OpError
	if ctx.Err() == nil && errors.As(err, &dial) && dial.Op == "dial" {
		return &mail.Failure{Class: mail.Down, Detail: dial.Error()}
	}
	return fmt.Errorf("ses: send: %w", err)
}

func ofAddress(class mail.Class, answer smithy.APIError) mail.Class {
	text := strings.ToLower(answer.ErrorMessage())
	for _, words := range aboutAddress {
		if class == mail.Content && strings.Contains(text, words) {
			return mail.Recipient
		}
	}
	return class
}
