// Package links makes and reads the signed links that a mail carries: open, click and unsubscribe. A link names one message of one campaign and
// nothing that its receiver could not know; whoever edits it holds a link to nothing.
package links

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"hash"
	"strings"
	"sync"

	"github.com/oklog/ulid/v2"

	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/id"
)

// Kind is what following a link does. A link of one kind is no link of another.
type Kind byte

// The kinds, as they stand in the path: /v1/t/o/….
const (
	Open        Kind = 'o'
	Click       Kind = 'c'
	Unsubscribe Kind = 'u'
)

// Token is what a link says.
type Token struct {
	Kind     Kind
	Tenant   string
	Campaign string
	Customer string
	Chunk    int
	Wave     int
	Step     int
	Link     int // which of the campaign's links, for Click
}

// MessageID returns the message that the link is about.
func (t Token) MessageID() string {
	return message.ID(t.Tenant, t.Campaign, t.Wave, t.Step, t.Customer, message.Email)
}

// macBytes is how much of the HMAC-SHA-256 a link carries: 128 bits, as RFC 2104 section 5 allows.
const macBytes = 16

// Signer makes and reads tokens. Safe for concurrent use.
type Signer struct{ macs sync.Pool }

// NewSigner returns a Signer with the installation's key of at least 32 bytes.
func NewSigner(key []byte) *Signer {
	key = append([]byte("dangol tracking v1\x00"), key...)
	return &Signer{macs: sync.Pool{New: func() any { return hmac.New(sha256.New, key) }}}
}

// Path returns the path of the link, such as /v1/t/o/….
func (s *Signer) Path(t Token) string { return "/v1/t/" + string(t.Kind) + "/" + s.Sign(t) }

// Sign returns the token, about 95 characters of base64url. A malformed id gives a token that Read refuses.
func (s *Signer) Sign(t Token) string {
	b := make([]byte, 0, 96)
	b = append(b, byte(t.Kind))
	for _, v := range [...]string{t.Tenant, t.Campaign, t.Customer} {
		b = appendID(b, v)
	}
	for _, n := range [...]int{t.Chunk, t.Wave, t.Step, t.Link} {
		b = binary.AppendUvarint(b, uint64(n))
	}
	return base64.RawURLEncoding.EncodeToString(s.seal(b))
}

// seal appends the MAC of b.
func (s *Signer) seal(b []byte) []byte {
	mac := s.macs.Get().(hash.Hash)
	defer s.macs.Put(mac)
	mac.Reset()
	mac.Write(b)
	var sum [sha256.Size]byte
	return append(b, mac.Sum(sum[:0])[:macBytes]...)
}

// Read returns what a token of the kind says. One that was forged, edited or made for another kind is errs.NotFound link_unknown.
func (s *Signer) Read(k Kind, token string) (Token, error) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(b) < macBytes+1 {
		return Token{}, unknown()
	}
	said := b[: len(b)-macBytes : len(b)-macBytes]
	if !hmac.Equal(s.seal(said), b) || Kind(b[0]) != k {
		return Token{}, unknown()
	}
	return parse(said)
}

func unknown() error { return errs.New(errs.NotFound, "link_unknown") }

func parse(b []byte) (Token, error) {
	const ids = 1 + 3*16
	if len(b) < ids {
		return Token{}, unknown()
	}
	t := Token{Kind: Kind(b[0]), Tenant: readID(id.Workspace, b[1:17]), Campaign: readID(id.Campaign, b[17:33]), Customer: readID(id.Customer, b[33:49])}
	b = b[ids:]
	for _, n := range [...]*int{&t.Chunk, &t.Wave, &t.Step, &t.Link} {
		v, size := binary.Uvarint(b)
		if size <= 0 || v > 1<<31 {
			return Token{}, unknown()
		}
		*n, b = int(v), b[size:]
	}
	return t, nil
}

// appendID appends the 128 bits of an identifier; its prefix is known from its place.
func appendID(b []byte, v string) []byte {
	_, text, _ := strings.Cut(v, "_")
	u, err := ulid.ParseStrict(text)
	if err != nil {
		return b // too short to be read again
	}
	return append(b, u[:]...)
}

func readID(p id.Prefix, b []byte) string {
	var u ulid.ULID
	copy(u[:], b)
	return string(p) + "_" + u.String()
}

// ProviderSecret returns the secret with which a provider's reports are posted to this installation. It follows from the installation's key, so
// nothing has to be stored, and differs per provider.
func ProviderSecret(key []byte, provider string) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("dangol provider events v1\x00" + provider))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}
