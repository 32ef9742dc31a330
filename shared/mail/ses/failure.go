package ses

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
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
	"NotFoundException":                  mail.Down, // no such configuration set; of a tenant: see ofTenant
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
	var failed *mail.Failure
	if err == nil || errors.As(err, &failed) {
		return err
	}
	if class, answer := refusal(err); class != "" {
		return &mail.Failure{Class: class, Detail: answer.ErrorCode() + ": " + answer.ErrorMessage()}
	}
	var dial *net.OpError
	if ctx.Err() == nil && errors.As(err, &dial) && dial.Op == "dial" {
		return &mail.Failure{Class: mail.Down, Detail: dial.Error()}
	}
	return fmt.Errorf("ses: send: %w", err)
}

// refusal returns the class of an answer that says that nothing was accepted, or "" for every other error.
func refusal(err error) (mail.Class, smithy.APIError) {
	var answer smithy.APIError
	if !errors.As(err, &answer) {
		return "", nil
	}
	class, known := classes[answer.ErrorCode()]
	switch {
	case !known:
		return "", nil
	case ofTenant(answer):
		return mail.Throttled, answer
	case class == mail.Content && ofAddress(answer):
		return mail.Recipient, answer
	}
	return class, answer
}

// lacksTenant says whether SES refused a message because its tenant does not exist, or is not associated with what the message is sent with. The latter has
// no code of its own: "Tenant not associated with resources [arn...]", as a denied access.
func lacksTenant(err error) bool {
	var answer smithy.APIError
	if !errors.As(err, &answer) {
		return false
	}
	switch answer.ErrorCode() {
	case "NotFoundException", "AccessDeniedException":
		return ofTenant(answer)
	}
	return false
}

// ofTenant says whether a refusal speaks of one tenant: it is paused, or not yet seen everywhere after it was made. Its mail waits, which Throttled does
// without the break that Down would mean for all others. IAM's denials begin with the user, whose role may be named after anything.
func ofTenant(answer smithy.APIError) bool {
	text := strings.ToLower(answer.ErrorMessage())
	if answer.ErrorCode() == "AccessDeniedException" {
		return strings.HasPrefix(text, "tenant")
	}
	return strings.Contains(text, "tenant")
}

// ofAddress says whether a refused request speaks of the recipient.
func ofAddress(answer smithy.APIError) bool {
	text := strings.ToLower(answer.ErrorMessage())
	return slices.ContainsFunc(aboutAddress, func(words string) bool { return strings.Contains(text, words) })
}
