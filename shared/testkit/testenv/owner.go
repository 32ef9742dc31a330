package testenv

import (
	"testing"

	"github.com/dangol/dangol/shared/crm/user"
	"github.com/dangol/dangol/shared/crm/workspace"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/identity"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/tenants"
)

// Owner is a person settled in a workspace of their own, with a session.
type Owner struct {
	User      *user.User
	Workspace *workspace.Workspace
	Token     string // access token
}

// Owner settles a person with a Korean workspace, as a sign-up would, without a password.
func (p *Place) Owner(t testing.TB, email string) *Owner {
	t.Helper()
	s, err := identity.New(p.Env)
	if err != nil {
		t.Fatal(err)
	}
	tenant := p.IDs.New(id.Workspace)
	who := &user.User{ID: p.IDs.New(id.User), Email: email, Language: "ko", CreatedAt: p.Time.Now()}
	place, w, err := tenants.Provision(tenant, tenants.Wish{Company: "모퉁이 커피", Browser: "ko"}, p.Time.Now())
	if err != nil {
		t.Fatal(err)
	}
	member := user.Membership{UserID: who.ID, Tenant: tenant, Role: user.Owner, CreatedAt: p.Time.Now()}
	x := p.DB.Tenant(tenant).As(who.ID).Begin()
	x.CreateTenant(place)
	x.CreateWorkspace(w)
	x.CreateUser(who, store.Password{})
	x.AddMember(member)
	grant, err := s.Sessions.Open(x, &identity.Proof{User: who, Methods: []string{"test"}, At: p.Time.Now()}, member, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := x.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	return &Owner{User: who, Workspace: w, Token: grant.Access}
}
