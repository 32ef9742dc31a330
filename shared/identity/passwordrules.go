package identity

import (
	_ "embed"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/dangol/dangol/shared/errs"
)

// Rules of a password, after NIST SP 800-63B-4 section 3.1.1 and OWASP ASVS 5.0 6.2: at least 8 characters (6.2.1; 15 are recommended, and the
// console says so while typing), long ones welcome (6.2.9), any characters and no rule on their mix (6.2.5), nothing cut off (6.2.8), not among
// the thousands that everyone tries (6.2.4), not the words that stand beside it (6.2.11).
const (
	MinPassword = 8
	MaxPassword = 256
)

// common holds some 4,000 passwords of 8 characters and more that appear most often in leaks, one a line in lower case, with those that Korean
// keyboards suggest. Source: the frequency lists of zxcvbn (MIT licence).
//
//go:embed common.txt
var common string

// CheckPassword refuses a new password that breaks a rule, at pointer. beside are the words that the person typed next to it.
func CheckPassword(pointer, password string, beside ...string) error {
	switch n := utf8.RuneCountInString(password); {
	case !utf8.ValidString(password):
		return errs.InvalidField(pointer, "password_unreadable")
	case n < MinPassword:
		return errs.InvalidField(pointer, "too_short", "min", MinPassword)
	case n > MaxPassword:
		return errs.InvalidField(pointer, "too_long", "max", MaxPassword)
	}
	lower := strings.ToLower(password)
	if monotone(lower) || strings.Contains("\n"+common, "\n"+lower+"\n") {
		return errs.InvalidField(pointer, "password_common")
	}
	for _, word := range beside {
		if guessable(lower, strings.ToLower(word)) {
			return errs.InvalidField(pointer, "password_guessable")
		}
	}
	return nil
}

// guessable says whether nothing but a few characters is left of the password once the word is taken out.
func guessable(password, word string) bool {
	if utf8.RuneCountInString(word) < 4 {
		return false
	}
	rest := strings.ReplaceAll(password, word, "")
	return rest != password && utf8.RuneCountInString(rest) < 4
}

// monotone says whether the password is one character, or two or three in turn: aaaaaaaa, abababab.
func monotone(password string) bool {
	r := []rune(password)
	for period := 1; period <= 3; period++ {
		same := true
		for i := period; i < len(r) && same; i++ {
			same = r[i] == r[i-period]
		}
		if same {
			return true
		}
	}
	return false
}

// composed brings a password into NFC: one keyboard sends 가 as one code point and another as two, and both mean the same password.
func composed(password string) string { return norm.NFC.String(password) }

// beside returns the words that a password must not be made of: the address, its local part, the company and our own name.
func beside(email, company string) []string {
	local, domain, _ := strings.Cut(email, "@")
	domain, _, _ = strings.Cut(domain, ".")
	return []string{email, local, domain, strings.TrimSpace(company), strings.ReplaceAll(company, " ", ""), "dangol", "단골"}
}
