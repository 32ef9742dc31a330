package identity_test

import (
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/identity"
)

// ASVS 6.2.1, 6.2.4, 6.2.5, 6.2.8, 6.2.9, 6.2.11.
func TestPasswordRules(t *testing.T) {
	beside := []string{"mina@cornerbean.kr", "mina", "Corner Bean", "cornerbean", "dangol"}
	for name, c := range map[string]struct{ password, want string }{
		"a sentence":                        {"나는 아침에 커피를 마셔요", ""},
		"8 characters":                      {"kx7-pw2q", ""},
		"7 characters":                      {"kx7-pw2", "too_short"},
		"8 characters of Korean":            {"가나다라마바사아", ""},
		"no digits, no capitals":            {"blue lamp river", ""},
		"blanks inside and out":             {"  a b c d  ", ""},
		"256 characters":                    {strings.Repeat("long pw ", 31) + "and more", ""},
		"257 characters":                    {strings.Repeat("x1", 128) + "y", "too_long"},
		"what everyone takes":               {"password", "password_common"},
		"the same in capitals":              {"PASSWORD1", "password_common"},
		"a password typed on a Korean pad":  {"qlalfqjsgh", "password_common"},
		"one key":                           {"aaaaaaaaaaaa", "password_common"},
		"three keys in turn":                {"abcabcabcabc", "password_common"},
		"the address":                       {"mina@cornerbean.kr", "password_guessable"},
		"the company and a year":            {"cornerbean26", "password_guessable"},
		"the product and a digit":           {"dangol!!", "password_guessable"},
		"a short name within a long one":    {"minaret at dawn", ""},
		"the company within a longer whole": {"cornerbean opens at 8", ""},
		"not text":                          {"\xff\xfe\xfd\xfc\xfb\xfa\xf9\xf8", "password_unreadable"},
	} {
		t.Run(name, func(t *testing.T) {
			err := identity.CheckPassword("/password", c.password, beside...)
			if got := strings.TrimPrefix(text(err), "validation_failed /password:"); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
