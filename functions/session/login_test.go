package session_test

import (
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/testkit/testenv"
)

// ASVS 6.3.8, 6.3.1: who does not know the password learns nothing, and not for long.
func TestLogInRefusesAlike(t *testing.T) {
	d := open(t)
	d.signUp(t, "mina@cornerbean.kr")
	wrong, unknown := d.logIn(t, "mina@cornerbean.kr", "green lamp river", ""), d.logIn(t, "nobody@cornerbean.kr", password, "")
	never := d.logIn(t, "not an address", password, "")
	for _, r := range []*testenv.Reply{wrong, unknown, never} {
		if r.Status != http.StatusUnauthorized || r.Problem() != "login_refused" || r.Cookie != nil {
			t.Errorf("got %d %s", r.Status, r.Text)
		}
	}
	if good := d.logIn(t, " MINA@CornerBean.kr", password, ""); good.Status != 200 || good.Cookie == nil {
		t.Errorf("the right one: got %d %s", good.Status, good.Text)
	}
}

func TestTooManyFailuresArePaused(t *testing.T) {
	d := open(t)
	d.signUp(t, "mina@cornerbean.kr")
	for range 10 {
		if r := d.logIn(t, "mina@cornerbean.kr", "wrong", "198.51.100.7"); r.Status != 401 {
			t.Fatalf("got %d %s", r.Status, r.Text)
		}
	}
	r := d.logIn(t, "mina@cornerbean.kr", password, "198.51.100.7")
	if r.Status != http.StatusTooManyRequests || r.Problem() != "too_many_attempts" || r.Header.Get("Retry-After") == "" {
		t.Errorf("the eleventh, though right: got %d %s, Retry-After %q", r.Status, r.Problem(), r.Header.Get("Retry-After"))
	}
	if r := d.logIn(t, "mina@cornerbean.kr", password, "203.0.113.9"); r.Status != 200 {
		t.Errorf("the person elsewhere was locked out by it: %d %s", r.Status, r.Text)
	}
	if r := d.logIn(t, "jun@cornerbean.kr", "wrong", "198.51.100.7"); r.Status != 401 {
		t.Errorf("another person at the same place: %d", r.Status)
	}
	d.Time.Advance(15 * time.Minute)
	if r := d.logIn(t, "mina@cornerbean.kr", password, "198.51.100.7"); r.Status != 200 {
		t.Errorf("a quarter of an hour later: %d %s", r.Status, r.Text)
	}
}

func TestSuccessfulLogInsDoNotCount(t *testing.T) {
	d := open(t)
	d.signUp(t, "mina@cornerbean.kr")
	for n := range 15 {
		if r := d.logIn(t, "mina@cornerbean.kr", password, ""); r.Status != 200 {
			t.Fatalf("log-in %d: %d %s", n, r.Status, r.Text)
		}
	}
}

// A refused flood must not cost hashes: the limit stands before them.
func TestOneAddressCannotTryManyNames(t *testing.T) {
	d := open(t)
	limited := 0
	for n := range 110 {
		d.Time.Advance(time.Second) // under the limit of calls per 10 s
		if r := d.logIn(t, "name"+string(rune('a'+n%26))+string(rune('a'+n/26))+"@cornerbean.kr", "wrong", ""); r.Status == 429 {
			limited++
		}
	}
	if limited != 10 {
		t.Errorf("got %d of 110 paused, want those after the first 100", limited)
	}
}

// ASVS 7.2.4: a log-in makes a new session and ends the one that the browser had.
func TestLogInEndsTheSessionBefore(t *testing.T) {
	d := open(t)
	first := d.signUp(t, "mina@cornerbean.kr")
	second := d.Do(t, testenv.Request{Method: http.MethodPost, Path: "/v1/login", Cookie: first.Cookie,
		Body: map[string]string{"email": "mina@cornerbean.kr", "password": password}})
	if second.Status != 200 || second.Cookie.Value == first.Cookie.Value {
		t.Fatalf("got %d %s", second.Status, second.Text)
	}
	if r := d.me(t, first.At("accessToken").(string)); r.Status != 401 {
		t.Errorf("the session before still works: %d", r.Status)
	}
	if r := d.with(t, "/v1/token/refresh", second.Cookie); r.Status != 200 {
		t.Errorf("the new one: %d %s", r.Status, r.Text)
	}
}

// Whoever works on a laptop, tests and measures, comes from one address all the time.
func TestOnALaptopOnlyTheTightLimitHolds(t *testing.T) {
	d := open(t, func(p *testenv.Place) { p.Settings.Local = true })
	for n := range 60 {
		if r := d.signUp(t, "mina"+strconv.Itoa(n)+"@b.kr"); r.At("workspace", "plan") != "local" {
			t.Fatalf("got %s", r.Text)
		}
	}
	for range 10 {
		d.logIn(t, "mina0@b.kr", "wrong", "")
	}
	if r := d.logIn(t, "mina0@b.kr", password, ""); r.Status != 429 {
		t.Errorf("guessing one password: got %d", r.Status)
	}
	if r := d.logIn(t, "mina1@b.kr", password, ""); r.Status != 200 {
		t.Errorf("another person: got %d", r.Status)
	}
}

func TestSignUpsFromOneAddressAreFew(t *testing.T) {
	d := open(t)
	refused := 0
	for n := range 22 {
		r := d.post(t, "/v1/signup", map[string]string{"email": string(rune('a'+n)) + "@b.kr", "password": password, "company": "B"})
		if r.Status == 429 {
			refused++
		}
	}
	if refused != 2 {
		t.Errorf("got %d refused of 22, want those after 20", refused)
	}
}
