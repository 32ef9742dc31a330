package session_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/crm/servicemail"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/identity"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

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
