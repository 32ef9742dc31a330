// Package session is the feature of coming in and going out: signing up, logging in, staying in by a refresh cookie, verifying the address.
package session

import (
	"net/http"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/identity"
)

// Feature serves /v1/signup, /v1/login, /v1/token, /v1/logout, /v1/email-verification and /v1/me.
type Feature struct {
	env      *env.Env
	identity *identity.Service
	origins  *http.CrossOriginProtection
}

// New returns the feature over the ports of e. It panics when the installation's keys or its address cannot be used: nothing would work.
func New(e *env.Env) *Feature {
	s, err := identity.New(e)
	if err != nil {
		panic(err)
	}
	f := &Feature{env: e, identity: s, origins: http.NewCrossOriginProtection()}
	if err := f.origins.AddTrustedOrigin(e.Settings.BaseURL); err != nil {
		panic(err)
	}
	return f
}

// Register mounts the operations.
func (f *Feature) Register(a *api.API) {
	const tag = "session"
	slow := f.callsPerAddress()
	api.Register(a, api.Operation{ID: "signUp", Method: http.MethodPost, Path: "/v1/signup", Tag: tag, Public: true, PerAddress: slow, Status: 201,
		Statuses: []int{http.StatusConflict}, Summary: "Sign up: a person with a workspace of their own"}, f.signUp)
	api.Register(a, api.Operation{ID: "logIn", Method: http.MethodPost, Path: "/v1/login", Tag: tag, Public: true, PerAddress: slow, Status: 200,
		Statuses: []int{http.StatusUnauthorized, http.StatusForbidden}, Summary: "Log in with a password"}, f.logIn)
	api.Register(a, api.Operation{ID: "refreshToken", Method: http.MethodPost, Path: "/v1/token/refresh", Tag: tag, Public: true, Status: 200,
		Statuses: []int{http.StatusUnauthorized, http.StatusForbidden}, Summary: "Exchange the refresh cookie for a new access token"}, f.refresh)
	api.Register(a, api.Operation{ID: "logOut", Method: http.MethodPost, Path: "/v1/logout", Tag: tag, Public: true, Status: 204,
		Statuses: []int{http.StatusForbidden}, Summary: "End the session of the refresh cookie"}, f.logOut)
	api.Register(a, api.Operation{ID: "verifyEmail", Method: http.MethodPost, Path: "/v1/email-verification", Tag: tag, Public: true, PerAddress: slow,
		Status: 204, Statuses: []int{http.StatusGone}, Summary: "Verify an e-mail address by the link that was sent there"}, f.verifyEmail)
	api.Register(a, api.Operation{ID: "resendVerification", Method: http.MethodPost, Path: "/v1/email-verification/resend", Tag: tag, Status: 202,
		Summary: "Send the link to verify the caller's e-mail address again"}, f.resendVerification)
	api.Register(a, api.Operation{ID: "getMe", Method: http.MethodGet, Path: "/v1/me", Tag: tag,
		Summary: "Who calls: the person, the workspace, the scopes"}, f.me)
}
