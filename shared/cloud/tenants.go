package cloud

import (
	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/cloud/tenantcreds"
)

// tenants gives the credentials of tenants (ADR 11), or nil for a function that has no tenant role: then tables and objects know no tenants.
func (s Settings) tenants(cfg aws.Config, c clock.Clock) func(tenant string) aws.CredentialsProvider {
	role := s("DANGOL_TENANT_ROLE")
	if role == "" {
		return nil
	}
	return tenantcreds.New(tenantcreds.Options{STS: tenantcreds.NewService(cfg, c), Role: role, Function: s("DANGOL_FUNCTION"), Clock: c}).Tenant
}
