package links

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/id"
)

func token(t *rapid.T) Token {
	part := rapid.String()
	n := rapid.IntRange(0, 2_000_000)
	return Token{
		Kind:     rapid.SampledFrom([]Kind{Open, Click, Unsubscribe}).Draw(t, "kind"),
		Tenant:   id.Derived(id.Workspace, part.Draw(t, "tenant")),
		Campaign: id.Derived(id.Campaign, part.Draw(t, "campaign")),
		Customer: id.Derived(id.Customer, part.Draw(t, "customer")),
		Chunk:    n.Draw(t, "chunk"), Wave: n.Draw(t, "wave"), Step: n.Draw(t, "step"), Link: n.Draw(t, "link"),
	}
}

func TestATokenSaysWhatWasSigned(t *testing.T) {
	s := NewSigner(make([]byte, 32))
	rapid.Check(t, func(t *rapid.T) {
		want := token(t)
		got, err := s.Read(want.Kind, s.Sign(want))
		if err != nil || got != want {
			t.Fatalf("got %+v, %v, want %+v", got, err, want)
		}
	})
}

func TestAnEditedTokenIsNoLink(t *testing.T) {
	s, other := NewSigner(make([]byte, 32)), NewSigner([]byte("another installation, another key"))
	rapid.Check(t, func(t *rapid.T) {
		want := token(t)
		good := s.Sign(want)
		edited := []byte(good)
		edited[rapid.IntRange(0, len(edited)-1).Draw(t, "place")] = rapid.SampledFrom([]byte("ABCxyz012-_~%")).Draw(t, "byte")
		if string(edited) != good {
			refuses(t, s, want.Kind, string(edited))
		}
		refuses(t, s, want.Kind, good[:rapid.IntRange(0, len(good)-1).Draw(t, "length")])
		refuses(t, other, want.Kind, good)
		for _, k := range []Kind{Open, Click, Unsubscribe} {
			if k != want.Kind {
				refuses(t, s, k, good)
			}
		}
	})
}

func refuses(t *rapid.T, s *Signer, k Kind, token string) {
	t.Helper()
	if _, err := s.Read(k, token); errs.Code(err) != "link_unknown" {
		t.Fatalf("got %v for %q, want link_unknown", err, token)
	}
}

func TestATokenIsShort(t *testing.T) {
	s := NewSigner(make([]byte, 32))
	got := len(s.Sign(Token{Kind: Click, Tenant: id.Derived(id.Workspace, "a"), Campaign: id.Derived(id.Campaign, "b"), Customer: id.Derived(id.Customer, "c"), Chunk: 1400, Link: 7}))
	if got > 96 {
		t.Errorf("got a token of %d characters, want at most 96", got)
	}
}

func BenchmarkSign(b *testing.B) {
	s := NewSigner(make([]byte, 32))
	t := Token{Kind: Click, Tenant: id.Derived(id.Workspace, "a"), Campaign: id.Derived(id.Campaign, "b"), Customer: id.Derived(id.Customer, "c"), Chunk: 1400}
	b.ReportAllocs()
	for b.Loop() {
		s.Sign(t)
	}
}
