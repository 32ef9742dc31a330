package smtp

import (
	"strings"

	"github.com/dangol/dangol/shared/mail"
)

// rule maps replies to a class. The first rule that fits counts; zero fields fit anything.
type rule struct {
	at     stage
	code   int    // 5 fits 500 to 599, 552 only itself
	status string // the start of the enhanced code
	class  mail.Class
}

// The rules. An enhanced code (RFC 3463) says more than the code of RFC 5321; the same code means another thing of the sender than of the
// recipient. Only what speaks of this address may be Recipient, since that suppresses it, and only what speaks of the text or the sender may be
// Content, since that stops the campaign.
var rules = []rule{
	// Before any message: whatever it is, the provider is of no use to us now. A wrong password is one of these.
	{at: connecting, status: "4.7.", class: mail.Throttled},
	{at: connecting, class: mail.Down},
	{code: 530, class: mail.Down}, // log in first
	{code: 535, class: mail.Down},
	{code: 538, class: mail.Down},

	{status: "4.2.", class: mail.Throttled},    // this mailbox is busy or full for now
	{status: "4.7.", class: mail.Throttled},    // too fast, greylisted, not trusted yet
	{status: "4.5.3", class: mail.Throttled},   // too many recipients
	{status: "4.", class: mail.Down},           // their disk, network or configuration
	{code: 450, class: mail.Throttled},         // mailbox busy; what greylisting says
	{code: 452, class: mail.Throttled},         // more than they take at once
	{code: 4, class: mail.Down},                // 421 closing, 451 error in processing, 454
	{status: "5.3.4", class: mail.Content},     // too big
	{status: "5.3.", class: mail.Down},         // their system
	{status: "5.6.", class: mail.Content},      // the text's form
	{status: "5.7.", class: mail.Content},      // their policy
	{status: "5.2.3", class: mail.Content},     // too big for this mailbox, and so for most
	{code: 503, class: mail.Down},              // we or they lost the thread
	{code: 500, class: mail.Down},              //
	{code: 502, class: mail.Down},              //
	{at: sender, code: 5, class: mail.Content}, // 5.1.8 and the like: they do not take this sender

	{status: "5.1.", class: mail.Recipient}, // no such mailbox or domain
	{status: "5.2.", class: mail.Recipient}, // mailbox disabled or full for good
	{status: "5.4.", class: mail.Recipient}, // no way to that domain
	{code: 552, class: mail.Content},
	{code: 554, class: mail.Content},
	{code: 550, class: mail.Recipient},
	{code: 551, class: mail.Recipient},
	{code: 553, class: mail.Recipient},
	{code: 556, class: mail.Recipient},              // RFC 7504: the domain takes no mail
	{at: recipient, code: 5, class: mail.Recipient}, // 501 and 555: they cannot read the address
}

// slowDown are words that providers put into replies of many codes when we are over a limit (Amazon SES: "454 Throttling failure", Gmail:
// "550 5.4.5 Daily user sending limit exceeded").
var slowDown = []string{"throttl", "rate limit", "sending rate", "sending limit", "sending quota", "too many", "too fast", "try again later"}

// classify says what a refusal means. What no rule knows is Down: the message waits, and nothing is suppressed or stopped for it.
func classify(at stage, r reply) mail.Class {
	text := strings.ToLower(r.text)
	for _, words := range slowDown {
		if strings.Contains(text, words) && (r.code < 500 || strings.Contains(words, "sending")) {
			return mail.Throttled
		}
	}
	for _, rule := range rules {
		if rule.fits(at, r) {
			return rule.class
		}
	}
	return mail.Down
}

func (u rule) fits(at stage, r reply) bool {
	if u.code != 0 && u.code != r.code && u.code != r.code/100 {
		return false
	}
	return (u.at == anywhere || u.at == at) && strings.HasPrefix(r.status, u.status)
}
