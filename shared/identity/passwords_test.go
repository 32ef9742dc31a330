package identity_test

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"github.com/dangol/dangol/shared/crm/user"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// ASVS 6.3.8: neither words, nor status, nor work tell whether an address is known.
func TestALoginTellsNothingAboutTheAddress(t *testing.T) {
	_, s, who := place(t)
	work := func(email string) (int64, string) {
		before := s.Passwords.Work()
		_, err := s.Passwords.Prove(t.Context(), email, "wrong password")
		return s.Passwords.Work() - before, text(err)
	}
	knownWork, known := work(who.email)
	unknownWork, unknown := work("nobody@cornerbean.kr")
	if known != unknown || known != "login_refused" {
		t.Errorf("known: %q, unknown: %q", known, unknown)
	}
	if knownWork != unknownWork || knownWork == 0 {
		t.Errorf("known: %d KiB of hashing, unknown: %d", knownWork, unknownWork)
	}
}

func TestAPasswordProvesWhoOneIs(t *testing.T) {
	p, s, who := place(t)
	proof, err := s.Passwords.Prove(t.Context(), who.email, password)
	if err != nil {
		t.Fatal(err)
	}
	if proof.User.ID != who.userID || len(proof.Memberships) != 1 || proof.Memberships[0].Tenant != ours || strings.Join(proof.Methods, " ") != "pwd" {
		t.Errorf("got %+v", proof)
	}
	for _, wrong := range []string{"", password + " ", strings.ToUpper(password), password[:14]} { // ASVS 6.2.8: nothing trimmed, folded or cut
		if _, err := s.Passwords.Prove(t.Context(), who.email, wrong); errs.Code(err) != "login_refused" {
			t.Errorf("%q: got %v", wrong, err)
		}
	}
	if strings.Contains(p.LogText.String(), password) {
		t.Error("the log holds a password")
	}
}

// The same Korean password comes composed from one keyboard and decomposed from another.
func TestAPasswordMatchesInBothUnicodeForms(t *testing.T) {
	p, s, _ := place(t)
	const korean = "아침마다 커피 한 잔"
	hash, err := s.Passwords.Hash(t.Context(), norm.NFD.String(korean))
	if err != nil {
		t.Fatal(err)
	}
	x := p.DB.Tenant(theirs).Begin()
	x.CreateUser(&user.User{ID: "usr_2", Email: "b@b.kr"}, hash)
	if err := x.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Passwords.Prove(t.Context(), "b@b.kr", norm.NFC.String(korean)); err != nil {
		t.Errorf("got %v", err)
	}
}

// ASVS 11.4.2: hashes follow the guidance of the day, at the next log-in.
func TestAWeakHashIsReplacedAtTheNextLogin(t *testing.T) {
	p, s, who := place(t)
	s.Passwords.Cheapen()
	weak, err := s.Passwords.Hash(t.Context(), password)
	if err != nil {
		t.Fatal(err)
	}
	s.Passwords.Restore()
	weak.Version = 1
	x := p.DB.Tenant(ours).Begin()
	x.SavePassword(who.userID, weak)
	if err := x.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	before := p.Writes.Of(table.Identity)
	for range 2 {
		if _, err := s.Passwords.Prove(t.Context(), who.email, password); err != nil {
			t.Fatal(err)
		}
	}
	if got := stored(t, p.DB, who); !strings.HasPrefix(got, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("got %q", got)
	}
	if got := p.Writes.Of(table.Identity) - before; got != 1 {
		t.Errorf("got %d writes for two log-ins, want one", got)
	}
}

func stored(t *testing.T, db *store.DB, who person) string {
	t.Helper()
	a, err := db.Identity().AccountByEmail(t.Context(), who.email)
	if err != nil {
		t.Fatal(err)
	}
	return a.Password.Hash
}
