package identity

import (
	"context"
	"crypto/rand"
	"strings"
	"sync"
	"testing"

	"github.com/dangol/dangol/shared/errs"
)

var cheap = Cost{Memory: 64, Passes: 1, Lanes: 1}

// ASVS 11.4.2: passwords are stored with an approved, computationally intensive function whose parameters are current guidance.
func TestStoredPasswordsAreArgon2idWithOWASPParameters(t *testing.T) {
	h := newHasher(recommended(), rand.Reader)
	one, err := h.hash(t.Context(), "correct horse")
	if err != nil {
		t.Fatal(err)
	}
	two, _ := h.hash(t.Context(), "correct horse")
	if !strings.HasPrefix(one, "$argon2id$v=19$m=19456,t=2,p=1$") || one == two {
		t.Errorf("got %q and %q, want two salted hashes of 19 MiB and 2 passes", one, two)
	}
	if ok, weak, err := h.matches(t.Context(), one, "correct horse"); !ok || weak || err != nil {
		t.Errorf("the password: got %v, %v, %v", ok, weak, err)
	}
	if ok, _, _ := h.matches(t.Context(), one, "correct horsf"); ok {
		t.Error("another password matches")
	}
}

func TestAHashOfLessWorkIsCalledWeak(t *testing.T) {
	old, err := newHasher(cheap, rand.Reader).hash(t.Context(), "correct horse")
	if err != nil {
		t.Fatal(err)
	}
	if ok, weak, err := newHasher(Cost{Memory: 128, Passes: 1, Lanes: 1}, rand.Reader).matches(t.Context(), old, "correct horse"); !ok || !weak || err != nil {
		t.Errorf("got %v, %v, %v; want a match that is weak", ok, weak, err)
	}
}

// The reference vector of the argon2 command line tool: echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1 -l 32.
func TestMatchesTheReferenceImplementation(t *testing.T) {
	const vector = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
	if ok, _, err := newHasher(cheap, rand.Reader).matches(t.Context(), vector, "password"); !ok || err != nil {
		t.Errorf("got %v, %v", ok, err)
	}
}

func TestUnreadableHashesAreErrorsAndCostNothing(t *testing.T) {
	h := newHasher(cheap, rand.Reader)
	for _, bad := range []string{
		"", "password", "$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
		"$argon2id$v=16$m=64,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
		"$argon2id$v=19$m=4194304,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
		"$argon2id$v=19$m=64,t=0,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
		"$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$", "$argon2id$v=19$m=64,t=1,p=1$$CTFhFdXPJO0", "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ",
	} {
		if ok, _, err := h.matches(t.Context(), bad, "password"); ok || err == nil {
			t.Errorf("%q: got %v, %v", bad, ok, err)
		}
	}
	if got := h.work.Load(); got != 0 {
		t.Errorf("got %d KiB of work", got)
	}
}

func TestNoMoreThanTwoHashesRunAtOnce(t *testing.T) {
	h := newHasher(cheap, rand.Reader)
	for range slots {
		h.slots <- struct{}{} // two long ones
	}
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	wg.Go(func() {
		if _, err := h.hash(ctx, "correct horse"); errs.Code(err) != "busy" {
			t.Errorf("a third: got %v, want it to wait and give up with its caller", err)
		}
	})
	cancel()
	wg.Wait()
	<-h.slots
	if _, err := h.hash(t.Context(), "correct horse"); err != nil {
		t.Errorf("once one is done: %v", err)
	}
}

func BenchmarkHash(b *testing.B) {
	h := newHasher(recommended(), rand.Reader)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := h.hash(b.Context(), "correct horse"); err != nil {
			b.Fatal(err)
		}
	}
}
