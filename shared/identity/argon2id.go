package identity

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync/atomic"

	"golang.org/x/crypto/argon2"

	"github.com/dangol/dangol/shared/errs"
)

// Cost is what one hash takes: memory in KiB, passes over it, lanes.
type Cost struct {
	Memory uint32
	Passes uint32
	Lanes  uint8
}

// recommended is OWASP's first choice for argon2id (Password Storage Cheat Sheet, 2025): 19 MiB, 2 passes, 1 lane; some 30 ms of one core.
func recommended() Cost { return Cost{Memory: 19 * 1024, Passes: 2, Lanes: 1} }

// slots is how many hashes run at once: it bounds their memory to 38 MiB, and the cores that a flood of log-ins can take.
const slots = 2

const (
	saltBytes = 16
	hashBytes = 32
	phcFormat = "$argon2id$v=%d$m=%d,t=%d,p=%d$"
)

// hasher makes and checks argon2id hashes in PHC form: $argon2id$v=19$m=19456,t=2,p=1$salt$hash.
type hasher struct {
	cost  Cost
	rand  io.Reader
	slots chan struct{}
	work  atomic.Int64 // KiB written by all hashes so far: how tests compare the work of two log-ins
}

func newHasher(cost Cost, rand io.Reader) *hasher {
	return &hasher{cost: cost, rand: rand, slots: make(chan struct{}, slots)}
}

// hash returns the PHC string of a password with a fresh salt.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltBytes)
	if _, err := io.ReadFull(h.rand, salt); err != nil {
		return "", fmt.Errorf("salt a password: %w", err)
	}
	sum, err := h.derive(ctx, password, phc{h.cost, salt, make([]byte, hashBytes)})
	if err != nil {
		return "", err
	}
	return phc{h.cost, salt, sum}.String(), nil
}

// matches says whether the password belongs to the PHC string, and whether that was made more cheaply than today's.
func (h *hasher) matches(ctx context.Context, encoded, password string) (ok, weak bool, err error) {
	want, err := parsePHC(encoded)
	if err != nil {
		return false, false, err
	}
	got, err := h.derive(ctx, password, want)
	if err != nil {
		return false, false, err
	}
	return subtle.ConstantTimeCompare(got, want.sum) == 1, want.cost.weaker(h.cost), nil
}

func (h *hasher) derive(ctx context.Context, password string, p phc) ([]byte, error) {
	select {
	case h.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, errs.New(errs.Unavailable, "busy").With("retryAfter", 2).Because(ctx.Err())
	}
	defer func() { <-h.slots }()
	h.work.Add(int64(p.cost.Memory) * int64(p.cost.Passes))
	return argon2.IDKey([]byte(password), p.salt, p.cost.Passes, p.cost.Memory, p.cost.Lanes, uint32(len(p.sum))), nil
}

func (c Cost) weaker(than Cost) bool {
	return c.Memory < than.Memory || c.Passes < than.Passes
}

// phc is a decoded PHC string.
type phc struct {
	cost Cost
	salt []byte
	sum  []byte
}

// String encodes it.
func (p phc) String() string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf(phcFormat, argon2.Version, p.cost.Memory, p.cost.Passes, p.cost.Lanes) + b64.EncodeToString(p.salt) + "$" + b64.EncodeToString(p.sum)
}

var errPHC = errors.New("identity: a stored password hash cannot be read")

// mostMemory bounds what a stored hash may ask for, in KiB.
const mostMemory = 256 * 1024

func parsePHC(s string) (phc, error) {
	var p phc
	var version int
	var rest string
	if _, err := fmt.Sscanf(s, phcFormat+"%s", &version, &p.cost.Memory, &p.cost.Passes, &p.cost.Lanes, &rest); err != nil || version != argon2.Version {
		return p, errPHC
	}
	salt, sum, ok := strings.Cut(rest, "$")
	if !ok || p.cost.Memory > mostMemory || p.cost.Passes == 0 || p.cost.Passes > 100 || p.cost.Lanes == 0 {
		return p, errPHC
	}
	var errSalt, errSum error
	p.salt, errSalt = base64.RawStdEncoding.DecodeString(salt)
	p.sum, errSum = base64.RawStdEncoding.DecodeString(sum)
	if errSalt != nil || errSum != nil || len(p.salt) < 8 || len(p.sum) < 16 || len(p.sum) > 64 {
		return p, errPHC
	}
	return p, nil
}
