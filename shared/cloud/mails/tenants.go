package mails

import (
	"fmt"
	"strings"

	"github.com/dangol/dangol/shared/cloud"
	"github.com/dangol/dangol/shared/lazyregexp"
	"github.com/dangol/dangol/shared/mail/ses"
)

// prefixes are the beginnings that leave room for a workspace's id, 30 characters, in the 64 that SES gives the name of a tenant.
var prefixes = lazyregexp.New(`^[A-Za-z0-9_-]{1,34}$`)

// tenants are off without DANGOL_SES_TENANTS.
func tenants(s cloud.Settings) (ses.Tenants, error) {
	prefix := s("DANGOL_SES_TENANTS")
	if prefix == "" {
		return ses.Tenants{}, nil
	}
	if !prefixes().MatchString(prefix) {
		return ses.Tenants{}, fmt.Errorf("DANGOL_SES_TENANTS is %q: no beginning of a tenant's name, want %s", prefix, prefixes())
	}
	resources, err := s.Must("DANGOL_SES_RESOURCES")
	if err != nil {
		return ses.Tenants{}, err
	}
	return ses.Tenants{Prefix: prefix, Resources: strings.Split(resources, ",")}, nil
}
