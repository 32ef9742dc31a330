package session

import (
	"context"
	"net/http"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/identity"
)

type verifyInput struct {
	Body struct {
		Token string `json:"token" maxLength:"4096" doc:"The token of the link that was mailed."`
	}
}

// verifyEmail notes that the person reads the address's mail. Doing it again changes nothing. A link to an address that is no longer the
// person's is errs link_invalid.
func (f *Feature) verifyEmail(ctx context.Context, in *verifyInput) (*struct{}, error) {
	claim, err := f.identity.Links.Open(identity.VerifyEmail, in.Body.Token)
	if err != nil {
		return nil, err
	}
	who, err := f.env.DB.Identity().User(ctx, claim.UserID)
	if errs.Code(err) == "user_not_found" || err == nil && who.Email != claim.Email {
		return nil, errs.New(errs.Invalid, "link_invalid")
	}
	if err != nil || who.EmailVerifiedAt != nil {
		return nil, err
	}
	t := f.env.DB.Tenant(claim.Tenant).As(who.ID)
	now := t.Now()
	who.EmailVerifiedAt = &now
	tx := t.Begin()
	tx.SaveUser(who)
	return nil, tx.Commit(ctx)
}

// resendVerification mails the link again, a few times an hour at most. For a verified address it does nothing.
func (f *Feature) resendVerification(ctx context.Context, _ *struct{}) (*struct{}, error) {
	p := api.From(ctx)
	if p.UserID == "" {
		return nil, errs.New(errs.Forbidden, "person_only")
	}
	t := f.env.DB.Tenant(p.Tenant).As(p.UserID)
	who, err := f.env.DB.Identity().User(ctx, p.UserID)
	if err != nil || who.EmailVerifiedAt != nil {
		return nil, err
	}
	w, err := t.Workspace(ctx)
	if err != nil {
		return nil, err
	}
	if err := f.env.DB.Identity().Try(ctx, resends(p.UserID)); err != nil {
		return nil, err
	}
	tx := t.Begin()
	tx.RequestMail(verification(who, w))
	return nil, api.Commit(ctx, tx, http.StatusAccepted, nil)
}
