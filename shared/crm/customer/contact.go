package customer

import (
	"net/mail"
	"strings"
	"time"

	"golang.org/x/net/idna"
	"golang.org/x/text/language"

	"github.com/dangol/dangol/shared/crm/phone"
)

func (n normaliser) email(s string) string {
	e, ok := Email(s)
	if !ok {
		n.Add("/email", "email_invalid")
	}
	return e
}

// Email returns the address in the one form that is stored and compared: trimmed, lower-case, its domain in ASCII (IDNA 2008 lookup, RFC 5891).
// It takes bare addresses of RFC 5322 whose domain has a dot; names beside the address, quoted local parts and domain literals are refused,
// since no mailbox of a customer has them. "" is good: no address.
func Email(s string) (string, bool) {
	s = strings.ToLower(Text(s))
	if s == "" {
		return "", true
	}
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s || a.Name != "" {
		return s, false
	}
	at := strings.LastIndexByte(s, '@')
	domain, err := idna.Lookup.ToASCII(s[at+1:])
	e := s[:at+1] + domain
	return e, err == nil && at <= 64 && len(e) <= 254 && dotted(domain)
}

func dotted(domain string) bool {
	dot := strings.LastIndexByte(domain, '.')
	return dot > 0 && dot < len(domain)-2
}

func (n normaliser) phone(s, country string) string {
	p, ok := Phone(s, country)
	if !ok {
		n.Add("/phone", "phone_invalid")
	}
	return p
}

// Phone returns the number as E.164, a national number being one of the country (ISO 3166-1 alpha-2). A number written with its country code needs
// only a possible length, since new number ranges appear before any table knows them; a national one must be in a range that its country has given
// out. A number with an extension is refused: E.164 would lose it. "" is good: no number.
func Phone(s, country string) (string, bool) {
	s = Text(s)
	if s == "" {
		return "", true
	}
	number, ok := phone.E164(s, strings.ToUpper(country))
	if !ok {
		return s, false
	}
	return number, true
}

func (n normaliser) date(pointer, s string) string {
	s = Text(s)
	if s == "" {
		return ""
	}
	if d, err := time.Parse(time.DateOnly, s); err != nil || d.Year() < 1850 {
		n.Add(pointer, "date_invalid")
	}
	return s
}

func (n normaliser) address(a Address) Address {
	a.Line1 = n.text("/address/line1", a.Line1, MaxAddressLine)
	a.Line2 = n.text("/address/line2", a.Line2, MaxAddressLine)
	a.City = n.text("/address/city", a.City, MaxAddressPart)
	a.Region = n.text("/address/region", a.Region, MaxAddressPart)
	a.PostalCode = n.text("/address/postalCode", a.PostalCode, MaxPostalCode)
	country, ok := Country(a.Country)
	if !ok {
		n.Add("/address/country", "country_unknown", "value", a.Country)
	}
	a.Country = country
	return a
}

// Country returns the ISO 3166-1 alpha-2 code of a country given by its alpha-2 or alpha-3 code in any case. "" is good: not told.
func Country(s string) (string, bool) {
	s = Text(s)
	if s == "" {
		return "", true
	}
	r, err := language.ParseRegion(s)
	if err != nil || !r.IsCountry() {
		return s, false
	}
	return r.Canonicalize().String(), true
}
