// Package session is a person's stay in Dangol on one device: opened by proving who one is, kept alive by a refresh token that changes at each use.
//
// The rules follow OWASP ASVS 5.0 chapters 7 and 10 and RFC 9700 section 4.14: a token is good once; one that comes again was stolen or copied,
// and ends the session for both holders.
package session

import (
	"crypto/subtle"
	"time"
)

// The life of a session.
const (
	Idle    = 30 * 24 * time.Hour // without a refresh it ends
	Longest = 90 * 24 * time.Hour // at last it ends even when used: prove anew who you are (ASVS 7.3.2)
	// Grace is how long the token just spent still answers, with the same successor: two tabs that refresh at once, or a lost reply.
	Grace = 10 * time.Second
)

// Session is one stay. Current and Previous are hashes of refresh tokens; Salt made the current token out of the previous one.
type Session struct {
	ID        string     `json:"id"`
	UserID    string     `json:"userId"`
	Tenant    string     `json:"tenant"`
	Methods   []string   `json:"methods"` // how the person proved who they are, RFC 8176: pwd
	Agent     string     `json:"agent,omitempty"`
	Current   []byte     `json:"current"`
	Previous  []byte     `json:"previous,omitempty"`
	Salt      []byte     `json:"salt,omitempty"`
	RotatedAt *time.Time `json:"rotatedAt,omitempty"`
	CreatedAt time.Time  `json:"createdAt"`
	ExpiresAt time.Time  `json:"expiresAt"`
	Version   int64      `json:"-"`
}

// Verdict is what a presented refresh token calls for.
type Verdict uint8

// The verdicts.
const (
	Over   Verdict = iota // the session has ended
	Rotate                // the current token: spend it
	Repeat                // the token just spent, within Grace: answer once more with its successor
	Reuse                 // an older token of this session: revoke it
)

// Judge decides about a genuine token of this session by its hash.
func (s *Session) Judge(hash []byte, now time.Time) Verdict {
	switch {
	case !now.Before(s.ExpiresAt):
		return Over
	case subtle.ConstantTimeCompare(hash, s.Current) == 1:
		return Rotate
	case subtle.ConstantTimeCompare(hash, s.Previous) == 1 && s.RotatedAt != nil && now.Before(s.RotatedAt.Add(Grace)):
		return Repeat
	default:
		return Reuse
	}
}

// Rotated returns the session after its current token was spent: next is the hash of the successor that salt made.
func (s *Session) Rotated(next, salt []byte, now time.Time) *Session {
	r := *s
	r.Previous, r.Current, r.Salt, r.RotatedAt = s.Current, next, salt, &now
	r.ExpiresAt = Expiry(s.CreatedAt, now)
	return &r
}

// Expiry returns when a session opened at created and last used at now ends.
func Expiry(created, now time.Time) time.Time {
	idle, last := now.Add(Idle), created.Add(Longest)
	if idle.After(last) {
		return last
	}
	return idle
}
