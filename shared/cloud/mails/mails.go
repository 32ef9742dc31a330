// Package mails opens the mail provider of a function on AWS.
package mails

import (
	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/dangol/dangol/shared/cloud"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/mail/ses"
)

// Open is a cloud.Part.
func Open(s cloud.Settings, cfg aws.Config, e *env.Env) error {
	if _, err := s.Must("DANGOL_MAIL_DOMAIN"); err != nil {
		return err
	}
	tenants, err := tenants(s)
	if err != nil {
		return err
	}
	e.Mail = ses.New(s.At(cfg, "SESV2"), ses.Options{ConfigurationSet: s("DANGOL_SES_CONFIGURATION_SET"), Tenants: tenants, Clock: e.Clock})
	return nil
}
