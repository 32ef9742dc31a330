package dynamo

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/dangol/dangol/shared/table"
)

func TestTheCeilingIsTheNextText(t *testing.T) {
	for b, want := range map[string]string{
		"":                 "",
		"a":                "a",
		"\x80":             "\u0080",
		"a\xff":            "b",
		"갿"[:2]:            "갿"[:2] + "\x80",
		"갿"[:2] + "\xc0":   "걀",
		"\xed\x9f\xc0":     "\ue000", // what follows U+D7FF: surrogates are no characters
		"\x7f\xff":         "\u0080",
		"a\U0010ffff\xff":  "b",
		"\xf4\x8f\xbf\xc0": "none",
		"\xff":             "none",
	} {
		got, ok := ceiling(b)
		if !ok {
			got = "none"
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", b, got, want)
		}
	}
}

func TestTheFloorIsTheLastKeyBefore(t *testing.T) {
	most := func(begin string) bool {
		f := floor(begin)
		return len(f) == table.MaxSortKey && utf8.ValidString(f) && f < begin
	}
	for _, text := range []string{"b", "ab", "가", "\ue000", "\u0080", "\U00010000"} {
		if !most(text) {
			t.Errorf("%q: got %q", text, floor(text))
		}
	}
	for text, want := range map[string]string{"": "", "\x00": "", "a\x00": "a"} {
		if got := floor(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	if got := floor("a"); !strings.HasPrefix(got, "`\U0010ffff") || !strings.HasSuffix(got, "\U0010ffff\uffff") {
		t.Errorf("before a: got %q ... %q", got[:5], got[len(got)-7:])
	}
}

var drawBytes = rapid.OneOf(
	rapid.Custom(func(t *rapid.T) string { return string(rapid.SliceOfN(rapid.Byte(), 0, 6).Draw(t, "bytes")) }),
	rapid.Custom(func(t *rapid.T) string { return table.After(drawKey.Draw(t, "prefix")) }),
)

var drawKey = rapid.Custom(func(t *rapid.T) string {
	edges := []rune{0, 1, 'a', 'b', 0x7f, 0x80, 0x7ff, 0x800, 0xac3f, 0xac40, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff}
	return string(rapid.SliceOfN(rapid.SampledFrom(edges), 0, 4).Draw(t, "runes"))
})

func TestBoundsStayExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bound, key := drawBytes.Draw(t, "bound"), drawKey.Draw(t, "key")
		text, ok := ceiling(bound)
		if got, want := ok && key >= text, key >= bound; got != want {
			t.Fatalf("%q not before %q: got %v, want %v by %q", key, bound, got, want, text)
		}
		if got, want := key <= floor(text), key < text; ok && text != "" && got != want {
			t.Fatalf("%q before %q: got %v, want %v by %q", key, text, got, want, floor(text))
		}
	})
}
