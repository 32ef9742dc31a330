package customer

import (
	"encoding/json"
	"maps"
	"strconv"
	"strings"

	"github.com/dangol/dangol/shared/crm/phone"
)

// LooksLikeEmail says whether a text that someone types may be the beginning of an e-mail address: no blanks, only characters that one begins with.
func LooksLikeEmail(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.+-_@'") == ""
}

// PhoneBeginning returns the digits with which the E.164 form of a number begins whose first digits were typed, without the plus. A national beginning
// ("010-12") is one of the country (ISO 3166-1 alpha-2).
func PhoneBeginning(typed, country string) string {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, typed)
	if strings.HasPrefix(strings.TrimSpace(typed), "+") {
		return digits
	}
	code := phone.CallingCode(strings.ToUpper(country))
	if code == 0 || !strings.HasPrefix(digits, "0") {
		return digits
	}
	return strconv.Itoa(code) + digits[1:]
}

// Merge returns old with the members that are set in patch: what is absent or empty stays, custom fields are merged key by key. It is how an upsert
// changes a customer; to clear a field takes a merge patch with null.
func Merge(old, patch Fields) Fields {
	out := old
	out.Custom = maps.Clone(old.Custom)
	set, err := json.Marshal(patch)
	if err != nil || json.Unmarshal(set, &out) != nil {
		return old // fields that came from JSON always go back to it
	}
	return out
}
