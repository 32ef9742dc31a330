package identity

import (
	"crypto/hmac"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/errs"
)

// Purpose is what a signed link is good for; a link for one purpose opens nothing else.
type Purpose string

// VerifyEmail shows that the one who opens the link reads the mail of the address.
const VerifyEmail Purpose = "verify e-mail"

// LinkLife is how long a link of each purpose is good for.
func LinkLife(p Purpose) time.Duration {
	return map[Purpose]time.Duration{VerifyEmail: 48 * time.Hour}[p]
}

// Claim is what a link says: whom it was made for and about which address, so that it dies when the address changes.
type Claim struct {
	UserID string `json:"u"`
	Tenant string `json:"t"`
	Email  string `json:"e"`
	Until  int64  `json:"x"` // Unix seconds
}

// Links signs and opens the tokens of links in mails. They are not secret from their reader and need no storage; opening one twice does no harm.
type Links struct {
	key   []byte
	clock clock.Clock
}

// NewLinks returns the signer of an installation.
func NewLinks(e *env.Env) Links { return Links{key: e.Settings.Keys.Links, clock: e.Clock} }

// Sign returns the token of a link made at the time given; the same claim and time give the same token.
func (l Links) Sign(p Purpose, c Claim, made time.Time) string {
	c.Until = made.Add(LinkLife(p)).Unix()
	payload, err := json.Marshal(c)
	if err != nil {
		panic(fmt.Sprintf("identity: encode a link: %v", err)) // three strings and a number always can be
	}
	b64 := base64.RawURLEncoding.EncodeToString
	return b64(payload) + "." + b64(mac(l.key, string(p), payload))
}

// Open returns the claim of a token made for the purpose; errs link_invalid, or link_expired for one that was good once.
func (l Links) Open(p Purpose, token string) (Claim, error) {
	var c Claim
	body, sum, ok := strings.Cut(token, ".")
	b64 := base64.RawURLEncoding.Strict()
	payload, errBody := b64.DecodeString(body)
	got, errSum := b64.DecodeString(sum)
	if !ok || len(token) > maxToken || errBody != nil || errSum != nil || !hmac.Equal(got, mac(l.key, string(p), payload)) {
		return c, errs.New(errs.Invalid, "link_invalid")
	}
	if err := json.Unmarshal(payload, &c); err != nil {
		return c, errs.New(errs.Invalid, "link_invalid").Because(err)
	}
	if l.clock.Now().Unix() >= c.Until {
		return c, errs.New(errs.Expired, "link_expired")
	}
	return c, nil
}
