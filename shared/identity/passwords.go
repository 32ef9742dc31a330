package identity

import (
	"context"
	"fmt"
	"log/slog"
	"sync"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/store"
)

// Passwords proves who a person is by something they know.
type Passwords struct {
	hasher *hasher
	db     *store.DB
	clock  clock.Clock
	log    *slog.Logger
	// dummy returns a hash that no password matches, for addresses that nobody has.
	dummy func() string
}

func newPasswords(e *env.Env) *Passwords {
	p := &Passwords{hasher: newHasher(recommended(), e.Rand), db: e.DB, clock: e.Clock, log: e.Log}
	p.dummy = sync.OnceValue(func() string {
		return phc{p.hasher.cost, make([]byte, saltBytes), make([]byte, hashBytes)}.String()
	})
	return p
}

// Check refuses a new password that breaks a rule, at pointer; email and company must not make it up.
func (p *Passwords) Check(pointer, password, email, company string) error {
	return CheckPassword(pointer, composed(password), beside(email, company)...)
}

// Hash returns the proof to store for a new password, which Check has let pass.
func (p *Passwords) Hash(ctx context.Context, password string) (store.Password, error) {
	hash, err := p.hasher.hash(ctx, composed(password))
	if err != nil {
		return store.Password{}, err
	}
	return store.Password{Hash: hash, ChangedAt: p.clock.Now()}, nil
}

// Prove checks an address and a password. Whatever is wrong with them, the refusal is errs login_refused and the work the same: two reads and one
// hash, so that neither words nor time tell whether the address is known.
func (p *Passwords) Prove(ctx context.Context, email, password string) (*Proof, error) {
	account, err := p.db.Identity().AccountByEmail(ctx, email)
	if err != nil && errs.Code(err) != "user_not_found" {
		return nil, err
	}
	stored, known := p.dummy(), false
	if err == nil && account.Password != nil {
		stored, known = account.Password.Hash, true
	}
	password = composed(password)
	ok, weak, err := p.hasher.matches(ctx, stored, password)
	if err != nil {
		return nil, err
	}
	if !ok || !known {
		return nil, errs.New(errs.Unauthorized, "login_refused")
	}
	if weak {
		p.strengthen(ctx, account, password)
	}
	return &Proof{User: account.User, Memberships: account.Memberships, Methods: []string{"pwd"}, At: p.clock.Now()}, nil
}

// strengthen replaces a hash that was made with less work than today's. A failure waits for the next log-in.
func (p *Passwords) strengthen(ctx context.Context, a *store.Account, password string) {
	err := p.rehash(ctx, a, password)
	if err != nil {
		p.log.WarnContext(ctx, "a password hash stays weak", "user", a.User.ID, "error", err)
	}
}

func (p *Passwords) rehash(ctx context.Context, a *store.Account, password string) error {
	hash, err := p.hasher.hash(ctx, password)
	if err != nil || len(a.Memberships) == 0 {
		return err
	}
	x := p.db.Tenant(a.Memberships[0].Tenant).As(a.User.ID).Begin()
	renewed := *a.Password
	renewed.Hash = hash
	x.SavePassword(a.User.ID, renewed)
	if err := x.Commit(ctx); err != nil {
		return fmt.Errorf("save a stronger hash: %w", err)
	}
	return nil
}
