package api

import (
	"context"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"

	"golang.org/x/crypto/chacha20poly1305"

	"github.com/dangol/dangol/shared/errs"
)

type sealer = cipher.AEAD

// newCursorCipher returns XChaCha20-Poly1305: its nonces are long enough to be drawn at random for ever under one key.
func newCursorCipher(key []byte) sealer {
	c, err := chacha20poly1305.NewX(key)
	if err != nil {
		panic(fmt.Sprintf("api: CursorKey must have 32 bytes, not %d", len(key))) // a wrong installation must not start
	}
	return c
}

// SealCursor returns an opaque cursor that holds position, any JSON value, and opens only for the same tenant and operation with the same query:
// the filter and the sort, in one form.
func SealCursor(ctx context.Context, position any, query ...string) string {
	c := callOf(ctx)
	plain, err := json.Marshal(position)
	if err != nil {
		panic(fmt.Sprintf("api: encode cursor position %T: %v", position, err)) // a programming error
	}
	return base64.RawURLEncoding.EncodeToString(sealBytes(c.sealer(), plain, c.binding(query)))
}

// OpenCursor fills position from a cursor that SealCursor made for the same tenant, operation and query, and says whether there was one: an empty
// cursor, that of the first page, leaves position as it is. A foreign or edited cursor is errs.Malformed cursor_invalid.
func OpenCursor(ctx context.Context, cursor string, position any, query ...string) (bool, error) {
	if cursor == "" {
		return false, nil
	}
	c := callOf(ctx)
	sealed, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return false, cursorInvalid()
	}
	plain, err := openBytes(c.sealer(), sealed, c.binding(query))
	if err != nil || json.Unmarshal(plain, position) != nil {
		return false, cursorInvalid()
	}
	return true, nil
}

func (c *call) sealer() sealer {
	if c.core == nil {
		panic("api: a cursor was used outside of a request")
	}
	return c.core.cursors
}

func cursorInvalid() error {
	return errs.New(errs.Malformed, "cursor_invalid").Add("?cursor", "cursor_invalid")
}

// binding is what a cursor belongs to. Each part is preceded by its length, so that no two lists of parts are the same.
func (c *call) binding(query []string) []byte {
	operation := ""
	if c.route != nil {
		operation = c.route.op.ID
	}
	var b []byte
	for _, part := range append([]string{c.principal.Tenant, operation}, query...) {
		b = binary.AppendUvarint(b, uint64(len(part)))
		b = append(b, part...)
	}
	return b
}

// sealBytes returns nonce and ciphertext.
func sealBytes(a sealer, plain, bound []byte) []byte {
	nonce := make([]byte, a.NonceSize(), a.NonceSize()+len(plain)+a.Overhead())
	rand.Read(nonce)
	return a.Seal(nonce, nonce, plain, bound)
}

func openBytes(a sealer, sealed, bound []byte) ([]byte, error) {
	n := a.NonceSize()
	if len(sealed) < n {
		return nil, errors.New("sealed text is too short")
	}
	return a.Open(nil, sealed[:n], sealed[n:], bound)
}
