package identity

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"

	"github.com/lestrrat-go/jwx/v3/jwt"

	"github.com/dangol/dangol/shared/crm/user"
	"github.com/dangol/dangol/shared/errs"
)

// Check returns the claims of a token that this installation signed and that has not run out. Everything else is errs credential_invalid, or
// credential_expired for a token that was good once.
func (t *Tokens) Check(token string) (Claims, error) {
	if len(token) > maxToken {
		return Claims{}, errs.New(errs.Unauthorized, "credential_invalid")
	}
	parsed, err := jwt.Parse([]byte(token), jwt.WithKeySet(t.public), jwt.WithValidate(false))
	if err != nil || !typed(token) {
		return Claims{}, errs.New(errs.Unauthorized, "credential_invalid").Because(err)
	}
	err = jwt.Validate(parsed, jwt.WithClock(t.clock), jwt.WithAcceptableSkew(skew), jwt.WithIssuer(t.issuer), jwt.WithAudience(audience),
		jwt.WithRequiredClaim(jwt.ExpirationKey), jwt.WithRequiredClaim(jwt.IssuedAtKey))
	if err != nil {
		return Claims{}, refusedToken(err)
	}
	return claimsOf(parsed)
}

func claimsOf(t jwt.Token) (Claims, error) {
	var c Claims
	var role string
	var ok [2]bool
	c.UserID, ok[0] = t.Subject()
	c.Expires, ok[1] = t.Expiration()
	for name, to := range map[string]*string{claimTenant: &c.Tenant, claimSession: &c.Session, claimRole: &role} {
		if err := t.Get(name, to); err != nil || *to == "" {
			return Claims{}, errs.New(errs.Unauthorized, "credential_invalid").Because(err)
		}
	}
	if !ok[0] || !ok[1] {
		return Claims{}, errs.New(errs.Unauthorized, "credential_invalid")
	}
	c.Role = user.Role(role)
	return c, nil
}

// typed says whether the token's header names the type of access tokens. The header is part of what was signed.
func typed(token string) bool {
	head, _, _ := strings.Cut(token, ".")
	raw, err := base64.RawURLEncoding.DecodeString(head)
	var h struct {
		Type string `json:"typ"`
	}
	return err == nil && json.Unmarshal(raw, &h) == nil && h.Type == tokenType
}

func refusedToken(err error) error {
	code := "credential_invalid"
	if errors.Is(err, jwt.TokenExpiredError()) {
		code = "credential_expired"
	}
	return errs.New(errs.Unauthorized, code).Because(err)
}
