package customer

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/dangol/dangol/shared/errs"
)

// Limits of a customer's fields; texts in characters.
const (
	MaxName         = 200
	MaxExternalID   = 200
	MaxAddressLine  = 200
	MaxAddressPart  = 100
	MaxPostalCode   = 20
	MaxReference    = 64
	MaxStage        = 40
	MaxTags         = 50
	MaxTag          = 50
	MaxCustom       = 200
	MaxCustomText   = 2000
	MaxCustomValues = 100
)

// Kinds lists what is known, in the order that screens show.
var Kinds = []Kind{Consumer, Business, Channel, Internal}

// Genders lists what is known. Normalise reads the usual words for them in English and Korean.
var Genders = []string{"female", "male", "other"}

// Normalise brings the fields into the one form that is stored: texts composed (Unicode NFC) and trimmed, the e-mail lower-case, the phone E.164
// (national numbers are read as those of defaultCountry, ISO 3166-1 alpha-2), the kind set. It reports every rule that is broken, each with the JSON
// pointer of its field, as one *errs.Error of kind Invalid.
func Normalise(f Fields, defaultCountry string) (Fields, error) {
	n := normaliser{errs.New(errs.Invalid, "validation_failed")}
	f.Kind = n.kind(f.Kind)
	f.ExternalID = n.text("/externalId", f.ExternalID, MaxExternalID)
	f.Name = n.text("/name", f.Name, MaxName)
	f.Email = n.email(f.Email)
	f.Phone = n.phone(f.Phone, defaultCountry)
	f.BirthDate = n.date("/birthDate", f.BirthDate)
	f.Gender = n.gender(f.Gender)
	f.Address = n.address(f.Address)
	f.CompanyID = n.text("/companyId", f.CompanyID, MaxReference)
	f.OwnerID = n.text("/ownerId", f.OwnerID, MaxReference)
	f.LifecycleStage = n.text("/lifecycleStage", f.LifecycleStage, MaxStage)
	f.Tags = n.tags(f.Tags)
	f.Custom = n.custom(f.Custom)
	if f.Name == "" && f.Email == "" && f.Phone == "" && f.ExternalID == "" {
		n.Add("", "customer_unidentified")
	}
	return f, n.OrNil()
}

// normaliser collects what is refused.
type normaliser struct{ *errs.Error }

func (n normaliser) text(pointer, s string, most int) string {
	s = Text(s)
	if utf8.RuneCountInString(s) > most {
		n.Add(pointer, "value_too_long", "max", most)
	}
	return s
}

// Text composes (NFC) and trims a one-line text; control characters and bytes that are no UTF-8 become blanks.
func Text(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, " ")
	}
	if strings.ContainsFunc(s, unicode.IsControl) {
		s = strings.Map(blankControl, s)
	}
	return strings.TrimSpace(norm.NFC.String(s))
}

func blankControl(r rune) rune {
	if unicode.IsControl(r) {
		return ' '
	}
	return r
}

func (n normaliser) kind(k Kind) Kind {
	if k == "" {
		return Consumer
	}
	if !slices.Contains(Kinds, k) {
		n.Add("/kind", "option_unknown", "value", string(k))
	}
	return k
}

func (n normaliser) gender(s string) string {
	s = Text(s)
	g, ok := Gender(s)
	if !ok {
		n.Add("/gender", "option_unknown", "value", s)
	}
	return g
}

// Gender reads the usual words and letters for a gender in English and Korean; "" is not told.
func Gender(word string) (string, bool) {
	switch strings.ToLower(word) {
	case "":
		return "", true
	case "female", "f", "w", "woman", "여", "여성", "여자":
		return "female", true
	case "male", "m", "man", "남", "남성", "남자":
		return "male", true
	case "other", "o", "x", "기타":
		return "other", true
	default:
		return word, false
	}
}

// tags keeps each tag once, in the spelling that came first; capitals make no difference.
func (n normaliser) tags(in []string) []string {
	var out []string
	seen := make(map[string]bool, len(in))
	for i, t := range in {
		t = n.text(pointer("/tags", i), t, MaxTag)
		if key := strings.ToLower(t); t != "" && !seen[key] {
			seen[key] = true
			out = append(out, t)
		}
	}
	if len(out) > MaxTags {
		n.Add("/tags", "too_many", "max", MaxTags)
	}
	return out
}
