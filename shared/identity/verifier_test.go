package identity_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/apikey"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/identity"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/testkit/testenv"
	"github.com/dangol/dangol/tenants"
)

func verifier(t testing.TB, p *testenv.Place) *identity.Verifier {
	t.Helper()
	v, err := identity.NewVerifier(p.Env)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func giveKey(t testing.TB, p *testenv.Place, s *identity.Service, tenant string, mode apikey.Mode, expires *time.Time) (string, *apikey.Key) {
	t.Helper()
	secret, hint, hash, err := s.APIKeys.Make(mode)
	if err != nil {
		t.Fatal(err)
	}
	k := &apikey.Key{ID: p.IDs.New("key"), Tenant: tenant, Name: "shop", Mode: mode, Hint: hint, Hash: hash, Scopes: []string{"orders:read"}, ExpiresAt: expires}
	x := p.DB.Tenant(tenant).Begin()
	x.CreateAPIKey(k)
	if err := x.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	return secret, k
}

func TestThePrincipalComesFromTheCredentialAlone(t *testing.T) {
	p, s, mina := place(t)
	jun := settle(t, p, s, theirs, "usr_2", "jun@teahouse.kr")
	live, key := giveKey(t, p, s, theirs, apikey.Live, nil)
	test, testKey := giveKey(t, p, s, ours, apikey.Test, nil)
	v := verifier(t, p)
	owner := func(who person) api.Principal {
		return api.Principal{Tenant: who.tenant, UserID: who.userID, Scopes: api.Scopes{"*"}, Owner: true, Limit: 100}
	}
	for name, c := range map[string]struct {
		header string
		want   api.Principal
	}{
		"an owner":        {"Bearer " + mina.grant.Access, owner(mina)},
		"another owner":   {"bearer " + jun.grant.Access, owner(jun)},
		"a key":           {"Bearer " + live, api.Principal{Tenant: theirs, KeyID: key.ID, Scopes: api.Scopes{"orders:read"}, Limit: 100}},
		"a key for tests": {"Bearer " + test, api.Principal{Tenant: ours, KeyID: testKey.ID, Scopes: api.Scopes{"orders:read"}, Limit: 100, Test: true}},
	} {
		t.Run(name, func(t *testing.T) {
			for range 2 { // the second answer is remembered
				got, err := v.Verify(t.Context(), c.header)
				if err != nil || got.Tenant != c.want.Tenant || got.Actor() != c.want.Actor() || !slices.Equal(got.Scopes, c.want.Scopes) ||
					got.Owner != c.want.Owner || got.Limit != c.want.Limit || got.Test != c.want.Test {
					t.Errorf("got %+v, %v; want %+v", got, err, c.want)
				}
			}
		})
	}
}

func TestHeadersThatAreNoCredential(t *testing.T) {
	p, s, mina := place(t)
	v := verifier(t, p)
	made, _, _, err := s.APIKeys.Make(apikey.Live) // well-formed, and given to nobody
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ header, want string }{
		"none":                {"", "credential_missing"},
		"no scheme":           {mina.grant.Access, "credential_missing"},
		"another scheme":      {"Basic bWluYTpibHVl", "credential_missing"},
		"nothing behind":      {"Bearer ", "credential_missing"},
		"a refresh token":     {"Bearer " + mina.grant.Refresh, "credential_invalid"},
		"a made-up key":       {"Bearer " + made, "credential_invalid"},
		"a mistyped key":      {"Bearer dgl_live_x", "credential_invalid"},
		"two tokens":          {"Bearer " + mina.grant.Access + " " + mina.grant.Access, "credential_invalid"},
		"a token cut short":   {"Bearer " + mina.grant.Access[:100], "credential_invalid"},
		"megabytes of header": {"Bearer " + strings.Repeat("A", 1<<20), "credential_invalid"},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := v.Verify(t.Context(), c.header); errs.Code(err) != c.want || got.Tenant != "" {
				t.Errorf("got %+v, %v; want %s", got, err, c.want)
			}
		})
	}
}

// ASVS 7.4.1: an ended session's access token is refused, at once where it was ended and within 30 s elsewhere.
func TestAnEndedSessionsAccessTokenIsRefused(t *testing.T) {
	p, s, mina := place(t)
	here, header := verifier(t, p), "Bearer "+mina.grant.Access
	good(t, here, header)
	if err := s.Sessions.End(t.Context(), mina.grant.Refresh); err != nil {
		t.Fatal(err)
	}
	refused(t, here, header, "credential_expired")
	if _, err := s.Sessions.Refresh(t.Context(), mina.grant.Refresh); errs.Code(err) != "session_ended" {
		t.Errorf("its refresh token: got %v", err)
	}
}

func TestADeletedKeyIsRefused(t *testing.T) {
	p, s, _ := place(t)
	secret, k := giveKey(t, p, s, ours, apikey.Live, nil)
	v, header := verifier(t, p), "Bearer "+secret
	good(t, v, header)
	k, err := p.DB.Tenant(ours).APIKey(t.Context(), k.ID)
	if err != nil {
		t.Fatal(err)
	}
	x := p.DB.Tenant(ours).Begin()
	x.DeleteAPIKey(k)
	if err := x.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	good(t, v, header) // deleted by another process, which this one does not know yet
	p.Time.Advance(identity.Recheck)
	refused(t, v, header, "credential_invalid")

	other, k := giveKey(t, p, s, ours, apikey.Live, nil)
	good(t, v, "Bearer "+other)
	k, _ = p.DB.Tenant(ours).APIKey(t.Context(), k.ID)
	x = p.DB.Tenant(ours).Begin()
	x.DeleteAPIKey(k)
	if err := x.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	p.DB.Identity().Ended()
	refused(t, v, "Bearer "+other, "credential_invalid")
}

func TestCredentialsRunOut(t *testing.T) {
	p, s, mina := place(t)
	ends := p.Time.Now().Add(10 * time.Second)
	secret, _ := giveKey(t, p, s, ours, apikey.Live, &ends)
	v := verifier(t, p)
	good(t, v, "Bearer "+secret)
	p.Time.Advance(10 * time.Second)
	refused(t, v, "Bearer "+secret, "credential_expired") // though it was remembered a moment ago
	good(t, v, "Bearer "+mina.grant.Access)
	p.Time.Advance(identity.AccessLife)
	refused(t, v, "Bearer "+mina.grant.Access, "credential_expired")
}

func TestASuspendedTenantIsRefusedWithin30Seconds(t *testing.T) {
	p, s, mina := place(t)
	jun := settle(t, p, s, theirs, "usr_2", "jun@teahouse.kr")
	secret, _ := giveKey(t, p, s, ours, apikey.Live, nil)
	v := verifier(t, p)
	good(t, v, "Bearer "+secret)
	suspend(t, p, ours, tenants.Suspended)
	p.Time.Advance(identity.Recheck)
	refused(t, v, "Bearer "+secret, "credential_expired")
	refused(t, v, "Bearer "+mina.grant.Access, "credential_expired")
	good(t, v, "Bearer "+jun.grant.Access)
}

func TestTheLastUseIsWrittenHourly(t *testing.T) {
	p, s, _ := place(t)
	secret, k := giveKey(t, p, s, ours, apikey.Live, nil)
	v := verifier(t, p)
	before := p.Writes.Of(table.Identity)
	for range 59 * 2 { // an hour less a minute of calls, every 30 s
		good(t, v, "Bearer "+secret)
		p.Time.Advance(30 * time.Second)
	}
	if got := p.Writes.Of(table.Identity) - before; got != 1 {
		t.Errorf("got %d writes, want one", got)
	}
	p.Time.Advance(time.Minute)
	good(t, v, "Bearer "+secret)
	now, err := p.DB.Tenant(ours).APIKey(t.Context(), k.ID)
	if err != nil || now.LastUsedAt == nil || !now.LastUsedAt.Equal(p.Time.Now()) {
		t.Errorf("got %+v, %v", now, err)
	}
}

func good(t *testing.T, v *identity.Verifier, header string) {
	t.Helper()
	if _, err := v.Verify(t.Context(), header); err != nil {
		t.Errorf("got %v, want it believed", err)
	}
}

func refused(t *testing.T, v *identity.Verifier, header, code string) {
	t.Helper()
	if got, err := v.Verify(t.Context(), header); errs.Code(err) != code {
		t.Errorf("got %+v, %v; want %s", got, err, code)
	}
}

func BenchmarkVerifyRemembered(b *testing.B) {
	p := testenv.New(b)
	s := service(b, p)
	mina := settle(b, p, s, ours, "usr_1", "mina@cornerbean.kr")
	v, header := verifier(b, p), "Bearer "+mina.grant.Access
	b.ReportAllocs()
	for b.Loop() {
		if _, err := v.Verify(b.Context(), header); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkVerifyAnew(b *testing.B) {
	p := testenv.New(b)
	s := service(b, p)
	mina := settle(b, p, s, ours, "usr_1", "mina@cornerbean.kr")
	v, header := verifier(b, p), "Bearer "+mina.grant.Access
	for b.Loop() {
		p.DB.Identity().Ended()
		if _, err := v.Verify(b.Context(), header); err != nil {
			b.Fatal(err)
		}
	}
}
