package user_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/crm/user"
)

func TestNormaliseEmail(t *testing.T) {
	for in, want := range map[string]string{
		" Owner@Shop.KR ":      "owner@shop.kr",
		"a+b@예시.kr":            "a+b@xn--vv4b11d.kr",
		"":                     "",
		"Owner <a@b.kr>":       "",
		"a@b.kr, c@d.kr":       "",
		"a@b.kr\r\nBcc: c@d.e": "",
		"a@localhost":          "",
	} {
		got, err := user.NormaliseEmail("/email", in)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: got %q, %v; want %q", in, got, err, want)
		}
	}
}

// Every path of the catalogue that wants a credential has a noun to give rights for, or shows what another noun gives rights for, or is of the owner alone.
func TestNounsCoverTheCatalogue(t *testing.T) {
	ownerOnly := []string{"api-keys"}
	shows := map[string]user.Noun{"insights": "scores", "quality": "customers"}
	for _, row := range catalogue.Rows() {
		for _, p := range row.Routes() {
			noun, _, _ := strings.Cut(strings.TrimPrefix(p.Path, "/v1/"), "/")
			if of := shows[noun]; of != "" {
				noun = string(of)
			}
			if row.Public || slices.Contains(ownerOnly, noun) || slices.Contains(user.Nouns(), user.Noun(noun)) {
				continue
			}
			t.Errorf("%s of %s: no noun in scopes.go", p, row.Name)
		}
	}
	if !slices.IsSorted(user.Nouns()) {
		t.Error("nouns are not sorted")
	}
}

func TestRoles(t *testing.T) {
	if got := user.Owner.Scopes(); !slices.Equal(got, []string{"*"}) {
		t.Errorf("owner: got %v", got)
	}
	if got := user.Role("intern").Scopes(); len(got) != 0 {
		t.Errorf("unknown role: got %v, want none", got)
	}
}
