// Package apikey is a program's credential for one workspace: named, limited to scopes, shown once and kept as a hash.
package apikey

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/dangol/dangol/shared/crm/user"
	"github.com/dangol/dangol/shared/errs"
)

// Mode tells what a key is for.
type Mode string

// The modes. A test key reads and writes like any other; functions that reach people refuse to do so for it.
const (
	Live Mode = "live"
	Test Mode = "test"
)

// Key is one API key. Hash is the keyed hash of the secret; Hint is its beginning, by which a person recognises it.
type Key struct {
	ID         string     `json:"id"`
	Tenant     string     `json:"tenant"`
	Name       string     `json:"name"`
	Mode       Mode       `json:"mode"`
	Hint       string     `json:"hint"`
	Hash       []byte     `json:"hash"`
	Scopes     []string   `json:"scopes"`
	CreatedBy  string     `json:"createdBy"`
	CreatedAt  time.Time  `json:"createdAt"`
	ExpiresAt  *time.Time `json:"expiresAt,omitempty"` // nil: until deleted
	LastUsedAt *time.Time `json:"lastUsedAt,omitempty"`
	Version    int64      `json:"-"`
}

// TouchEvery is how exact LastUsedAt is: it is written at most this often.
const TouchEvery = time.Hour

// Expired says whether the key's time is over.
func (k *Key) Expired(now time.Time) bool { return k.ExpiresAt != nil && !now.Before(*k.ExpiresAt) }

// Stale says whether LastUsedAt should be written anew.
func (k *Key) Stale(now time.Time) bool {
	return k.LastUsedAt == nil || now.Sub(*k.LastUsedAt) >= TouchEvery
}

const maxName = 100

// Check refuses a key whose name, mode, scopes or end break a rule, naming each field.
func (k *Key) Check(now time.Time) error {
	e := &errs.Error{Kind: errs.Invalid, Code: "validation_failed"}
	k.Name = strings.TrimSpace(k.Name)
	if k.Name == "" {
		e.Add("/name", "required_missing")
	}
	if utf8.RuneCountInString(k.Name) > maxName {
		e.Add("/name", "too_long", "max", maxName)
	}
	if k.Mode != Live && k.Mode != Test {
		e.Add("/mode", "option_unknown", "options", "live, test")
	}
	if k.Expired(now) {
		e.Add("/expiresAt", "time_in_past")
	}
	checkScopes(k.Scopes, e)
	return e.OrNil()
}

func checkScopes(scopes []string, e *errs.Error) {
	if len(scopes) == 0 {
		e.Add("/scopes", "required_missing")
	}
	for i, s := range scopes {
		if !user.KnownScope(s) {
			e.Add("/scopes/"+strconv.Itoa(i), "option_unknown", "options", strings.Join(user.Scopes(), ", "))
		}
	}
}
