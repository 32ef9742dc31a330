package session

import (
	"context"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/user"
	"github.com/dangol/dangol/shared/crm/workspace"
)

type meOutput struct {
	Body struct {
		User          *user.User           `json:"user,omitempty" doc:"The person; absent for an API key."`
		KeyID         string               `json:"keyId,omitempty" doc:"The API key; absent for a person."`
		Workspace     *workspace.Workspace `json:"workspace"`
		Scopes        []string             `json:"scopes" nullable:"false" doc:"What the caller may do; * is everything."`
		EmailVerified bool                 `json:"emailVerified"`
	}
}

func (f *Feature) me(ctx context.Context, _ *struct{}) (*meOutput, error) {
	p := api.From(ctx)
	out := &meOutput{}
	out.Body.KeyID, out.Body.Scopes = p.KeyID, p.Scopes
	w, err := f.env.DB.Tenant(p.Tenant).Workspace(ctx)
	if err != nil {
		return nil, err
	}
	out.Body.Workspace = w
	if p.UserID == "" {
		return out, nil
	}
	who, err := f.env.DB.Identity().User(ctx, p.UserID)
	if err != nil {
		return nil, err
	}
	out.Body.User, out.Body.EmailVerified = who, who.EmailVerifiedAt != nil
	return out, nil
}
