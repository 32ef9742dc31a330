package identity_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/lestrrat-go/jwx/v3/jwa"
	"github.com/lestrrat-go/jwx/v3/jwk"
	"github.com/lestrrat-go/jwx/v3/jws"
	"github.com/lestrrat-go/jwx/v3/jwt"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/crm/user"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/identity"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

const issuer = "https://dangol.test"

var someone = identity.Claims{UserID: "usr_1", Tenant: "wsp_1", Session: "ses_1", Role: user.Owner}

func signingKey(t testing.TB) (*ecdsa.PrivateKey, []byte) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return key, pkcs8
}

func TestATokenSaysWhoCallsUntilItRunsOut(t *testing.T) {
	c := clock.NewManual(testenv.Start())
	_, pkcs8 := signingKey(t)
	tokens, err := identity.NewTokens(pkcs8, issuer, c)
	if err != nil {
		t.Fatal(err)
	}
	token, err := tokens.Sign(someone)
	if err != nil {
		t.Fatal(err)
	}
	got, err := tokens.Check(token)
	want := someone
	want.Expires = testenv.Start().Add(identity.AccessLife)
	if err != nil || got != want {
		t.Errorf("got %+v, %v; want %+v", got, err, want)
	}
	c.Advance(identity.AccessLife + 6*time.Second)
	if _, err := tokens.Check(token); errs.Code(err) != "credential_expired" {
		t.Errorf("after its time: got %v", err)
	}
}

// forge signs claims as an attacker would who knows everything but the key.
type forge struct {
	alg    jwa.SignatureAlgorithm
	key    any
	kid    string
	typ    string
	change func(jwt.Token)
}

func (f forge) token(t *testing.T) string {
	t.Helper()
	token, err := jwt.NewBuilder().Issuer(issuer).Audience([]string{"dangol-api"}).Subject("usr_1").IssuedAt(testenv.Start()).
		Expiration(testenv.Start().Add(time.Minute)).Claim("tenant", "wsp_1").Claim("sid", "ses_1").Claim("role", "owner").Build()
	if err != nil {
		t.Fatal(err)
	}
	if f.change != nil {
		f.change(token)
	}
	head := jws.NewHeaders()
	_ = head.Set("typ", f.typ)
	_ = head.Set("kid", f.kid)
	signed, err := jwt.Sign(token, jwt.WithKey(f.alg, f.key, jws.WithProtectedHeaders(head)))
	if err != nil {
		t.Fatal(err)
	}
	return string(signed)
}

// ASVS 9.1.1-9.1.3, 9.2.1-9.2.4: signature, algorithm allow-list, key source, life, type and audience of self-contained tokens.
func TestForgedTokensAreRefused(t *testing.T) {
	key, pkcs8 := signingKey(t)
	other, _ := signingKey(t)
	tokens, err := identity.NewTokens(pkcs8, issuer, clock.NewManual(testenv.Start()))
	if err != nil {
		t.Fatal(err)
	}
	public, _ := x509.MarshalPKIXPublicKey(&key.PublicKey)
	private, _ := jwk.Import(key)
	_ = jwk.AssignKeyID(private)
	kid, _ := private.KeyID()
	good := forge{jwa.ES256(), key, kid, "at+jwt", nil}
	with := func(change func(*forge)) string { f := good; change(&f); return f.token(t) }
	claims := func(change func(jwt.Token)) string { return with(func(f *forge) { f.change = change }) }
	signed := good.token(t)
	parts := strings.Split(signed, ".")

	if _, err := tokens.Check(signed); err != nil {
		t.Fatalf("the forge makes no good tokens: %v", err)
	}
	for name, token := range map[string]string{
		"nothing":                        "",
		"not a token":                    "a.b.c",
		"signed with another key":        with(func(f *forge) { f.key = other }),
		"HMAC with the public key":       with(func(f *forge) { f.alg, f.key = jwa.HS256(), public }),
		"no signature":                   unsigned(t, parts[1], "none"),
		"no signature, ES256 claimed":    unsigned(t, parts[1], "ES256"),
		"claims of another tenant":       parts[0] + "." + edited(t, parts[1], "tenant", "wsp_2") + "." + parts[2],
		"another type of token":          with(func(f *forge) { f.typ = "JWT" }),
		"another key named":              with(func(f *forge) { f.kid = "elsewhere" }),
		"another audience":               claims(func(c jwt.Token) { _ = c.Set("aud", "billing") }),
		"another issuer":                 claims(func(c jwt.Token) { _ = c.Set("iss", "https://evil.test") }),
		"no end":                         claims(func(c jwt.Token) { _ = c.Remove("exp") }),
		"no beginning":                   claims(func(c jwt.Token) { _ = c.Remove("iat") }),
		"not yet good":                   claims(func(c jwt.Token) { _ = c.Set("nbf", testenv.Start().Add(time.Hour)) }),
		"issued in the future":           claims(func(c jwt.Token) { _ = c.Set("iat", testenv.Start().Add(time.Hour)) }),
		"no tenant":                      claims(func(c jwt.Token) { _ = c.Remove("tenant") }),
		"a tenant that is no text":       claims(func(c jwt.Token) { _ = c.Set("tenant", 7) }),
		"no person":                      claims(func(c jwt.Token) { _ = c.Remove("sub") }),
		"JSON in place of a signed form": `{"sub":"usr_1","tenant":"wsp_1","sid":"ses_1","role":"owner","exp":99999999999}`,
		"endless":                        signed + strings.Repeat("A", 5000),
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := tokens.Check(token); errs.Code(err) != "credential_invalid" {
				t.Errorf("got %+v, %v; want credential_invalid", got, err)
			}
		})
	}
}

func unsigned(t *testing.T, payload, alg string) string {
	t.Helper()
	head, err := json.Marshal(map[string]string{"alg": alg, "typ": "at+jwt"})
	if err != nil {
		t.Fatal(err)
	}
	return base64.RawURLEncoding.EncodeToString(head) + "." + payload + "."
}

func edited(t *testing.T, payload, claim string, v any) string {
	t.Helper()
	raw, err := base64.RawURLEncoding.DecodeString(payload)
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(raw, &m); err != nil {
		t.Fatal(err)
	}
	m[claim] = v
	raw, _ = json.Marshal(m)
	return base64.RawURLEncoding.EncodeToString(raw)
}

func FuzzTokenCheck(f *testing.F) {
	// One known key: the processes of a fuzz run must believe the same tokens.
	key, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), bytes.Repeat([]byte{7}, 32))
	if err != nil {
		f.Fatal(err)
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		f.Fatal(err)
	}
	tokens, err := identity.NewTokens(pkcs8, issuer, clock.NewManual(testenv.Start()))
	if err != nil {
		f.Fatal(err)
	}
	good, err := tokens.Sign(someone)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add("")
	f.Add(`{"sub":"usr_1"}`)
	f.Add("eyJhbGciOiJub25lIn0..")
	f.Fuzz(func(t *testing.T, token string) {
		got, err := tokens.Check(token)
		if err == nil && (got.Tenant != someone.Tenant || got.UserID != someone.UserID) {
			t.Errorf("%q speaks for %+v", token, got)
		}
		if err != nil && errs.Code(err) != "credential_invalid" && errs.Code(err) != "credential_expired" {
			t.Errorf("%q: refusal without a code: %v", token, err)
		}
	})
}
