package session

import (
	"context"
	"slices"

	"github.com/dangol/dangol/shared/crm/user"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/identity"
	"github.com/dangol/dangol/tenants"
)

type logInInput struct {
	Caller
	Body struct {
		Email    string `json:"email" maxLength:"320" example:"mina@cornerbean.kr"`
		Password string `json:"password" maxLength:"1024" example:"blue lamp river"`
	}
}

// logIn counts the attempt, then proves who the person is, then opens a new session; one that the browser still had ends (ASVS 7.2.4).
func (f *Feature) logIn(ctx context.Context, in *logInInput) (*entered, error) {
	email, err := user.NormaliseEmail("/email", in.Body.Email)
	if err != nil {
		return nil, errs.New(errs.Unauthorized, "login_refused") // nobody has such an address
	}
	limits := f.logins(email, in.address())
	if err := f.env.DB.Identity().Try(ctx, limits...); err != nil {
		return nil, err
	}
	proof, err := f.identity.Passwords.Prove(ctx, email, in.Body.Password)
	if err != nil {
		return nil, err
	}
	if err := f.env.DB.Identity().Forgive(ctx, limits...); err != nil {
		return nil, err
	}
	out, err := f.open(ctx, proof, in.agent())
	if err != nil {
		return nil, err
	}
	if err := f.identity.Sessions.End(ctx, f.token(&in.Caller)); err != nil {
		f.env.Log.WarnContext(ctx, "the session before a log-in stays open", "user", proof.User.ID, "error", err)
	}
	return out, nil
}

// open opens a session in the workspace that the person joined first.
func (f *Feature) open(ctx context.Context, p *identity.Proof, agent string) (*entered, error) {
	if len(p.Memberships) == 0 {
		return nil, errs.New(errs.Forbidden, "no_workspace")
	}
	first := slices.MinFunc(p.Memberships, func(a, b user.Membership) int { return a.CreatedAt.Compare(b.CreatedAt) })
	t := f.env.DB.Tenant(first.Tenant).As(p.User.ID)
	standing, err := t.Tenancy(ctx)
	if err != nil {
		return nil, err
	}
	if standing.Status != tenants.Active {
		return nil, errs.New(errs.Forbidden, "workspace_suspended")
	}
	w, err := t.Workspace(ctx)
	if err != nil {
		return nil, err
	}
	tx := t.Begin()
	grant, err := f.identity.Sessions.Open(tx, p, first, agent)
	if err != nil {
		return nil, err
	}
	if err := tx.Commit(ctx); err != nil {
		return nil, err
	}
	return f.enter(grant, p.User, w), nil
}
