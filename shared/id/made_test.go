package id_test

import (
	"crypto/rand"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/id"
)

func TestAnIdentifierTellsWhenItWasMade(t *testing.T) {
	at := time.Date(2026, 3, 2, 12, 0, 0, 123_000_000, time.UTC)
	made := id.NewMaker(func() time.Time { return at.In(time.FixedZone("KST", 9*60*60)) }, rand.Reader).New(id.Campaign)
	for s, want := range map[string]time.Time{made: at, "cmp_7ZZZZZZZZZZZZZZZZZZZZZZZZZ": {}, "cmp_x": {}, "": {}} {
		if got := id.Made(s); !got.Equal(want) || got.Location() != time.UTC {
			t.Errorf("%s: got %v, want %v", s, got, want)
		}
	}
}
