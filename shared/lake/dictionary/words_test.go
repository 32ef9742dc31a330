package dictionary_test

import (
	"testing"

	"github.com/dangol/dangol/shared/lake/dictionary"
)

// Sources and units are said in both languages.
func TestSourcesAndUnitsAreSaidInKorean(t *testing.T) {
	fields := dictionary.Kept()
	for _, s := range dictionary.Subjects() {
		fields = append(fields, s.Fields...)
	}
	for _, f := range fields {
		for _, words := range []string{f.Source, f.Unit} {
			if words != "" && dictionary.In("ko", words) == words && words != "UTC, ms" {
				t.Errorf("%s: %q has no Korean", f.Name, words)
			}
			if dictionary.In("en", words) != words {
				t.Errorf("%s: %q is not English", f.Name, words)
			}
		}
	}
}
