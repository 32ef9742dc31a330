package identity

import (
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"io"
	"strings"

	"github.com/dangol/dangol/shared/id"
)

const secretBytes = 32 // 256 bit

// refreshTokens makes refresh tokens: dgr_<session>_<256 random bits>_<code>. The code shows that the token is one of ours, so that a forged one is
// refused without a look at the table and, above all, cannot end anyone's session as a re-used one does.
type refreshTokens struct {
	pepper []byte
	rand   io.Reader
}

// refreshToken is one genuine token.
type refreshToken struct {
	session string
	secret  []byte
	hash    []byte
}

const (
	refreshPrefix = "dgr_"
	codeBytes     = 16
)

// first returns the token of a new session.
func (r refreshTokens) first(session string) (plain string, hash []byte, err error) {
	secret, err := r.random()
	if err != nil {
		return "", nil, err
	}
	plain, hash = r.write(session, secret)
	return plain, hash, nil
}

// after returns the successor of a token. It is made out of the token and the salt kept with the session: who has only one of them cannot know it,
// and the same two give the same successor, so that a repeated request gets the same answer.
func (r refreshTokens) after(t refreshToken, salt []byte) (plain string, hash []byte) {
	return r.write(t.session, mac(r.pepper, "refresh successor", t.secret, salt))
}

func (r refreshTokens) random() ([]byte, error) {
	b := make([]byte, secretBytes)
	if _, err := io.ReadFull(r.rand, b); err != nil {
		return nil, fmt.Errorf("make a refresh token: %w", err)
	}
	return b, nil
}

func (r refreshTokens) write(session string, secret []byte) (plain string, hash []byte) {
	b64 := base64.RawURLEncoding.EncodeToString
	_, ulid, _ := strings.Cut(session, "_")
	return refreshPrefix + ulid + "." + b64(secret) + "." + b64(r.code(session, secret)), r.hash(session, secret)
}

// read returns a genuine token; false for anything else.
func (r refreshTokens) read(plain string) (refreshToken, bool) {
	rest, ok := strings.CutPrefix(plain, refreshPrefix)
	parts := strings.Split(rest, ".")
	if !ok || len(plain) > 200 || len(parts) != 3 {
		return refreshToken{}, false
	}
	session := string(id.Session) + "_" + parts[0]
	b64 := base64.RawURLEncoding.Strict()
	secret, errSecret := b64.DecodeString(parts[1])
	code, errCode := b64.DecodeString(parts[2])
	if errSecret != nil || errCode != nil || len(secret) != secretBytes || !id.Valid(id.Session, session) {
		return refreshToken{}, false
	}
	if subtle.ConstantTimeCompare(code, r.code(session, secret)) != 1 {
		return refreshToken{}, false
	}
	return refreshToken{session: session, secret: secret, hash: r.hash(session, secret)}, true
}

func (r refreshTokens) code(session string, secret []byte) []byte {
	return mac(r.pepper, "refresh code", []byte(session), secret)[:codeBytes]
}

func (r refreshTokens) hash(session string, secret []byte) []byte {
	return mac(r.pepper, "refresh hash", []byte(session), secret)
}
