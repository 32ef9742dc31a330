package consent

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/dangol/dangol/shared/errs"
)

// Limits of the texts of a statement, in characters.
const (
	MaxSource  = 200
	MaxWording = 5000
)

// clockSkew is how far ahead of our clock a statement may be dated: clocks of shop systems run ahead.
const clockSkew = 5 * time.Minute

// Normalise brings a statement into the one form that is stored and reports every rule it breaks. A missing At becomes now; At is kept in UTC.
func Normalise(c Consent, now time.Time) (Consent, error) {
	refused := errs.New(errs.Invalid, "validation_failed")
	if !slices.Contains(Channels, c.Channel) {
		refused.Add("/channel", "option_unknown", "value", string(c.Channel))
	}
	if !slices.Contains(Purposes, c.Purpose) {
		refused.Add("/purpose", "option_unknown", "value", string(c.Purpose))
	}
	if c.State != Granted && c.State != Withdrawn {
		refused.Add("/state", "option_unknown", "value", string(c.State))
	}
	c.Source = limited(refused, "/source", c.Source, MaxSource)
	c.Wording = limited(refused, "/wording", c.Wording, MaxWording)
	if c.At.IsZero() {
		c.At = now
	}
	if c.At.After(now.Add(clockSkew)) {
		refused.Add("/at", "time_in_future")
	}
	c.At = c.At.UTC()
	return c, refused.OrNil()
}

func limited(refused *errs.Error, pointer, text string, most int) string {
	text = strings.TrimSpace(strings.ToValidUTF8(text, ""))
	if utf8.RuneCountInString(text) > most {
		refused.Add(pointer, "value_too_long", "max", most)
	}
	return text
}
