package mime

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// The limits of RFC 5321, section 4.5.3.1.
const (
	maxLocal  = 64
	maxDomain = 255
)

// Address returns an e-mail address as it goes on the wire: the domain in its ASCII form (IDNA 2008), the local part as it is. Quoted local
// parts and address literals are refused: no one's customer has them, and they are the way to smuggle text. A local part with non-ASCII
// letters is returned in UTF-8 and needs a server with SMTPUTF8.
func Address(email string) (string, error) {
	at := strings.LastIndexByte(email, '@')
	if at < 1 || at > maxLocal || !isDotAtom(email[:at]) {
		return "", fmt.Errorf("address %.100q has no valid name before the @", email)
	}
	domain := email[at+1:]
	if !isASCII(domain) {
		if !utf8.ValidString(domain) { // idna would make up a name
			return "", fmt.Errorf("address %.100q is not UTF-8", email)
		}
		ascii, err := idna.Lookup.ToASCII(domain)
		if err != nil {
			return "", fmt.Errorf("address %.100q: %w", email, err)
		}
		email, domain = email[:at+1]+ascii, ascii
	}
	if !isDomain(domain) {
		return "", fmt.Errorf("address %.100q has no valid domain", email)
	}
	return email, nil
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// isDotAtom says whether s is words of RFC 5322 atext, or of UTF-8 letters (RFC 6532), joined by single dots.
func isDotAtom(s string) bool {
	if s == "" || s[0] == '.' || s[len(s)-1] == '.' || strings.Contains(s, "..") || !utf8.ValidString(s) {
		return false
	}
	for _, c := range s {
		// U+0080 to U+009F are control characters; U+2028 and U+2029 end lines.
		if c <= ' ' || c >= 0x7f && c <= 0x9f || c == '\u2028' || c == '\u2029' || strings.ContainsRune(`()<>[]:;@\,"`, c) {
			return false
		}
	}
	return true
}

// isDomain says whether s is labels of letters, digits and hyphens joined by dots.
func isDomain(s string) bool {
	if s == "" || len(s) > maxDomain {
		return false
	}
	for label := range strings.SplitSeq(s, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
	}
	return strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._") == ""
}
