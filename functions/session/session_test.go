package session_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/functions/session"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

const password = "blue lamp river"

// door is a running session feature.
type door struct {
	*testenv.Place
	*testenv.Server
}

func open(t testing.TB, change ...func(*testenv.Place)) *door {
	t.Helper()
	p := testenv.New(t)
	for _, c := range change {
		c(p)
	}
	return &door{p, p.Serve(t, session.New(p.Env))}
}

func (d *door) post(t testing.TB, path string, body any) *testenv.Reply {
	t.Helper()
	return d.Do(t, testenv.Request{Method: http.MethodPost, Path: path, Body: body})
}

func (d *door) signUp(t testing.TB, email string) *testenv.Reply {
	t.Helper()
	r := d.post(t, "/v1/signup", map[string]string{"email": email, "password": password, "company": "Corner Bean"})
	if r.Status != http.StatusCreated {
		t.Fatalf("sign-up: %d %s", r.Status, r.Text)
	}
	return r
}

func (d *door) logIn(t testing.TB, email, password, from string) *testenv.Reply {
	t.Helper()
	return d.Do(t, testenv.Request{Method: http.MethodPost, Path: "/v1/login", From: from, Body: map[string]string{"email": email, "password": password}})
}

func (d *door) with(t testing.TB, path string, c *http.Cookie, header ...string) *testenv.Reply {
	t.Helper()
	return d.Do(t, testenv.Request{Method: http.MethodPost, Path: path, Cookie: c, Header: header})
}

func (d *door) me(t testing.TB, token string) *testenv.Reply {
	t.Helper()
	return d.Do(t, testenv.Request{Method: http.MethodGet, Path: "/v1/me", Token: token})
}

func TestSignUpMakesAWorkspaceThatWorksAtOnce(t *testing.T) {
	d := open(t)
	r := d.Do(t, testenv.Request{Method: http.MethodPost, Path: "/v1/signup", Header: []string{"Accept-Language", "ko-KR,ko;q=0.9,en;q=0.5"},
		Body: map[string]string{"email": " Mina@CornerBean.kr ", "password": password, "company": "모퉁이 커피"}})
	if r.Status != http.StatusCreated {
		t.Fatalf("got %d %s", r.Status, r.Text)
	}
	want := map[string]any{"company": "모퉁이 커피", "language": "ko", "timeZone": "Asia/Seoul", "currency": "KRW", "country": "KR", "plan": "free"}
	for name, v := range want {
		if got := r.At("workspace", name); got != v {
			t.Errorf("workspace.%s: got %v, want %v", name, got, v)
		}
	}
	if got := r.At("user", "email"); got != "mina@cornerbean.kr" || r.At("expiresIn") != 900.0 {
		t.Errorf("got %s", r.Text)
	}
	if strings.Contains(r.Text, "argon2") || strings.Contains(r.Text, password) {
		t.Error("the reply holds the password or its hash")
	}
	me := d.me(t, r.At("accessToken").(string))
	if me.Status != 200 || me.At("workspace", "id") != r.At("workspace", "id") || me.At("user", "id") != r.At("user", "id") || me.At("emailVerified") != false {
		t.Errorf("me: got %d %s", me.Status, me.Text)
	}
	if scopes, _ := me.At("scopes").([]any); len(scopes) != 1 || scopes[0] != "*" {
		t.Errorf("scopes: got %v", me.At("scopes"))
	}
}

func TestSignUpNamesEveryFieldThatBreaksARule(t *testing.T) {
	d := open(t)
	for name, c := range map[string]struct {
		body map[string]any
		want string
	}{
		"nothing": {map[string]any{}, "validation_failed /email:required_missing /password:required_missing /company:required_missing"},
		"all wrong": {map[string]any{"email": "mina", "password": "short", "company": " ", "language": "fr", "timeZone": "Mars", "currency": "WON"},
			"validation_failed /email:email_invalid /password:too_short /company:required_missing /language:option_unknown /timeZone:format_invalid /currency:currency_unknown"},
		"a common password":  {map[string]any{"email": "a@b.kr", "password": "password1", "company": "B"}, "validation_failed /password:password_common"},
		"its own name":       {map[string]any{"email": "a@b.kr", "password": "cornerbean1", "company": "Corner Bean"}, "validation_failed /password:password_guessable"},
		"more than is asked": {map[string]any{"email": "a@b.kr", "password": password, "company": "B", "role": "operator"}, "validation_failed /role:field_unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			if r := d.post(t, "/v1/signup", c.body); r.Status != 422 || r.Problem() != c.want {
				t.Errorf("got %d %s, want %s", r.Status, r.Problem(), c.want)
			}
		})
	}
	if got := d.Writes.Of(table.Identity); got != 0 {
		t.Errorf("got %d writes", got)
	}
}

func TestAnAddressSignsUpOnce(t *testing.T) {
	d := open(t)
	d.signUp(t, "mina@cornerbean.kr")
	written := 0
	d.Engine.Faults.CrashAfterWrite(func(ops []table.Op) error { written += len(ops); return nil })
	r := d.post(t, "/v1/signup", map[string]string{"email": "MINA@cornerbean.kr", "password": "another long one", "company": "Thief"})
	if r.Status != http.StatusConflict || r.Problem() != "email_taken /email:email_taken" || r.Cookie != nil {
		t.Errorf("got %d %s", r.Status, r.Text)
	}
	if strings.Contains(r.Text, "wsp_") || strings.Contains(r.Text, "usr_") {
		t.Errorf("the refusal tells whose it is: %s", r.Text)
	}
	if written != 1 {
		t.Errorf("got %d items written, want only the counted attempt: no half of a workspace", written)
	}
	if r := d.logIn(t, "mina@cornerbean.kr", "another long one", ""); r.Status != 401 {
		t.Errorf("the second password works: %d", r.Status)
	}
}

// A crash in the middle of a sign-up leaves all or nothing: the same form works again.
func TestASignUpIsOneTransaction(t *testing.T) {
	d := open(t)
	var sizes []int
	d.Engine.Faults.CrashBeforeWrite(func(ops []table.Op) error { sizes = append(sizes, len(ops)); return nil })
	d.signUp(t, "mina@cornerbean.kr")
	if len(sizes) != 2 || sizes[0] != 1 {
		t.Errorf("got writes of %v operations, want the counted attempt and one transaction", sizes)
	}
}

// ASVS 3.3.1, 3.3.2, 3.3.4: the session cookie's flags.
func TestTheRefreshCookieIsOutOfReach(t *testing.T) {
	for name, c := range map[string]struct {
		local  bool
		cookie string
	}{"in the cloud": {false, "__Host-dangol_refresh"}, "on a laptop": {true, "dangol_refresh"}} {
		t.Run(name, func(t *testing.T) {
			d := open(t, func(p *testenv.Place) { p.Settings.Local = c.local })
			r := d.signUp(t, "mina@cornerbean.kr")
			got := r.Cookie
			if got == nil || got.Name != c.cookie || !got.HttpOnly || got.Secure == c.local || got.SameSite != http.SameSiteStrictMode || got.Path != "/" || got.Domain != "" {
				t.Errorf("got %+v", got)
			}
			if life := got.Expires.Sub(d.Time.Now()); life != 30*24*time.Hour {
				t.Errorf("got a life of %v", life)
			}
			if strings.Contains(r.Text, got.Value) {
				t.Error("scripts can read the refresh token in the reply")
			}
		})
	}
}
