package session_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/functions/session"
	"github.com/dangol/dangol/shared/crm/servicemail"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/identity"
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

// link signs the link that the mail to the person of a sign-up holds.
func (d *door) link(t *testing.T, r *testenv.Reply, purpose identity.Purpose, email string) string {
	t.Helper()
	s, err := identity.New(d.Env)
	if err != nil {
		t.Fatal(err)
	}
	return s.Links.Sign(purpose, identity.Claim{UserID: r.At("user", "id").(string), Tenant: r.At("workspace", "id").(string), Email: email}, d.Time.Now())
}

func TestVerificationOfTheAddress(t *testing.T) {
	d := open(t)
	r := d.signUp(t, "mina@cornerbean.kr")
	token := r.At("accessToken").(string)
	for name, c := range map[string]struct {
		link string
		want string
	}{
		"another purpose": {d.link(t, r, "reset password", "mina@cornerbean.kr"), "link_invalid"},
		"another address": {d.link(t, r, identity.VerifyEmail, "jun@cornerbean.kr"), "link_invalid"},
		"made up":         {url.QueryEscape("e30.e30"), "link_invalid"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := d.post(t, "/v1/email-verification", map[string]string{"token": c.link}); got.Problem() != c.want {
				t.Errorf("got %d %s", got.Status, got.Problem())
			}
		})
	}
	if d.me(t, token).At("emailVerified") != false {
		t.Fatal("a bad link verified the address")
	}
	good := d.link(t, r, identity.VerifyEmail, "mina@cornerbean.kr")
	for range 2 { // mail programs open links ahead of their readers
		if got := d.post(t, "/v1/email-verification", map[string]string{"token": good}); got.Status != 204 {
			t.Errorf("got %d %s", got.Status, got.Text)
		}
	}
	if d.me(t, token).At("emailVerified") != true {
		t.Error("the address is not verified")
	}
	d.Time.Advance(48 * time.Hour)
	if got := d.post(t, "/v1/email-verification", map[string]string{"token": good}); got.Status != http.StatusGone || got.Problem() != "link_expired" {
		t.Errorf("two days later: got %d %s", got.Status, got.Problem())
	}
}

func TestResendAsksForAFewMailsAtMost(t *testing.T) {
	d := open(t)
	token := d.signUp(t, "mina@cornerbean.kr").At("accessToken").(string)
	var asked []string
	d.Engine.Faults.CrashBeforeWrite(func(ops []table.Op) error {
		for _, op := range ops {
			if strings.Contains(op.Item.PK, "#mail#") {
				asked = append(asked, string(op.Item.Event))
			}
		}
		return nil
	})
	for n := range 7 {
		r := d.Do(t, testenv.Request{Method: http.MethodPost, Path: "/v1/email-verification/resend", Token: token})
		if want := map[bool]int{true: 202, false: 429}[n < 5]; r.Status != want {
			t.Errorf("request %d: got %d %s, want %d", n, r.Status, r.Text, want)
		}
	}
	if len(asked) != 5 || !strings.Contains(asked[0], `"type":"mail.requested"`) || !strings.Contains(asked[0], `"mail":"msg_`) {
		t.Errorf("got %d mails asked for: %v", len(asked), asked)
	}
	if r := d.post(t, "/v1/email-verification/resend", nil); r.Status != 401 {
		t.Errorf("without a credential: got %d", r.Status)
	}
}

func TestSignUpAsksForTheVerificationMail(t *testing.T) {
	d := open(t)
	var mails []table.Item
	d.Engine.Faults.CrashBeforeWrite(func(ops []table.Op) error {
		for _, op := range ops {
			if op.Label == "mail" {
				mails = append(mails, op.Item)
			}
		}
		return nil
	})
	r := d.signUp(t, "mina@cornerbean.kr")
	if len(mails) != 1 {
		t.Fatalf("got %d mails", len(mails))
	}
	tenant := r.At("workspace", "id").(string)
	mailID := strings.TrimPrefix(mails[0].PK, "t#"+tenant+"#mail#")
	got, err := d.DB.Tenant(tenant).ServiceMail(t.Context(), mailID)
	if err != nil || !id.Valid(id.Message, got.ID) || got.Kind != servicemail.Verification || got.To != "mina@cornerbean.kr" || got.UserID != r.At("user", "id") {
		t.Errorf("got %+v, %v", got, err)
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
