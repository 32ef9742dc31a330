package session_test

import (
	"net/http"
	"testing"
	"time"
)

// ASVS 7.2.4, 10.4.5: rotation, reuse.
func TestRefreshRotatesTheCookie(t *testing.T) {
	d := open(t)
	first := d.signUp(t, "mina@cornerbean.kr")
	second := d.with(t, "/v1/token/refresh", first.Cookie, "Sec-Fetch-Site", "same-origin")
	if second.Status != 200 || second.Cookie == nil || second.Cookie.Value == first.Cookie.Value || second.At("expiresIn") != 900.0 {
		t.Fatalf("got %d %s", second.Status, second.Text)
	}
	if r := d.me(t, second.At("accessToken").(string)); r.Status != 200 {
		t.Errorf("the new access token: %d", r.Status)
	}
	d.Time.Advance(time.Minute)
	if r := d.with(t, "/v1/token/refresh", first.Cookie); r.Status != 401 || r.Problem() != "session_ended" {
		t.Errorf("the spent cookie: got %d %s", r.Status, r.Problem())
	}
	if r := d.with(t, "/v1/token/refresh", second.Cookie); r.Status != 401 {
		t.Errorf("its successor: got %d, want the session ended", r.Status)
	}
	if r := d.me(t, second.At("accessToken").(string)); r.Status != 401 {
		t.Errorf("the access token of the ended session: got %d", r.Status)
	}
}

func TestRefreshWithoutASession(t *testing.T) {
	d := open(t)
	for name, value := range map[string]string{"no cookie": "", "garbage": "dgr_x.y.z", "an access token": d.signUp(t, "a@b.kr").At("accessToken").(string)} {
		t.Run(name, func(t *testing.T) {
			var c *http.Cookie
			if value != "" {
				c = &http.Cookie{Name: "__Host-dangol_refresh", Value: value}
			}
			if r := d.with(t, "/v1/token/refresh", c); r.Status != 401 || r.Problem() != "session_ended" || r.Cookie != nil {
				t.Errorf("got %d %s", r.Status, r.Problem())
			}
		})
	}
}

// ASVS 3.5.1: a page of another site cannot use our cookie.
func TestOtherSitesCannotUseTheCookie(t *testing.T) {
	d := open(t)
	r := d.signUp(t, "mina@cornerbean.kr")
	for name, c := range map[string]struct {
		header []string
		want   int
	}{
		"another site":             {[]string{"Sec-Fetch-Site", "cross-site"}, 403},
		"a site of the same owner": {[]string{"Sec-Fetch-Site", "same-site"}, 403},
		"an old browser elsewhere": {[]string{"Origin", "https://evil.test"}, 403},
		"no origin to name":        {[]string{"Origin", "null"}, 403},
		"our own page":             {[]string{"Origin", "https://dangol.test"}, 200},
	} {
		t.Run(name, func(t *testing.T) {
			got := d.with(t, "/v1/token/refresh", r.Cookie, c.header...)
			if got.Status != c.want {
				t.Errorf("refresh: got %d %s, want %d", got.Status, got.Problem(), c.want)
			}
			if c.want == 403 {
				if out := d.with(t, "/v1/logout", r.Cookie, c.header...); out.Status != 403 || out.Cookie != nil {
					t.Errorf("log-out: got %d", out.Status)
				}
			}
		})
	}
}

// ASVS 7.4.1: after log-out neither token works.
func TestLogOutEndsTheSessionAndClearsTheCookie(t *testing.T) {
	d := open(t)
	r := d.signUp(t, "mina@cornerbean.kr")
	token := r.At("accessToken").(string)
	if got := d.me(t, token); got.Status != 200 {
		t.Fatal("the token does not work to begin with")
	}
	out := d.with(t, "/v1/logout", r.Cookie)
	if out.Status != 204 || out.Cookie == nil || out.Cookie.Value != "" || out.Cookie.MaxAge >= 0 {
		t.Errorf("got %d, cookie %+v", out.Status, out.Cookie)
	}
	if got := d.me(t, token); got.Status != 401 {
		t.Errorf("the access token: got %d", got.Status)
	}
	if got := d.with(t, "/v1/token/refresh", r.Cookie); got.Status != 401 {
		t.Errorf("the refresh token: got %d", got.Status)
	}
	if again := d.with(t, "/v1/logout", r.Cookie); again.Status != 204 {
		t.Errorf("a second time: got %d", again.Status)
	}
}
