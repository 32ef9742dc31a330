package phone_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/nyaruka/phonenumbers"

	"github.com/dangol/dangol/scripts/phonedata/territories"
	"github.com/dangol/dangol/shared/crm/phone"
)

func TestNumbers(t *testing.T) {
	for _, c := range []struct{ written, region, want string }{
		{"010-1234-5678", "KR", "+821012345678"},
		{"02) 312-3456", "KR", "+8223123456"},
		{"821012345678", "KR", "+821012345678"},
		{"００１ 1 650 253 0000", "KR", "+16502530000"},
		{"+82 10 1234 5678", "", "+821012345678"},
		{"+82 (0)10 1234 5678", "US", "+821012345678"},
		{"1-800-FLOWERS", "US", "+18003569377"},
		{"06 698 12345", "IT", "+390669812345"}, // Italy keeps the zero
		{"tel:010-1234-5678;phone-context=+82", "US", "+821012345678"},
		{"+800 1234 5678", "KR", "+80012345678"},
		{"010-1234-5678 ext. 3", "KR", ""},
		{"010-123", "KR", ""},
		{"010-1234-5678", "", ""},
		{"+999 123 4567", "KR", ""},
		{"hello", "KR", ""},
		{"", "KR", ""},
		{strings.Repeat("1", 251), "KR", ""},
	} {
		if got, ok := phone.E164(c.written, c.region); got != c.want || ok != (c.want != "") {
			t.Errorf("%q in %q: got %q, %v; want %q", c.written, c.region, got, ok, c.want)
		}
	}
	for region, want := range map[string]int{"KR": 82, "US": 1, "kr": 0, "": 0, "001": 0, "ZZ": 0} {
		if got := phone.CallingCode(region); got != want {
			t.Errorf("%q: got %d, want %d", region, got, want)
		}
	}
}

// The data is the library's of go.mod: after an update of it, `go run ./scripts/phonedata`.
func TestTheDataIsTheLibrarys(t *testing.T) {
	want, err := territories.Text()
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("territories.txt")
	if err != nil || string(got) != want {
		t.Fatalf("territories.txt is stale, run `go run ./scripts/phonedata`: %v", err)
	}
	for line := range strings.Lines(want) {
		for i, m := range strings.Split(strings.TrimSuffix(line, "\n"), "\t") {
			if _, err := regexp.Compile("^(?:" + m + ")$"); err != nil && !strings.HasPrefix(line, "=") && i != 4 {
				t.Errorf("%q: %v", m, err)
			}
		}
	}
}

// expected is what the library makes of a number: our rule over its parts.
func expected(written, region string) (string, bool) {
	p, err := phonenumbers.Parse(written, region)
	if err != nil || p.GetExtension() != "" {
		return "", false
	}
	if !phonenumbers.IsValidNumber(p) && !(strings.HasPrefix(written, "+") && phonenumbers.IsPossibleNumber(p)) {
		return "", false
	}
	return phonenumbers.Format(p, phonenumbers.E164), true
}

// strange are inputs in which the library is known to go its own way: digits of other scripts, of which it makes zeros, and an expression of Java's that
// means something else in Go.
var strange = regexp.MustCompile(`[^\x00-\x7F٠-٩۰-۹０-９＋\p{L}\p{P}\p{Z}]|&&`)

func compare(t testing.TB, written, region string) {
	t.Helper()
	if strange.MatchString(written) {
		return
	}
	got, ok := phone.E164(written, region)
	if want, wanted := expected(written, region); got != want || ok != wanted {
		t.Errorf("%q in %q: got %q, %v; the library says %q, %v", written, region, got, ok, want, wanted)
	}
	if got, want := phone.CallingCode(region), phonenumbers.GetCountryCodeForRegion(region); got != want {
		t.Errorf("calling code of %q: got %d, the library says %d", region, got, want)
	}
}

// Numbers of every kind of every region, written in the ways in which people write them, and numbers that are nearly such.
func TestTheSameAsTheLibrary(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	regions := slices.Sorted(func(yield func(string) bool) {
		for r := range phonenumbers.GetSupportedRegions() {
			if !yield(r) {
				return
			}
		}
	})
	kinds := []phonenumbers.PhoneNumberType{phonenumbers.FIXED_LINE, phonenumbers.MOBILE, phonenumbers.TOLL_FREE, phonenumbers.PREMIUM_RATE, phonenumbers.SHARED_COST,
		phonenumbers.VOIP, phonenumbers.PERSONAL_NUMBER, phonenumbers.PAGER, phonenumbers.UAN, phonenumbers.VOICEMAIL}
	for _, region := range regions {
		for _, kind := range kinds {
			n := phonenumbers.GetExampleNumberForType(region, kind)
			if n == nil {
				continue
			}
			other := regions[random.IntN(len(regions))]
			for _, written := range ways(n, other, random) {
				compare(t, written, region)
				compare(t, written, other)
			}
		}
	}
}

// ways are spellings of a number, and of neighbours of it.
func ways(n *phonenumbers.PhoneNumber, from string, random *rand.Rand) []string {
	e164, national := phonenumbers.Format(n, phonenumbers.E164), phonenumbers.Format(n, phonenumbers.NATIONAL)
	digits := phonenumbers.GetNationalSignificantNumber(n)
	changed := []byte(e164)
	changed[1+random.IntN(len(changed)-1)] = byte('0' + random.IntN(10))
	return []string{
		e164, national, digits, phonenumbers.Format(n, phonenumbers.INTERNATIONAL), phonenumbers.Format(n, phonenumbers.RFC3966),
		phonenumbers.FormatOutOfCountryCallingNumber(n, from), e164[1:], "00" + e164[1:], "0" + digits, "(0)" + digits, "+" + digits, digits[1:], e164 + "0",
		e164[:len(e164)-1], e164[:len(e164)-3], national + " x12", national + "/" + digits, "T. " + national, string(changed), string(changed[1:]), "++" + e164,
		fmt.Sprintf("%s %s", e164, digits), "tel:" + digits + ";phone-context=+" + fmt.Sprint(n.GetCountryCode()), digits + ";isub=1",
	}
}

func FuzzTheSameAsTheLibrary(f *testing.F) {
	for _, written := range []string{"010-1234-5678", "+82 10 1234 5678", "1-800-FLOWERS", "０２－３１２－３４５６", "+1 (650) 253-0000 ext 12", "tel:+1-201;phone-context=example.com", "0039 06 698"} {
		f.Add(written, "KR")
		f.Add(written, "US")
	}
	f.Fuzz(func(t *testing.T, written, region string) { compare(t, written, region) })
}
