package tenantcreds

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/cloud/signed"
)

// Session is what is asked of STS.
type Session struct {
	Role   string // ARN
	Name   string // by which CloudTrail knows the session
	Tenant string // the value of Tag
	Life   time.Duration
}

// STS begins sessions. It is called once per tenant and half an hour, and again after a failure when somebody asks again.
type STS interface {
	Begin(ctx context.Context, s Session) (aws.Credentials, error)
}

// Service is STS itself. Source of the request and the answer: AWS, Security Token Service API reference, AssumeRole.
type Service struct{ caller signed.Caller }

// NewService calls STS with the function's own credentials.
func NewService(cfg aws.Config, c clock.Clock) Service {
	return Service{signed.Caller{Service: "sts", Config: cfg, Clock: c}}
}

// Begin assumes the role with the tag, which goes on to every role that would be assumed from the session: none could be for another tenant.
func (s Service) Begin(ctx context.Context, ask Session) (aws.Credentials, error) {
	raw, err := s.caller.Query(ctx, url.Values{
		"Action": {"AssumeRole"}, "Version": {"2011-06-15"},
		"RoleArn": {ask.Role}, "RoleSessionName": {ask.Name}, "DurationSeconds": {strconv.Itoa(int(ask.Life / time.Second))},
		"Tags.member.1.Key": {Tag}, "Tags.member.1.Value": {ask.Tenant}, "TransitiveTagKeys.member.1": {Tag},
	})
	if err != nil {
		return aws.Credentials{}, err
	}
	return parse(raw)
}

func parse(raw []byte) (aws.Credentials, error) {
	var out struct {
		Begun struct {
			AccessKeyID     string    `xml:"AccessKeyId"`
			SecretAccessKey string    `xml:"SecretAccessKey"`
			SessionToken    string    `xml:"SessionToken"`
			Expiration      time.Time `xml:"Expiration"`
		} `xml:"AssumeRoleResult>Credentials"`
	}
	if err := xml.Unmarshal(raw, &out); err != nil {
		return aws.Credentials{}, fmt.Errorf("read the answer: %w", err)
	}
	b := out.Begun
	if b.AccessKeyID == "" || b.SecretAccessKey == "" || b.SessionToken == "" || b.Expiration.IsZero() {
		return aws.Credentials{}, errors.New("an answer without credentials")
	}
	return aws.Credentials{AccessKeyID: b.AccessKeyID, SecretAccessKey: b.SecretAccessKey, SessionToken: b.SessionToken,
		CanExpire: true, Expires: b.Expiration, Source: "tenantcreds"}, nil
}
