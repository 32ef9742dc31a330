package identity

import (
	"crypto/ecdsa"
	"crypto/x509"
	"fmt"
	"time"

	"github.com/lestrrat-go/jwx/v3/jwa"
	"github.com/lestrrat-go/jwx/v3/jwk"
	"github.com/lestrrat-go/jwx/v3/jws"
	"github.com/lestrrat-go/jwx/v3/jwt"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/crm/user"
)

// AccessLife is how long an access token is good for.
const AccessLife = 15 * time.Minute

// skew is how far the clocks of two instances may differ.
const skew = 5 * time.Second

// maxToken bounds what is worth reading, in bytes.
const maxToken = 4096

// audience is for what the tokens are good: the public API.
const audience = "dangol-api"

// tokenType tells an access token from any other JWT (RFC 9068).
const tokenType = "at+jwt"

// The private claims.
const (
	claimTenant  = "tenant"
	claimSession = "sid"
	claimRole    = "role"
)

// Claims is what an access token says.
type Claims struct {
	UserID, Tenant, Session string
	Role                    user.Role
	Expires                 time.Time
}

// Tokens makes and checks access tokens: JWT signed with ES256, and no other algorithm. It is safe for concurrent use.
type Tokens struct {
	issuer  string
	clock   clock.Clock
	private jwk.Key
	public  jwk.Set // the keys that are believed, each with its one algorithm; a token must name the one it was signed with
}

// NewTokens returns Tokens that sign with a PKCS #8 P-256 key. The key's id is its thumbprint (RFC 7638).
func NewTokens(pkcs8 []byte, issuer string, c clock.Clock) (*Tokens, error) {
	parsed, err := x509.ParsePKCS8PrivateKey(pkcs8)
	if err != nil {
		return nil, fmt.Errorf("identity: read the signing key: %w", err)
	}
	key, ok := parsed.(*ecdsa.PrivateKey)
	if !ok || key.Curve.Params().BitSize != 256 {
		return nil, fmt.Errorf("identity: the signing key is %T, want ECDSA on P-256", parsed)
	}
	private, err := jwk.Import(key)
	if err != nil {
		return nil, fmt.Errorf("identity: import the signing key: %w", err)
	}
	if err := jwk.AssignKeyID(private); err != nil {
		return nil, fmt.Errorf("identity: name the signing key: %w", err)
	}
	public, err := believed(private)
	if err != nil {
		return nil, fmt.Errorf("identity: derive the public key: %w", err)
	}
	return &Tokens{issuer: issuer, clock: c, private: private, public: public}, nil
}

func believed(private jwk.Key) (jwk.Set, error) {
	public, err := private.PublicKey()
	if err != nil {
		return nil, err
	}
	if err := public.Set(jwk.AlgorithmKey, jwa.ES256()); err != nil {
		return nil, err
	}
	set := jwk.NewSet()
	return set, set.AddKey(public)
}

// Sign returns an access token with the claims; Expires is set to AccessLife from now.
func (t *Tokens) Sign(c Claims) (string, error) {
	now := t.clock.Now()
	token, err := jwt.NewBuilder().Issuer(t.issuer).Audience([]string{audience}).Subject(c.UserID).IssuedAt(now).Expiration(now.Add(AccessLife)).
		Claim(claimTenant, c.Tenant).Claim(claimSession, c.Session).Claim(claimRole, string(c.Role)).Build()
	if err != nil {
		return "", fmt.Errorf("build an access token: %w", err)
	}
	head := jws.NewHeaders()
	if err := head.Set(jws.TypeKey, tokenType); err != nil {
		return "", fmt.Errorf("type an access token: %w", err)
	}
	signed, err := jwt.Sign(token, jwt.WithKey(jwa.ES256(), t.private, jws.WithProtectedHeaders(head)))
	if err != nil {
		return "", fmt.Errorf("sign an access token: %w", err)
	}
	return string(signed), nil
}
