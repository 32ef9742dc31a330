package catalogue

import "github.com/dangol/dangol/shared/table"

// Items are records of a table by the beginnings of their partition keys (docs/data-model.md), in which * is any text.
type Items struct {
	Table  table.Name
	Access Access
	Under  []string
}

// verifying is what it takes to check a credential before its tenant is known, and touching is to note that an API key was used.
var (
	verifying = Items{table.Identity, Read, []string{"u#*", "s#*", "k#*", "t#*#tenant", "t#*#keys"}}
	touching  = Items{table.Identity, Write, []string{"t#*#keys"}}
)

// untenanted lists what a function touches before or beside any tenant, besides verifying its callers' credentials. One that is not here touches
// nothing more in its own name.
var untenanted = map[string][]Items{
	"session":  {{table.Identity, Both, []string{"u#*", "e#*", "s#*"}}, {table.Ops, Both, []string{"lim#*"}}},
	"schedule": {{table.Ops, Both, []string{"due#*"}}}, // index 2, the calendar of all tenants; the table and its writes for store.Refile alone
}

// besides lists what a function touches in a tenant's name although it is not the tenant's alone: what must change in one transaction with its records.
var besides = map[string][]Items{
	"session": {{table.Identity, Both, []string{"u#*", "e#*", "s#*"}}},
	"apikeys": {{table.Identity, Write, []string{"k#*"}}},
}

// OfNoTenant lists what the function touches in its own name, which reaches no tenant's records. Whoever may read identity verifies credentials, and
// whoever may write it notes their use.
func (f Function) OfNoTenant() (all []Items) {
	if f.Tables[table.Identity]&Read != 0 {
		all = append(all, verifying)
	}
	if f.Tables[table.Identity]&Write != 0 {
		all = append(all, touching)
	}
	return append(all, untenanted[f.Name]...)
}

// Tenanted says whether the function works on tenants' records or objects, and so in a tenant's name (ADR 11). The guard only verifies credentials.
func (f Function) Tenanted() bool { return f.Blob != None || len(f.Tables) > 0 && !f.Guard }

// OfTenant lists what the function touches in a tenant's name, where own is what the partition keys of that tenant's records begin with.
func (f Function) OfTenant(own string) (all []Items) {
	for _, name := range table.Names() {
		a := f.Tables[name]
		if a == None || name == table.Identity && a == Read {
			continue // it reads identity to know its callers, before there is a tenant
		}
		all = append(all, Items{name, a, []string{own}})
	}
	return append(all, besides[f.Name]...)
}
