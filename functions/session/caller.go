package session

import (
	"net"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/dangol/dangol/shared/errs"
)

// Caller is embedded by inputs that need the request around the document: the cookie, the origin, the address.
type Caller struct{ request *http.Request }

// Resolve is how Huma hands over the request.
func (c *Caller) Resolve(ctx huma.Context) []error {
	c.request, _ = humago.Unwrap(ctx)
	return nil
}

// address is the network address of the caller, as the connection or the gateway tells it; a header that callers can write is not asked.
func (c *Caller) address() string {
	host, _, err := net.SplitHostPort(c.request.RemoteAddr)
	if err != nil {
		return c.request.RemoteAddr
	}
	return host
}

func (c *Caller) agent() string { return c.request.UserAgent() }

// The names of the refresh cookie. The prefix makes browsers refuse one that another host or an unencrypted page has set (ASVS 3.3.1).
const (
	cookieName      = "__Host-dangol_refresh"
	localCookieName = "dangol_refresh" // a laptop has no TLS, which the prefix and Secure would ask for
)

// cookie returns the refresh cookie with a token that runs out at until; an empty token clears it.
func (f *Feature) cookie(token string, until time.Time) *http.Cookie {
	c := &http.Cookie{Name: cookieName, Value: token, Path: "/", HttpOnly: true, Secure: true, SameSite: http.SameSiteStrictMode, Expires: until}
	if f.env.Settings.Local {
		c.Name, c.Secure = localCookieName, false
	}
	if token == "" {
		c.MaxAge, c.Expires = -1, time.Time{}
	}
	return c
}

// token returns the refresh token that the caller's cookie holds, "" without one.
func (f *Feature) token(c *Caller) string {
	held, err := c.request.Cookie(f.cookie("", time.Time{}).Name)
	if err != nil {
		return ""
	}
	return held.Value
}

// sameOrigin refuses a call that a page of another site made with our cookie: errs origin_refused. SameSite=Strict already keeps the cookie from
// it; this also holds where a browser does not know that, and for sites under the same domain (ASVS 3.5.1, 3.5.3).
func (f *Feature) sameOrigin(c *Caller) error {
	if err := f.origins.Check(c.request); err != nil {
		return errs.New(errs.Forbidden, "origin_refused").Because(err)
	}
	return nil
}
