// Package id makes and checks the identifiers that partners see: a typed prefix and a ULID, such as cus_01JD….
package id

import (
	"crypto/sha256"
	"encoding/binary"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/oklog/ulid/v2"
)

// Prefix is the type mark of an identifier, without the underscore.
type Prefix string

// The prefixes of docs/public-api.md. Closed: Valid refuses any other.
const (
	Workspace Prefix = "wsp"
	User      Prefix = "usr"
	APIKey    Prefix = "key"
	Session   Prefix = "ses"
	Customer  Prefix = "cus"
	Order     Prefix = "ord"
	Product   Prefix = "prd"
	Lead      Prefix = "led"
	Segment   Prefix = "seg"
	Campaign  Prefix = "cmp"
	Template  Prefix = "tpl"
	Message   Prefix = "msg"
	Import    Prefix = "imp"
	Export    Prefix = "exp"
	Job       Prefix = "job"
	Event     Prefix = "evt"
	Consent   Prefix = "con"
	Note      Prefix = "not"
	View      Prefix = "viw"
	Merge     Prefix = "mrg"
)

// Maker makes identifiers that sort by the time they were made. Safe for concurrent use.
type Maker struct {
	mu      sync.Mutex
	entropy *ulid.MonotonicEntropy
	now     func() time.Time
}

// NewMaker returns a Maker that reads time from now and randomness from r.
func NewMaker(now func() time.Time, r io.Reader) *Maker {
	return &Maker{entropy: ulid.Monotonic(r, 0), now: now}
}

// New returns a fresh identifier with the prefix. Two calls never return the same one, and within a millisecond later calls sort later.
func (m *Maker) New(p Prefix) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return string(p) + "_" + ulid.MustNew(ulid.Timestamp(m.now()), m.entropy).String()
}

// Derived returns the identifier that always belongs to these parts: the first 128 bits of their SHA-256 (each part preceded by its length, so
// that no two lists of parts collide) in the ULID alphabet. Message ids are derived, so that a campaign planned twice plans the same messages.
func Derived(p Prefix, parts ...string) string {
	h := sha256.New()
	var size [8]byte
	for _, part := range parts {
		binary.BigEndian.PutUint64(size[:], uint64(len(part)))
		h.Write(size[:])
		h.Write([]byte(part))
	}
	var u ulid.ULID
	copy(u[:], h.Sum(nil))
	return string(p) + "_" + u.String()
}

// Valid says whether s is an identifier with the prefix p.
func Valid(p Prefix, s string) bool {
	rest, ok := strings.CutPrefix(s, string(p)+"_")
	if !ok {
		return false
	}
	_, err := ulid.ParseStrict(rest)
	return err == nil && rest == strings.ToUpper(rest)
}
