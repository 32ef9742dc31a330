package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/crm/user"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/tenants"
)

// LabelUserEmail fails when another person has the address.
const LabelUserEmail = "userEmail"

// Password is the proof by password: an encoded hash, never the password.
type Password struct {
	Hash      string    `json:"hash"`
	ChangedAt time.Time `json:"changedAt"`
	Version   int64     `json:"-"`
}

// Account is a person with proofs and memberships, as a log-in needs them.
type Account struct {
	User        *user.User
	Password    *Password // nil when the person has none
	Memberships []user.Membership
}

// nobody is the partition that is read for an address nobody has, so that it costs the same reads as any other.
const nobody = "usr_nobody"

// AccountByEmail reads who has a normalised address; errs user_not_found. It makes the same two reads whether or not somebody has it.
func (i *Identity) AccountByEmail(ctx context.Context, email string) (*Account, error) {
	var h held
	_, err := i.read(ctx, userEmail(email), "user_not_found", &h)
	if err != nil && errs.Code(err) == "" {
		return nil, err
	}
	if err != nil {
		h.ID = nobody
	}
	return i.Account(ctx, h.ID)
}

// Account reads a person by id; errs user_not_found.
func (i *Identity) Account(ctx context.Context, userID string) (*Account, error) {
	page, err := i.db.table.Query(ctx, table.Query{Table: table.Identity, PK: userPK(userID)})
	if err != nil {
		return nil, fmt.Errorf("read account: %w", err)
	}
	a := &Account{}
	for n := range page.Items {
		if err := a.take(&page.Items[n]); err != nil {
			return nil, err
		}
	}
	if a.User == nil {
		return nil, errs.New(errs.NotFound, "user_not_found")
	}
	return a, nil
}

func (a *Account) take(it *table.Item) error {
	switch noun, _, _ := strings.Cut(it.SK, "#"); noun {
	case "usr":
		a.User = &user.User{Version: it.Version}
		return decode(it, a.User)
	case "pwd":
		a.Password = &Password{Version: it.Version}
		return decode(it, a.Password)
	case "mem":
		var m user.Membership
		err := decode(it, &m)
		a.Memberships = append(a.Memberships, m)
		return err
	}
	return nil
}

// User reads one person; errs user_not_found.
func (i *Identity) User(ctx context.Context, userID string) (*user.User, error) {
	u := &user.User{}
	version, err := i.read(ctx, userRecord(userID), "user_not_found", u)
	if err != nil {
		return nil, err
	}
	u.Version = version
	return u, nil
}

// CreateUser adds a person with the password's hash. Label: LabelUserEmail.
func (x *Tx) CreateUser(u *user.User, p Password) {
	x.create(table.Identity, "user", table.Item{Key: userRecord(u.ID), Head: encode(u)})
	x.create(table.Identity, "password", table.Item{Key: userPassword(u.ID), Head: encode(p)})
	x.create(table.Identity, LabelUserEmail, table.Item{Key: userEmail(u.Email), Head: encode(held{ID: u.ID})})
	u.Version = 1
}

// SaveUser adds a change of the person; the address stays. Label "user" fails when someone else saved first.
func (x *Tx) SaveUser(u *user.User) {
	x.replace(table.Identity, "user", u.Version, table.Item{Key: userRecord(u.ID), Head: encode(u)})
	u.Version++
}

// SavePassword adds a new hash. Label "password" fails when the password was changed since it was read.
func (x *Tx) SavePassword(userID string, p Password) {
	x.replace(table.Identity, "password", p.Version, table.Item{Key: userPassword(userID), Head: encode(p)})
}

// AddMember adds a person's place in the tenant. Label "member" fails when there is one.
func (x *Tx) AddMember(m user.Membership) {
	it := table.Item{Key: userMembership(m.UserID, x.t.ID), Head: encode(m)}
	it.Index[0] = x.t.keys.member(m.UserID)
	x.create(table.Identity, "member", it)
}

// CreateTenant adds what the operator knows of the tenant.
func (x *Tx) CreateTenant(c *tenants.Tenant) {
	x.create(table.Identity, "tenant", table.Item{Key: x.t.keys.tenancy(), Head: encode(c)})
	c.Version = 1
}

// Tenancy reads what the operator knows of the tenant; errs workspace_not_found.
func (t *Tenant) Tenancy(ctx context.Context) (*tenants.Tenant, error) {
	it, err := t.get(ctx, table.Identity, t.keys.tenancy(), "workspace_not_found")
	if err != nil {
		return nil, err
	}
	c := &tenants.Tenant{Version: it.Version}
	return c, decode(it, c)
}

// SaveTenant adds a change by the operator: plan or suspension. Label "tenant" fails when someone else saved first.
func (x *Tx) SaveTenant(c *tenants.Tenant) {
	x.replace(table.Identity, "tenant", c.Version, table.Item{Key: x.t.keys.tenancy(), Head: encode(c)})
	c.Version++
}
