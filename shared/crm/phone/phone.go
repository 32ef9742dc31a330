// Package phone reads phone numbers as people write them and says whether a country has such numbers.
//
// It follows Google's libphonenumber (Apache-2.0; in Go nyaruka/phonenumbers, MIT) in what it takes and refuses, with the same data, and holds no more of both
// than that takes: the library unpacks all it knows at the start of every process, which was half of a function's cold start. A test compares the two.
package phone

import (
	"regexp"
	"strconv"
	"strings"
)

const (
	mostInput    = 250 // bytes of a number as it is written
	leastNumber  = 2   // digits of a national number
	mostNumber   = 17
	mostCode     = 3 // digits of a calling code
	plusSigns    = "+＋"
	worldRegion  = "001" // of numbers that belong to no country
	contextMark  = ";phone-context="
	subaddress   = ";isub="
	telephoneURI = "tel:"
)

// E164 returns the number as E.164; one without a country code is one of the region (ISO 3166-1 alpha-2, in capitals). A number written with its country code
// needs only a possible length, since new number ranges appear before any table knows them; a national one must be in a range that its country has given out.
// A number with an extension is refused: E.164 would lose it.
func E164(written, region string) (string, bool) {
	b := theBook()
	code, number, ok := b.parse(written, region)
	if !ok {
		return "", false
	}
	if !b.valid(code, number) && !(strings.HasPrefix(written, "+") && b.possible(code, number)) {
		return "", false
	}
	return "+" + strconv.Itoa(code) + number, true
}

// CallingCode returns the region's calling code, or 0 when there is no such region.
func CallingCode(region string) int {
	b := theBook()
	if t := b.territory(region); t != nil {
		return t.code
	}
	return 0
}

// parse finds calling code and national number, the latter without a prefix that is only dialled.
func (b *book) parse(written, region string) (code int, number string, ok bool) {
	if written == "" || len(written) > mostInput {
		return 0, "", false
	}
	number, ok = b.candidate(written)
	t := b.territory(region)
	if !ok || !b.viable(number) || b.extended(number) || t == nil && !strings.ContainsAny(number, plusSigns) {
		return 0, "", false
	}
	code, rest, ok := b.withCode(number, t)
	switch {
	case !ok:
		return 0, "", false
	case code != 0:
		number, t = rest, b.main(code)
	case t == nil:
		return 0, "", false
	default:
		code, number = t.code, b.digits(number)
	}
	if len(number) < leastNumber {
		return 0, "", false
	}
	if short := b.withoutPrefix(number, t); t.general.fits(short) == possible || t.general.fits(short) == tooLong {
		number = short
	}
	return code, number, len(number) >= leastNumber && len(number) <= mostNumber && strings.Trim(number, "0123456789") == ""
}

// candidate is the part of what was written that may be a number, with the context that a tel: address gives.
func (b *book) candidate(written string) (string, bool) {
	at := strings.Index(written, contextMark)
	if at <= 0 {
		number := b.possibleStart(written)
		if i := strings.Index(number, subaddress); i > 0 {
			number = number[:i]
		}
		return number, at < 0
	}
	context, _, _ := strings.Cut(written[at+len(contextMark):], ";")
	if !b.globalContext.MatchString(context) && !b.domainContext.MatchString(context) {
		return "", false
	}
	number := written[:at]
	if i := strings.Index(number, telephoneURI); i >= 0 {
		number = number[i+len(telephoneURI):]
	}
	if context[0] == '+' {
		number = context + number
	}
	if i := strings.Index(number, subaddress); i > 0 {
		number = number[:i]
	}
	return number, true
}

// possibleStart cuts what stands before the first digit or plus, and a second number behind a slash.
func (b *book) possibleStart(written string) string {
	at := b.start.FindStringIndex(written)
	if at == nil {
		return ""
	}
	number := written[at[0]:]
	if second := b.second.FindStringIndex(number); second != nil {
		number = number[:second[0]]
	}
	return number
}

func (b *book) viable(number string) bool {
	return len(number) >= leastNumber && b.whole.MatchString(number)
}

// extended says whether the number ends with an extension.
func (b *book) extended(number string) bool {
	at := b.extension.FindStringIndex(number)
	return at != nil && b.viable(number[:at[0]])
}

// withCode takes the calling code off a number that has one; 0 is none. A plus without a code behind it may stand before a national number.
func (b *book) withCode(number string, t *territory) (code int, rest string, ok bool) {
	bare := strings.TrimLeft(number, plusSigns)
	if bare != number {
		if code, rest, ok = b.cutCode(b.digits(bare)); ok || len(b.digits(bare)) <= leastNumber {
			return code, rest, ok
		}
		code, rest, ok = b.withCode(bare, t)
		return code, rest, ok && code != 0
	}
	if t == nil {
		return 0, "", true
	}
	full := b.digits(number)
	if at := b.compiled(t.international).FindStringIndex(full); at != nil && at[0] == 0 && !strings.HasPrefix(full[at[1]:], "0") {
		return b.cutCode(full[at[1]:])
	}
	return b.withOwnCode(full, t)
}

// withOwnCode takes the territory's own code off a number that was written with it but without a plus, when only so it is a number.
func (b *book) withOwnCode(full string, t *territory) (code int, rest string, ok bool) {
	own, found := strings.CutPrefix(full, strconv.Itoa(t.code))
	if !found {
		return 0, "", true
	}
	own = b.withoutPrefix(own, t)
	if !b.matches(t.general.pattern, full) && b.matches(t.general.pattern, own) || t.general.fits(full) == tooLong {
		return t.code, own, true
	}
	return 0, "", true
}

// cutCode parts a number that begins with a calling code. It is not ok when no code is known to begin so, or nothing follows.
func (b *book) cutCode(full string) (code int, rest string, ok bool) {
	if len(full) <= leastNumber || full[0] == '0' {
		return 0, "", false
	}
	for i := 1; i <= mostCode && i <= len(full); i++ {
		if code, err := strconv.Atoi(full[:i]); err == nil && len(b.regions[code]) > 0 {
			return code, full[i:], true
		}
	}
	return 0, "", false
}

// withoutPrefix takes off what is only dialled within the territory, such as Korea's 0, unless a number would become none by that.
func (b *book) withoutPrefix(number string, t *territory) string {
	if number == "" || t.prefix == "" {
		return number
	}
	prefix := b.compiled("^(?:" + t.prefix + ")")
	at := prefix.FindStringSubmatchIndex(number)
	if at == nil {
		return number
	}
	rest := number[at[1]:]
	if last := len(at) - 2; t.transform != "" && at[last] >= 0 {
		rest = prefix.ReplaceAllString(number, t.transform)
	}
	if b.matches(t.general.pattern, number) && !b.matches(t.general.pattern, rest) {
		return number
	}
	return rest
}

// valid says whether the number is in a range that one of the code's territories has given out.
func (b *book) valid(code int, number string) bool {
	regions := b.regions[code]
	for _, region := range regions {
		t := b.main(code)
		if region != worldRegion {
			t = b.territory(region)
		}
		switch {
		case len(regions) == 1:
			return b.given(number, t)
		case t.leading != "":
			if b.compiled("^(?:" + t.leading + ")").MatchString(number) {
				return b.given(number, t)
			}
		case b.given(number, t):
			return true
		}
	}
	return false
}

// given says whether the number is of a kind that the territory has.
func (b *book) given(number string, t *territory) bool {
	if !b.obeys(number, t.general) {
		return false
	}
	for _, kind := range t.kinds {
		if b.obeys(number, kind) {
			return true
		}
	}
	return false
}

func (b *book) possible(code int, number string) bool {
	f := b.main(code).general.fits(number)
	return f == possible || f == possibleLocally
}

func (b *book) obeys(number string, r rule) bool {
	return (len(r.lengths) == 0 || contains(r.lengths, len(number))) && b.matches(r.pattern, number)
}

func (b *book) matches(pattern, number string) bool {
	return b.compiled("^(?:" + pattern + ")$").MatchString(number)
}

// compiled keeps each expression of the data once it was needed.
func (b *book) compiled(pattern string) *regexp.Regexp {
	if re, ok := b.expressions.Load(pattern); ok {
		return re.(*regexp.Regexp)
	}
	re := regexp.MustCompile(pattern) // the data's: a test compiles all of it
	b.expressions.Store(pattern, re)
	return re
}
