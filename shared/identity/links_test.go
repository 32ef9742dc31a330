package identity_test

import (
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/identity"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

func service(t testing.TB, p *testenv.Place) *identity.Service {
	t.Helper()
	s, err := identity.New(p.Env)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestLinksOpenForTheirPurposeAndTime(t *testing.T) {
	p := testenv.New(t)
	links := service(t, p).Links
	claim := identity.Claim{UserID: "usr_1", Tenant: "wsp_1", Email: "a@b.kr"}
	token := links.Sign(identity.VerifyEmail, claim, p.Time.Now())
	if again := links.Sign(identity.VerifyEmail, claim, p.Time.Now()); again != token {
		t.Error("the same link made twice differs")
	}
	foreign := service(t, testenv.New(t)).Links
	parts := strings.Split(token, ".")
	for name, c := range map[string]struct {
		links   identity.Links
		purpose identity.Purpose
		token   string
		want    string
	}{
		"good":                         {links, identity.VerifyEmail, token, ""},
		"for another purpose":          {links, "reset password", token, "link_invalid"},
		"of another installation":      {foreign, identity.VerifyEmail, token, "link_invalid"},
		"with another claim":           {links, identity.VerifyEmail, "e30." + parts[1], "link_invalid"},
		"without a signature":          {links, identity.VerifyEmail, parts[0], "link_invalid"},
		"nothing":                      {links, identity.VerifyEmail, "", "link_invalid"},
		"with a bit of padding":        {links, identity.VerifyEmail, token + "=", "link_invalid"},
		"with something behind":        {links, identity.VerifyEmail, token + ".x", "link_invalid"},
		"longer than any link ever is": {links, identity.VerifyEmail, strings.Repeat("A", 5000), "link_invalid"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := c.links.Open(c.purpose, c.token); errs.Code(err) != c.want {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
	p.Time.Advance(48*time.Hour - time.Second)
	if got, err := links.Open(identity.VerifyEmail, token); err != nil || got.Email != "a@b.kr" {
		t.Errorf("at the last second: got %+v, %v", got, err)
	}
	p.Time.Advance(time.Second)
	if _, err := links.Open(identity.VerifyEmail, token); errs.Code(err) != "link_expired" {
		t.Errorf("after 48 hours: got %v", err)
	}
}

func FuzzLink(f *testing.F) {
	p := testenv.New(f)
	links := service(f, p).Links
	f.Add(links.Sign(identity.VerifyEmail, identity.Claim{UserID: "usr_1"}, p.Time.Now()))
	f.Add("e30.e30")
	f.Fuzz(func(t *testing.T, token string) {
		if c, err := links.Open(identity.VerifyEmail, token); err == nil && c.UserID != "usr_1" {
			t.Errorf("%q opens as %+v", token, c)
		}
	})
}
