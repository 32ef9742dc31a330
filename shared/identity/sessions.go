package identity

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/crm/session"
	"github.com/dangol/dangol/shared/crm/user"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/tenants"
)

// Sessions opens, prolongs and ends the stays of people.
type Sessions struct {
	db      *store.DB
	clock   clock.Clock
	ids     *id.Maker
	log     *slog.Logger
	tokens  *Tokens
	refresh refreshTokens
}

func newSessions(e *env.Env, t *Tokens) *Sessions {
	return &Sessions{db: e.DB, clock: e.Clock, ids: e.IDs, log: e.Log, tokens: t, refresh: refreshTokens{pepper: e.Settings.Keys.Pepper, rand: e.Rand}}
}

// Grant is what a person holds after proving who they are, or after a refresh.
type Grant struct {
	Access  string
	Expires time.Duration // of the access token, from now
	Refresh string        // the refresh token, for the cookie
	Until   time.Time     // when the refresh token runs out
}

const maxAgent = 200

// Open adds a new session in the membership's workspace to the transaction. The grant is good once that is committed.
func (s *Sessions) Open(x *store.Tx, p *Proof, m user.Membership, agent string) (*Grant, error) {
	now := s.clock.Now().Truncate(time.Millisecond)
	open := &session.Session{
		ID: s.ids.New(id.Session), UserID: p.User.ID, Tenant: m.Tenant, Methods: p.Methods, Agent: cut(agent, maxAgent),
		CreatedAt: now, ExpiresAt: session.Expiry(p.At, now),
	}
	plain, hash, err := s.refresh.first(open.ID)
	if err != nil {
		return nil, err
	}
	open.Current = hash
	x.OpenSession(open)
	return s.grant(open, m.Role, plain)
}

// Refresh spends a refresh token and returns its successor with a new access token. Within session.Grace the token just spent gives the same
// successor again. Anything else is errs session_ended; an older token, which only a thief or a copy still has, ends the session first.
func (s *Sessions) Refresh(ctx context.Context, plain string) (*Grant, error) {
	t, ok := s.refresh.read(plain)
	if !ok {
		return nil, errs.New(errs.Unauthorized, "session_ended")
	}
	const tries = 3 // each loss means that another tab won, which the next look shows
	for range tries {
		grant, err := s.spend(ctx, t)
		if !table.FailedLabel(err, store.LabelSession) {
			return grant, err
		}
	}
	return nil, errs.New(errs.Unavailable, "busy").With("retryAfter", 1)
}

func (s *Sessions) spend(ctx context.Context, t refreshToken) (*Grant, error) {
	open, role, err := s.open(ctx, t.session)
	if err != nil {
		return nil, err
	}
	now := s.clock.Now().Truncate(time.Millisecond)
	switch open.Judge(t.hash, now) {
	case session.Rotate:
		return s.rotate(ctx, open, role, t, now)
	case session.Repeat:
		plain, _ := s.refresh.after(t, open.Salt)
		return s.grant(open, role, plain)
	case session.Reuse:
		s.log.WarnContext(ctx, "a spent refresh token came again: the session is ended", "session", open.ID, "user", open.UserID, "tenant", open.Tenant)
		if err := s.end(ctx, open); err != nil {
			return nil, err
		}
	}
	return nil, errs.New(errs.Unauthorized, "session_ended")
}

// open reads a session whose person may still work in its workspace; errs session_ended otherwise.
func (s *Sessions) open(ctx context.Context, sessionID string) (*session.Session, user.Role, error) {
	open, err := s.db.Identity().Session(ctx, sessionID)
	if errs.Code(err) == "session_not_found" {
		return nil, "", errs.New(errs.Unauthorized, "session_ended")
	}
	if err != nil {
		return nil, "", err
	}
	standing, err := s.db.Identity().Standing(ctx, open.UserID, open.Tenant, open.ID)
	if err != nil {
		return nil, "", err
	}
	if !works(standing) {
		return nil, "", errs.New(errs.Unauthorized, "session_ended")
	}
	return open, standing.Membership.Role, nil
}

// works says whether the standing lets a person work.
func works(s *store.Standing) bool {
	return s.Open && s.Membership != nil && s.Tenant != nil && s.Tenant.Status == tenants.Active
}

func (s *Sessions) rotate(ctx context.Context, open *session.Session, role user.Role, t refreshToken, now time.Time) (*Grant, error) {
	salt, err := s.refresh.random()
	if err != nil {
		return nil, err
	}
	plain, hash := s.refresh.after(t, salt)
	next := open.Rotated(hash, salt, now)
	x := s.db.Tenant(open.Tenant).As(open.UserID).Begin()
	x.SaveSession(next)
	if err := x.Commit(ctx); err != nil {
		return nil, fmt.Errorf("rotate session %s: %w", open.ID, err)
	}
	return s.grant(next, role, plain)
}

// End ends the session of a genuine refresh token, current or spent. Ending none succeeds: the caller wanted to be out, and is.
func (s *Sessions) End(ctx context.Context, plain string) error {
	t, ok := s.refresh.read(plain)
	if !ok {
		return nil
	}
	open, err := s.db.Identity().Session(ctx, t.session)
	if errs.Code(err) == "session_not_found" {
		return nil
	}
	if err != nil {
		return err
	}
	return s.end(ctx, open)
}

func (s *Sessions) end(ctx context.Context, open *session.Session) error {
	x := s.db.Tenant(open.Tenant).As(open.UserID).Begin()
	x.EndSession(open.ID)
	if err := x.Commit(ctx); err != nil {
		return fmt.Errorf("end session %s: %w", open.ID, err)
	}
	s.db.Identity().Ended()
	return nil
}

func (s *Sessions) grant(open *session.Session, role user.Role, plain string) (*Grant, error) {
	access, err := s.tokens.Sign(Claims{UserID: open.UserID, Tenant: open.Tenant, Session: open.ID, Role: role})
	if err != nil {
		return nil, err
	}
	return &Grant{Access: access, Expires: AccessLife, Refresh: plain, Until: open.ExpiresAt}, nil
}

func cut(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most])
	}
	return s
}
