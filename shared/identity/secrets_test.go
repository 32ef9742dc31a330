package identity

import (
	"crypto/rand"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/crm/apikey"
)

const someSession = "ses_01JD0000000000000000000001"

func TestAPIKeysAreLongMarkedAndHashedWithThePepper(t *testing.T) {
	keys := APIKeys{pepper: []byte("pepper"), rand: rand.Reader}
	secret, hint, hash, err := keys.Make(apikey.Live)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(secret, "dgl_live_") || len(secret) != 58 || hint != secret[:13] {
		t.Errorf("got %q with hint %q", secret, hint)
	}
	mode, got, ok := keys.Read(secret)
	if !ok || mode != apikey.Live || string(got) != string(hash) {
		t.Errorf("its own key: got %q, %v", mode, ok)
	}
	if _, got, _ := (APIKeys{pepper: []byte("other")}).Read(secret); string(got) == string(hash) {
		t.Error("the hash does not depend on the pepper")
	}
	if strings.Contains(string(hash), secret[9:20]) {
		t.Error("the hash holds the secret")
	}
	swap := "a"
	if strings.HasSuffix(secret, "a") {
		swap = "b"
	}
	for name, bad := range map[string]string{
		"a typing error": secret[:57] + swap, "cut short": secret[:57], "longer": secret + "a", "another mode": strings.Replace(secret, "live", "test", 1),
		"an unknown mode": strings.Replace(secret, "live", "root", 1), "no prefix": secret[4:], "nothing": "", "prefix only": "dgl_live_",
	} {
		if _, _, ok := keys.Read(bad); ok {
			t.Errorf("%s was taken for a key", name)
		}
	}
}

func TestRefreshTokensAreOursOrNothing(t *testing.T) {
	r := refreshTokens{pepper: []byte("pepper"), rand: rand.Reader}
	plain, hash, err := r.first(someSession)
	if err != nil {
		t.Fatal(err)
	}
	got, ok := r.read(plain)
	if !ok || got.session != someSession || string(got.hash) != string(hash) {
		t.Fatalf("its own token: got %+v, %v", got, ok)
	}
	if _, ok := (refreshTokens{pepper: []byte("other")}).read(plain); ok {
		t.Error("a token of another installation was believed")
	}
	one, _ := r.after(got, []byte("salt"))
	same, _ := r.after(got, []byte("salt"))
	other, _ := r.after(got, []byte("other"))
	if one != same || one == other || one == plain {
		t.Error("a successor belongs to its token and its salt alone")
	}
	parts := strings.Split(plain, ".")
	for name, bad := range map[string]string{
		"nothing": "", "another session": "dgr_01JD0000000000000000000002." + parts[1] + "." + parts[2],
		"made up": parts[0] + "." + strings.Repeat("A", 43) + "." + parts[2], "no code": parts[0] + "." + parts[1],
		"endless": plain + strings.Repeat("A", 300), "lower case": strings.ToLower(plain), "four parts": plain + ".",
	} {
		if _, ok := r.read(bad); ok {
			t.Errorf("%s was believed", name)
		}
	}
}

// fixed is no randomness at all: the processes of a fuzz run must make the same secrets.
type fixed struct{}

func (fixed) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = byte(i)
	}
	return len(b), nil
}

func FuzzRefreshToken(f *testing.F) {
	r := refreshTokens{pepper: []byte("pepper"), rand: fixed{}}
	plain, _, err := r.first(someSession)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(plain)
	f.Add("dgr_..")
	f.Fuzz(func(t *testing.T, s string) {
		if got, ok := r.read(s); ok && s != plain {
			t.Errorf("%q was believed as %+v", s, got)
		}
	})
}

func FuzzAPIKey(f *testing.F) {
	keys := APIKeys{pepper: []byte("pepper"), rand: fixed{}}
	secret, _, _, err := keys.Make(apikey.Test)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(secret)
	f.Add("dgl_live_")
	f.Add("dgl__")
	f.Fuzz(func(t *testing.T, s string) {
		if mode, hash, ok := keys.Read(s); ok && (mode != apikey.Live && mode != apikey.Test || len(hash) != 32) {
			t.Errorf("%q: got %q, %d bytes", s, mode, len(hash))
		}
	})
}

func TestRememberedForgetsTheLongestUnused(t *testing.T) {
	r := newRemembered[string, int](2)
	r.put("a", 1)
	r.put("b", 2)
	r.get("a")
	r.put("c", 3)
	if _, ok := r.get("b"); ok {
		t.Error("b, the longest unused, is still there")
	}
	if a, ok := r.get("a"); !ok || a != 1 || len(r.at) != 2 || r.order.Len() != 2 {
		t.Errorf("got %d, %v and %d entries", a, ok, len(r.at))
	}
	r.put("a", 4)
	r.forget("c")
	if a, _ := r.get("a"); a != 4 || len(r.at) != 1 {
		t.Errorf("got %d and %d entries", a, len(r.at))
	}
}
