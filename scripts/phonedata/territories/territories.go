// Package territories puts the metadata of nyaruka/phonenumbers, which is Google's libphonenumber's, into the lines that shared/crm/phone reads.
package territories

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// Text returns one line per calling code ("= code region ...", the main region first) and one per territory, members parted by tabs: region (or 001), code,
// international prefix, national prefix for parsing, its transform rule, leading digits, and then the general rule and that of each kind of number as
// pattern, lengths and lengths of local numbers.
func Text() (string, error) {
	all, err := phonenumbers.MetadataCollection()
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, code := range slices.Sorted(maps.Keys(phonenumbers.GetSupportedCallingCodes())) {
		fmt.Fprintf(&b, "=\t%d\t%s\n", code, strings.Join(phonenumbers.GetRegionCodesForCountryCode(code), " "))
	}
	for _, m := range all.GetMetadata() {
		members := []string{m.GetId(), fmt.Sprint(m.GetCountryCode()), m.GetInternationalPrefix(), m.GetNationalPrefixForParsing(),
			m.GetNationalPrefixTransformRule(), m.GetLeadingDigits()}
		members = append(members, rule(m.GetGeneralDesc())...)
		for _, d := range kinds(m) {
			members = append(members, rule(d)...)
		}
		line := strings.Join(members, "\t")
		if strings.Count(line, "\t") != len(members)-1 || strings.Contains(line, "\n") {
			return "", errors.New("a tab or a line's end in the rules of " + m.GetId())
		}
		b.WriteString(line + "\n")
	}
	return b.String(), nil
}

// kinds are the rules of the kinds of number that exist, without what the general rule says already.
func kinds(m *phonenumbers.PhoneMetadata) (out []*phonenumbers.PhoneNumberDesc) {
	for _, d := range []*phonenumbers.PhoneNumberDesc{m.GetPremiumRate(), m.GetTollFree(), m.GetSharedCost(), m.GetVoip(), m.GetPersonalNumber(), m.GetPager(),
		m.GetUan(), m.GetVoicemail(), m.GetFixedLine(), m.GetMobile()} {
		none := d.GetNationalNumberPattern() == "" || slices.Equal(d.GetPossibleLength(), []int32{-1})
		same := func(o *phonenumbers.PhoneNumberDesc) bool { return slices.Equal(rule(o), rule(d)) }
		if !none && !slices.ContainsFunc(out, same) {
			out = append(out, d)
		}
	}
	return out
}

func rule(d *phonenumbers.PhoneNumberDesc) []string {
	return []string{d.GetNationalNumberPattern(), numbers(d.GetPossibleLength()), numbers(d.GetPossibleLengthLocalOnly())}
}

func numbers(all []int32) string { return strings.Trim(fmt.Sprint(all), "[]") }
