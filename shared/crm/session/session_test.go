package session_test

import (
	"testing"
	"time"

	"github.com/dangol/dangol/shared/crm/session"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func TestJudge(t *testing.T) {
	s := &session.Session{CreatedAt: noon, ExpiresAt: noon.Add(session.Idle), Current: []byte("one")}
	s = s.Rotated([]byte("two"), []byte("salt"), noon.Add(time.Hour))
	for name, c := range map[string]struct {
		hash string
		at   time.Duration
		want session.Verdict
	}{
		"the current token":                {"two", 2 * time.Hour, session.Rotate},
		"the one before, by a second tab":  {"one", time.Hour + session.Grace - 1, session.Repeat},
		"the one before, later":            {"one", time.Hour + session.Grace, session.Reuse},
		"an older one":                     {"zero", time.Hour, session.Reuse},
		"the current token, after a month": {"two", time.Hour + session.Idle, session.Over},
		"a stolen one, after a month":      {"zero", time.Hour + session.Idle, session.Over},
	} {
		t.Run(name, func(t *testing.T) {
			if got := s.Judge([]byte(c.hash), noon.Add(c.at)); got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

// ASVS 7.3.2: use keeps a session alive, but not beyond an absolute end.
func TestUseProlongsUpToTheLongestStay(t *testing.T) {
	s := &session.Session{CreatedAt: noon, ExpiresAt: noon.Add(session.Idle)}
	for now := noon; now.Before(s.ExpiresAt); now = now.Add(24 * time.Hour) {
		s = s.Rotated(nil, nil, now)
	}
	if want := noon.Add(session.Longest); !s.ExpiresAt.Equal(want) {
		t.Errorf("got %v, want %v", s.ExpiresAt, want)
	}
}
