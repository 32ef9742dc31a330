package identity_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/crm/session"
	"github.com/dangol/dangol/shared/crm/user"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/identity"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/testkit/testenv"
	"github.com/dangol/dangol/tenants"
)

const (
	ours     = "wsp_01JD0000000000000000000001"
	theirs   = "wsp_01JD0000000000000000000002"
	password = "blue lamp river"
)

// person is someone settled in a workspace of their own, with an open session.
type person struct {
	userID, tenant, email string
	grant                 *identity.Grant
}

func settle(t testing.TB, p *testenv.Place, s *identity.Service, tenant, userID, email string) person {
	t.Helper()
	hash, err := s.Passwords.Hash(t.Context(), password)
	if err != nil {
		t.Fatal(err)
	}
	u := &user.User{ID: userID, Email: email, Language: "ko"}
	m := user.Membership{UserID: userID, Tenant: tenant, Role: user.Owner}
	x := p.DB.Tenant(tenant).As(userID).Begin()
	x.CreateTenant(&tenants.Tenant{ID: tenant, Plan: tenants.Free, Status: tenants.Active})
	x.CreateUser(u, hash)
	x.AddMember(m)
	grant, err := s.Sessions.Open(x, &identity.Proof{User: u, Methods: []string{"pwd"}, At: p.Time.Now()}, m, "a browser")
	if err != nil {
		t.Fatal(err)
	}
	if err := x.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	return person{userID, tenant, email, grant}
}

func place(t testing.TB) (*testenv.Place, *identity.Service, person) {
	t.Helper()
	p := testenv.New(t)
	s := service(t, p)
	return p, s, settle(t, p, s, ours, "usr_1", "mina@cornerbean.kr")
}

// ASVS 7.2.4, 10.4.5: a refresh token is good once, and its successor takes its place.
func TestARefreshTokenIsSpentByItsUse(t *testing.T) {
	p, s, who := place(t)
	p.Time.Advance(time.Minute)
	next, err := s.Sessions.Refresh(t.Context(), who.grant.Refresh)
	if err != nil {
		t.Fatal(err)
	}
	if next.Refresh == who.grant.Refresh || next.Access == who.grant.Access || !next.Until.Equal(p.Time.Now().Add(session.Idle)) {
		t.Errorf("got %+v after %+v", next, who.grant)
	}
	p.Time.Advance(time.Minute)
	if _, err := s.Sessions.Refresh(t.Context(), next.Refresh); err != nil {
		t.Errorf("the successor: %v", err)
	}
}

// ASVS 10.4.5, RFC 9700 4.14: a token that comes again was copied; both holders are out, and the operator reads it in the log.
func TestASpentTokenThatComesAgainEndsTheSession(t *testing.T) {
	p, s, who := place(t)
	next, err := s.Sessions.Refresh(t.Context(), who.grant.Refresh)
	if err != nil {
		t.Fatal(err)
	}
	p.Time.Advance(session.Grace)
	if _, err := s.Sessions.Refresh(t.Context(), who.grant.Refresh); errs.Code(err) != "session_ended" {
		t.Errorf("the spent token: got %v", err)
	}
	if _, err := s.Sessions.Refresh(t.Context(), next.Refresh); errs.Code(err) != "session_ended" {
		t.Errorf("its successor: got %v, want both holders out", err)
	}
	if !strings.Contains(p.LogText.String(), "spent refresh token came again") || strings.Contains(p.LogText.String(), who.grant.Refresh) {
		t.Errorf("the log says: %s", p.LogText)
	}
}

// Two tabs that wake up together, or a reply lost on the way, must not throw a person out.
func TestWithinTheGraceASpentTokenGivesTheSameSuccessor(t *testing.T) {
	p, s, who := place(t)
	first, err := s.Sessions.Refresh(t.Context(), who.grant.Refresh)
	if err != nil {
		t.Fatal(err)
	}
	p.Time.Advance(session.Grace - time.Second)
	second, err := s.Sessions.Refresh(t.Context(), who.grant.Refresh)
	if err != nil || second.Refresh != first.Refresh {
		t.Fatalf("got %v, %v; want the successor of the first", second, err)
	}
	if _, err := s.Sessions.Refresh(t.Context(), first.Refresh); err != nil {
		t.Errorf("the successor: %v", err)
	}
}

func TestManyTabsAtOnceAllGetTheSameSuccessor(t *testing.T) {
	_, s, who := place(t)
	got := make(chan string, 8)
	var wg sync.WaitGroup
	for range cap(got) {
		wg.Go(func() {
			grant, err := s.Sessions.Refresh(context.Background(), who.grant.Refresh)
			if err != nil {
				t.Errorf("a tab was refused: %v", err)
				return
			}
			got <- grant.Refresh
		})
	}
	wg.Wait()
	close(got)
	first := <-got
	for other := range got {
		if other != first {
			t.Error("two tabs hold different tokens: the next refresh of one would end the session")
		}
	}
}

// Whoever knows a session's id, which stands in access tokens and logs, must not be able to end it.
func TestAForgedTokenEndsNobodysSession(t *testing.T) {
	p, s, who := place(t)
	before := p.Writes.Of(table.Identity)
	parts := strings.Split(who.grant.Refresh, ".")
	forged := parts[0] + "." + strings.Repeat("A", 43) + "." + parts[2]
	if _, err := s.Sessions.Refresh(t.Context(), forged); errs.Code(err) != "session_ended" {
		t.Errorf("got %v", err)
	}
	if err := s.Sessions.End(t.Context(), forged); err != nil {
		t.Errorf("got %v", err)
	}
	if got := p.Writes.Of(table.Identity); got != before {
		t.Errorf("got %d writes", got-before)
	}
	if _, err := s.Sessions.Refresh(t.Context(), who.grant.Refresh); err != nil {
		t.Errorf("the true token: %v", err)
	}
}

// ASVS 7.3.1, 7.3.2: unused for 30 days, or 90 days old, a session is over.
func TestSessionsRunOut(t *testing.T) {
	for name, c := range map[string]struct {
		step time.Duration
		want int // successful refreshes
	}{
		"unused for a month":  {session.Idle, 0},
		"used every 20 days":  {20 * 24 * time.Hour, 4},
		"used every 29 days":  {29 * 24 * time.Hour, 3},
		"used after the last": {session.Longest, 0},
	} {
		t.Run(name, func(t *testing.T) {
			p, s, who := place(t)
			token, got := who.grant.Refresh, 0
			for range 10 {
				p.Time.Advance(c.step)
				next, err := s.Sessions.Refresh(t.Context(), token)
				if err != nil {
					if errs.Code(err) != "session_ended" {
						t.Errorf("got %v", err)
					}
					break
				}
				token, got = next.Refresh, got+1
			}
			if got != c.want {
				t.Errorf("got %d refreshes, want %d", got, c.want)
			}
		})
	}
}

// ASVS 7.4.2: who is suspended is out of all sessions.
func TestASuspendedTenantsSessionsRest(t *testing.T) {
	p, s, who := place(t)
	suspend(t, p, ours, tenants.Suspended)
	if _, err := s.Sessions.Refresh(t.Context(), who.grant.Refresh); errs.Code(err) != "session_ended" {
		t.Errorf("while suspended: got %v", err)
	}
	suspend(t, p, ours, tenants.Active)
	if _, err := s.Sessions.Refresh(t.Context(), who.grant.Refresh); err != nil {
		t.Errorf("opened again: %v", err)
	}
}

func suspend(t *testing.T, p *testenv.Place, tenant string, status tenants.Status) {
	t.Helper()
	who, err := p.DB.Tenant(tenant).Tenancy(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	who.Status = status
	x := p.DB.Tenant(tenant).Begin()
	x.SaveTenant(who)
	if err := x.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
}
