// Package identity proves who calls: passwords, sessions with access and refresh tokens, API keys, signed links, and the one cached check of
// every Authorization header. It joins vetted parts (argon2id, ECDSA, HMAC-SHA-256) and invents none.
//
// Its seams: a way of proving who one is (a password today; passkeys, OIDC and one-time codes later) ends in a Proof, and only a Proof opens a
// session; what a role may do is a table of crm/user; what a call may do is decided by Verifier alone.
package identity

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"time"

	"github.com/dangol/dangol/shared/crm/user"
	"github.com/dangol/dangol/shared/env"
)

// Proof says that a person has shown who they are, when and how. Methods are of RFC 8176: pwd, later otp, hwk, fed.
type Proof struct {
	User        *user.User
	Memberships []user.Membership
	Methods     []string
	At          time.Time
}

// Service holds the parts that functions use. It is safe for concurrent use.
type Service struct {
	Passwords *Passwords
	Sessions  *Sessions
	APIKeys   APIKeys
	Links     Links
}

// New returns the service of an installation; an error means that its signing key cannot be read.
func New(e *env.Env) (*Service, error) {
	tokens, err := NewTokens(e.Settings.Keys.Signing, e.Settings.BaseURL, e.Clock)
	if err != nil {
		return nil, err
	}
	return &Service{
		Passwords: newPasswords(e),
		Sessions:  newSessions(e, tokens),
		APIKeys:   NewAPIKeys(e),
		Links:     NewLinks(e),
	}, nil
}

// mac is HMAC-SHA-256 over the purpose and the parts, each preceded by its length: a code made for one purpose is worth nothing for another.
func mac(key []byte, purpose string, parts ...[]byte) []byte {
	h := hmac.New(sha256.New, key)
	var size [8]byte
	write := func(b []byte) {
		binary.BigEndian.PutUint64(size[:], uint64(len(b)))
		h.Write(size[:])
		h.Write(b)
	}
	write([]byte(purpose))
	for _, p := range parts {
		write(p)
	}
	return h.Sum(nil)
}
