package store_test

import (
	"context"
	"crypto/rand"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/crm/apikey"
	"github.com/dangol/dangol/shared/crm/servicemail"
	"github.com/dangol/dangol/shared/crm/session"
	"github.com/dangol/dangol/shared/crm/user"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/kv"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/table/embedded"
	"github.com/dangol/dangol/tenants"
)

const (
	ours   = "wsp_01JD0000000000000000000001"
	theirs = "wsp_01JD0000000000000000000002"
)

// identityStore opens the real engine with a clock that stands still.
func identityStore(t *testing.T) (*store.DB, *clock.Manual) {
	t.Helper()
	c := clock.NewManual(time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC))
	s, err := kv.Open(t.TempDir(), kv.Options{})
	if err != nil {
		t.Fatal(err)
	}
	e, err := embedded.New(s, embedded.Options{Clock: c})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close(); _ = s.Close() })
	return store.New(e, c, rand.Reader), c
}

func commit(t *testing.T, x *store.Tx) {
	t.Helper()
	if err := x.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// settle puts a tenant with one owner into the store.
func settle(t *testing.T, db *store.DB, tenant, userID, email string) {
	t.Helper()
	x := db.Tenant(tenant).As(userID).Begin()
	x.CreateTenant(&tenants.Tenant{ID: tenant, Plan: tenants.Free, Status: tenants.Active})
	x.CreateUser(&user.User{ID: userID, Email: email, Language: "ko"}, store.Password{Hash: "hash of " + email})
	x.AddMember(user.Membership{UserID: userID, Tenant: tenant, Role: user.Owner})
	commit(t, x)
}

func TestAccountsAreFoundByAddressAndAreUnique(t *testing.T) {
	db, _ := identityStore(t)
	settle(t, db, ours, "usr_1", "one@shop.kr")
	settle(t, db, theirs, "usr_2", "two@shop.kr")

	a, err := db.Identity().AccountByEmail(t.Context(), "two@shop.kr")
	if err != nil {
		t.Fatal(err)
	}
	if a.User.ID != "usr_2" || a.Password.Hash != "hash of two@shop.kr" || len(a.Memberships) != 1 || a.Memberships[0].Tenant != theirs {
		t.Errorf("got %+v %+v %+v", a.User, a.Password, a.Memberships)
	}
	if _, err := db.Identity().AccountByEmail(t.Context(), "three@shop.kr"); errs.Code(err) != "user_not_found" {
		t.Errorf("an unknown address: got %v", err)
	}

	x := db.Tenant(theirs).Begin()
	x.CreateUser(&user.User{ID: "usr_3", Email: "one@shop.kr"}, store.Password{})
	if err := x.Commit(t.Context()); !table.FailedLabel(err, store.LabelUserEmail) {
		t.Errorf("the same address again: got %v", err)
	}
	if _, err := db.Identity().User(t.Context(), "usr_3"); errs.Code(err) != "user_not_found" {
		t.Errorf("half a person was left: %v", err)
	}
}

func TestStandingTellsWhatIsGone(t *testing.T) {
	db, c := identityStore(t)
	settle(t, db, ours, "usr_1", "one@shop.kr")
	x := db.Tenant(ours).Begin()
	x.OpenSession(&session.Session{ID: "ses_1", UserID: "usr_1", Tenant: ours, CreatedAt: c.Now(), ExpiresAt: c.Now().Add(session.Idle)})
	commit(t, x)

	check := func(what, tenant, sessionID string, open, member, known bool) {
		t.Helper()
		s, err := db.Identity().Standing(t.Context(), "usr_1", tenant, sessionID)
		if err != nil {
			t.Fatal(err)
		}
		if s.Open != open || (s.Membership != nil) != member || (s.Tenant != nil) != known {
			t.Errorf("%s: got %+v", what, s)
		}
	}
	check("all there", ours, "ses_1", true, true, true)
	check("another session", ours, "ses_2", false, true, true)
	check("another tenant", theirs, "ses_1", true, false, false)
	c.Advance(session.Idle)
	check("after a month", ours, "ses_1", false, true, true)
}

func TestASessionRotatesOnceAndEndsForGood(t *testing.T) {
	db, c := identityStore(t)
	s := &session.Session{ID: "ses_1", UserID: "usr_1", Tenant: ours, Current: []byte{1}, CreatedAt: c.Now(), ExpiresAt: c.Now().Add(time.Hour)}
	x := db.Tenant(ours).Begin()
	x.OpenSession(s)
	commit(t, x)

	first, second := s.Rotated([]byte{2}, nil, c.Now()), s.Rotated([]byte{3}, nil, c.Now())
	x = db.Tenant(ours).Begin()
	x.SaveSession(first)
	commit(t, x)
	x = db.Tenant(ours).Begin()
	x.SaveSession(second)
	if err := x.Commit(t.Context()); !table.FailedLabel(err, store.LabelSession) {
		t.Errorf("a second rotation of the same token: got %v", err)
	}

	x = db.Tenant(ours).Begin()
	x.EndSession("ses_1")
	commit(t, x)
	x = db.Tenant(ours).Begin()
	x.SaveSession(first)
	if err := x.Commit(t.Context()); !table.FailedLabel(err, store.LabelSession) {
		t.Errorf("a rotation of an ended session: got %v", err)
	}
	if all, err := db.Identity().Sessions(t.Context(), "usr_1"); err != nil || len(all) != 0 {
		t.Errorf("sessions left: %v, %v", all, err)
	}
}

func TestAPIKeysStayWithTheirTenant(t *testing.T) {
	db, c := identityStore(t)
	settle(t, db, ours, "usr_1", "one@shop.kr")
	settle(t, db, theirs, "usr_2", "two@shop.kr")
	// Both tenants have a key of the same id; only the secrets differ.
	const keyID = "key_01JD0000000000000000000001"
	for tenant, hash := range map[string]string{ours: "a", theirs: "b"} {
		x := db.Tenant(tenant).Begin()
		x.CreateAPIKey(&apikey.Key{ID: keyID, Tenant: tenant, Name: "key of " + tenant, Hash: []byte(hash), Scopes: []string{"orders:read"}})
		commit(t, x)
	}
	k, who, err := db.Identity().APIKeyByHash(t.Context(), []byte("b"))
	if err != nil || k.Name != "key of "+theirs || who.ID != theirs {
		t.Fatalf("got %+v of %+v, %v", k, who, err)
	}

	x := db.Tenant(ours).Begin()
	mine, err := db.Tenant(ours).APIKey(t.Context(), keyID)
	if err != nil {
		t.Fatal(err)
	}
	x.DeleteAPIKey(mine)
	commit(t, x)
	if _, _, err := db.Identity().APIKeyByHash(t.Context(), []byte("a")); errs.Code(err) != "api_key_not_found" {
		t.Errorf("a deleted key: got %v", err)
	}
	x = db.Tenant(ours).Begin()
	x.TouchAPIKey(mine, c.Now())
	if err := x.Commit(t.Context()); !table.FailedLabel(err, "apiKey") {
		t.Errorf("a use of a deleted key brought it back: %v", err)
	}
	if left, _ := db.Tenant(ours).APIKeys(t.Context()); len(left) != 0 {
		t.Errorf("ours: %v", left)
	}
	if left, _ := db.Tenant(theirs).APIKeys(t.Context()); len(left) != 1 {
		t.Errorf("theirs: got %d keys, want theirs untouched", len(left))
	}
}

func TestALimitLetsExactlySoManyThrough(t *testing.T) {
	db, c := identityStore(t)
	limit := store.Limit{Kind: "login", Subject: "a@b.kr", Most: 5, Window: time.Minute}
	var passed atomic.Int64
	var wg sync.WaitGroup
	for range 40 {
		wg.Go(func() {
			if db.Identity().Try(context.Background(), limit) == nil {
				passed.Add(1)
			}
		})
	}
	wg.Wait()
	if got := passed.Load(); got > 5 {
		t.Errorf("got %d attempts at once through, want at most 5", got)
	}

	c.Advance(time.Minute)
	for n := range 5 {
		if err := db.Identity().Try(t.Context(), limit); err != nil {
			t.Fatalf("attempt %d of the next window: %v", n, err)
		}
	}
	err := db.Identity().Try(t.Context(), limit)
	if errs.Code(err) != "too_many_attempts" {
		t.Errorf("the sixth: got %v", err)
	}
	other := limit
	other.Subject = "c@d.kr"
	if err := db.Identity().Try(t.Context(), other); err != nil {
		t.Errorf("another subject: %v", err)
	}
	if err := db.Identity().Forgive(t.Context(), other); err != nil {
		t.Fatal(err)
	}
}

func TestAMailIsAskedForOnceAndEndedOnce(t *testing.T) {
	db, c := identityStore(t)
	x := db.Tenant(ours).Begin()
	r := &servicemail.Request{Kind: servicemail.Verification, To: "a@b.kr", Language: "ko"}
	x.RequestMail(r)
	commit(t, x)
	got, err := db.Tenant(ours).ServiceMail(t.Context(), r.ID)
	if err != nil || got.To != "a@b.kr" || got.DoneAt != nil {
		t.Fatalf("got %+v, %v", got, err)
	}
	if _, err := db.Tenant(theirs).ServiceMail(t.Context(), r.ID); errs.Code(err) != "mail_not_found" {
		t.Errorf("the other tenant: got %v", err)
	}
	late := *got
	x = db.Tenant(ours).Begin()
	x.EndMail(got, "")
	commit(t, x)
	x = db.Tenant(ours).Begin()
	x.EndMail(&late, "")
	if err := x.Commit(t.Context()); !table.FailedLabel(err, "mail") {
		t.Errorf("a second end: got %v", err)
	}
	c.Advance(servicemail.Kept)
	if _, err := db.Tenant(ours).ServiceMail(t.Context(), r.ID); errs.Code(err) != "mail_not_found" {
		t.Errorf("after a week: got %v", err)
	}
}

func TestIdentityKeysKeepPeopleApart(t *testing.T) {
	db, _ := identityStore(t)
	settle(t, db, ours, "usr_1", "one@shop.kr")
	settle(t, db, theirs, "usr_10", "ten@shop.kr") // the first id is the beginning of the second
	a, err := db.Identity().Account(t.Context(), "usr_1")
	if err != nil {
		t.Fatal(err)
	}
	if !slices.EqualFunc(a.Memberships, []string{ours}, func(m user.Membership, tenant string) bool { return m.Tenant == tenant }) {
		t.Errorf("got %+v", a.Memberships)
	}
}
