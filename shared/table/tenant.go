package table

import "strings"

// Own is what the partition keys of a tenant's items begin with. IAM holds sessions to it (ADR 11), and operators' commands find a tenant by it.
func Own(tenant string) string { return "t#" + tenant + "#" }

// TenantOf returns the tenant whose item a partition key is, "" for one that is nobody's.
func TenantOf(pk string) string {
	rest, ok := strings.CutPrefix(pk, "t#")
	tenant, _, found := strings.Cut(rest, "#")
	if !ok || !found {
		return ""
	}
	return tenant
}

// PerTenant is an engine that can act in the name of one tenant: what For returns reaches that tenant's items, and those that change with them,
// whatever it is asked for. Where a refusal comes from is the engine's affair.
type PerTenant interface {
	For(tenant string) Table
}

// For returns the table in the tenant's name, where the engine knows tenants, and the table as it is where it does not.
func For(t Table, tenant string) Table {
	if p, ok := t.(PerTenant); ok {
		return p.For(tenant)
	}
	return t
}
