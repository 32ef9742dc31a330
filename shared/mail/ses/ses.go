// Package ses is the mail engine over Amazon SES, API version 2. Messages go out as the MIME text that shared/mail/mime writes, so that every header of
// ours reaches the recipient; our id, the workspace and the campaign go along as tags and come back in SES's events (shared/mail/sesevent).
package ses

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sesv2"
	"github.com/aws/aws-sdk-go-v2/service/sesv2/types"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/mail"
	"github.com/dangol/dangol/shared/mail/mime"
	"github.com/dangol/dangol/shared/mail/sesevent"
)

// defaultConcurrency keeps 14 messages a second, the rate that AWS gives an account out of its sandbox, in flight at 0.7 s each.
const defaultConcurrency = 10

// Options are the settings of an engine; the zero value sends without events and as the account.
type Options struct {
	ConfigurationSet string // names the event destination; "" sends without one
	Tenants          Tenants
	Concurrency      int         // calls that are useful at once; 0 is 10
	Clock            clock.Clock // dates the messages; nil is the machine's
}

// Sender hands mail to SES.
type Sender struct {
	client *sesv2.Client
	o      Options
	maker  *maker
}

// New returns an engine over a client. The client's own retries are switched off: SES knows no idempotency, so a request whose answer was lost must not be
// made again by anyone but the ledger.
func New(cfg aws.Config, o Options) *Sender {
	if o.Concurrency == 0 {
		o.Concurrency = defaultConcurrency
	}
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	client := sesv2.NewFromConfig(cfg, func(c *sesv2.Options) { c.Retryer = aws.NopRetryer{} })
	return &Sender{client: client, o: o, maker: newMaker(client, o)}
}

// Traits implements mail.Sender.
func (s *Sender) Traits() mail.Traits { return mail.Traits{Concurrency: s.o.Concurrency} }

// Send implements mail.Sender.
func (s *Sender) Send(ctx context.Context, m mail.Message) error {
	raw, err := mime.Append(nil, &m, mime.Options{Date: s.o.Clock.Now().UTC().Truncate(time.Second)})
	if err != nil {
		return err
	}
	to, err := mime.Address(m.To.Email)
	if err != nil {
		return &mail.Failure{Class: mail.Recipient, Detail: err.Error()}
	}
	in := &sesv2.SendEmailInput{
		Content:     &types.EmailContent{Raw: &types.RawMessage{Data: raw}},
		Destination: &types.Destination{ToAddresses: []string{to}},
		EmailTags:   tags(m),
		TenantName:  s.o.Tenants.name(m.Tenant),
	}
	if s.o.ConfigurationSet != "" {
		in.ConfigurationSetName = &s.o.ConfigurationSet
	}
	return classified(ctx, s.send(ctx, in))
}

// send hands the message over, once more only if SES has refused it for want of its tenant, which is made then: a first message pays for that, and no
// other asks whether there is one.
func (s *Sender) send(ctx context.Context, in *sesv2.SendEmailInput) error {
	_, err := s.client.SendEmail(ctx, in)
	if in.TenantName == nil || !lacksTenant(err) {
		return err
	}
	if err := s.maker.make(ctx, *in.TenantName); err != nil {
		return err
	}
	_, err = s.client.SendEmail(ctx, in)
	return err
}

// tags carry what an event must say. SES takes letters, digits, hyphens and underscores, which all of our ids are made of.
func tags(m mail.Message) []types.MessageTag {
	var out []types.MessageTag
	for name, value := range map[string]string{sesevent.TagMessage: m.ID, sesevent.TagTenant: m.Tenant, sesevent.TagCampaign: m.Campaign} {
		if value != "" {
			out = append(out, types.MessageTag{Name: aws.String(name), Value: aws.String(value)})
		}
	}
	return out
}
