package store

import (
	"context"
	"fmt"

	"github.com/dangol/dangol/shared/crm/session"
	"github.com/dangol/dangol/shared/crm/user"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/tenants"
)

// LabelSession fails when the session was rotated or ended since it was read.
const LabelSession = "session"

// Session reads one session; errs session_not_found once it ended.
func (i *Identity) Session(ctx context.Context, sessionID string) (*session.Session, error) {
	s := &session.Session{}
	version, err := i.read(ctx, sessionRecord(sessionID), "session_not_found", s)
	if err != nil {
		return nil, err
	}
	s.Version = version
	return s, nil
}

// Sessions lists the sessions of a person, newest last; it may lag behind.
func (i *Identity) Sessions(ctx context.Context, userID string) ([]*session.Session, error) {
	var all []*session.Session
	q := table.Query{Table: table.Identity, Index: 1, PK: sessionOfUser(userID, "").PK}
	for {
		page, err := i.db.table.Query(ctx, q)
		if err != nil {
			return nil, fmt.Errorf("list sessions: %w", err)
		}
		for n := range page.Items {
			s := &session.Session{Version: page.Items[n].Version}
			if err := decode(&page.Items[n], s); err != nil {
				return nil, err
			}
			all = append(all, s)
		}
		if page.Next == nil {
			return all, nil
		}
		q.After = page.Next
	}
}

// Standing is whether a person's session still gives what its access token says. Each part is nil when it is gone.
type Standing struct {
	Open       bool
	Membership *user.Membership
	Tenant     *tenants.Tenant
}

// Standing reads all three in one strongly consistent batch.
func (i *Identity) Standing(ctx context.Context, userID, tenant, sessionID string) (*Standing, error) {
	items, err := i.batch(ctx, sessionRecord(sessionID), userMembership(userID, tenant), keys{tenant}.tenancy())
	if err != nil {
		return nil, err
	}
	s := &Standing{Open: items[0] != nil}
	if items[1] != nil {
		s.Membership = &user.Membership{}
		err = decode(items[1], s.Membership)
	}
	if err == nil && items[2] != nil {
		s.Tenant = &tenants.Tenant{Version: items[2].Version}
		err = decode(items[2], s.Tenant)
	}
	return s, err
}

// OpenSession adds a new session.
func (x *Tx) OpenSession(s *session.Session) {
	x.create(table.Identity, LabelSession, sessionItem(s))
	s.Version = 1
}

// SaveSession adds a rotation. Label: LabelSession.
func (x *Tx) SaveSession(s *session.Session) {
	x.replace(table.Identity, LabelSession, s.Version, sessionItem(s))
	s.Version++
}

// EndSession removes the session: its refresh tokens are worth nothing from then on. Call Identity.Ended after the commit.
func (x *Tx) EndSession(sessionID string) { x.remove(table.Identity, sessionRecord(sessionID)) }

func sessionItem(s *session.Session) table.Item {
	it := table.Item{Key: sessionRecord(s.ID), Head: encode(s), Expires: s.ExpiresAt.Unix()}
	it.Index[0] = sessionOfUser(s.UserID, s.ID)
	return it
}
