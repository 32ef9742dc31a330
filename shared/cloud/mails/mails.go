// Package mails opens the mail provider of a function on AWS.
package mails

import (
	"github.com/dangol/dangol/shared/cloud"
	"github.com/dangol/dangol/shared/mail/ses"
)

// Open is a cloud.Part.
func Open(g *cloud.Ground) error {
	if _, err := g.Must("DANGOL_MAIL_DOMAIN"); err != nil {
		return err
	}
	tenants, err := tenants(g.Settings)
	if err != nil {
		return err
	}
	g.Env.Mail = ses.New(g.At("SESV2"), ses.Options{ConfigurationSet: g.Settings("DANGOL_SES_CONFIGURATION_SET"), Tenants: tenants, Clock: g.Env.Clock})
	return nil
}
