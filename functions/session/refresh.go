package session

import (
	"context"
	"time"
)

type callerInput struct{ Caller }

type refreshed struct {
	SetCookie string `header:"Set-Cookie" doc:"The refresh cookie with its next token."`
	Body      accessToken
}

type accessToken struct {
	AccessToken string `json:"accessToken" doc:"Send it as Authorization: Bearer."`
	ExpiresIn   int    `json:"expiresIn" doc:"Seconds until the access token runs out." example:"900"`
}

// refresh spends the cookie's token. A token that was spent more than 10 s ago ends the session: see identity.Sessions.
func (f *Feature) refresh(ctx context.Context, in *callerInput) (*refreshed, error) {
	if err := f.sameOrigin(&in.Caller); err != nil {
		return nil, err
	}
	grant, err := f.identity.Sessions.Refresh(ctx, f.token(&in.Caller))
	if err != nil {
		return nil, err
	}
	return &refreshed{
		SetCookie: f.cookie(grant.Refresh, grant.Until).String(),
		Body:      accessToken{AccessToken: grant.Access, ExpiresIn: int(grant.Expires.Seconds())},
	}, nil
}

type left struct {
	SetCookie string `header:"Set-Cookie" doc:"Clears the refresh cookie."`
}

// logOut ends the session and clears the cookie. Without a session it does the same: the caller is out.
func (f *Feature) logOut(ctx context.Context, in *callerInput) (*left, error) {
	if err := f.sameOrigin(&in.Caller); err != nil {
		return nil, err
	}
	if err := f.identity.Sessions.End(ctx, f.token(&in.Caller)); err != nil {
		return nil, err
	}
	return &left{SetCookie: f.cookie("", time.Time{}).String()}, nil
}
