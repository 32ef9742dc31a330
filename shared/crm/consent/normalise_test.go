package consent_test

import (
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/crm/consent"
)

func TestNormaliseNamesEveryField(t *testing.T) {
	for name, c := range map[string]struct {
		in   consent.Consent
		want string
	}{
		"good":            {said(consent.Granted, 0), ""},
		"a little ahead":  {said(consent.Granted, 4), ""},
		"in the future":   {said(consent.Granted, 60), "validation_failed /at:time_in_future"},
		"nothing set":     {consent.Consent{}, "validation_failed /channel:option_unknown /purpose:option_unknown /state:option_unknown"},
		"endless wording": {consent.Consent{Channel: "sms", Purpose: "service", State: "granted", Wording: strings.Repeat("가", 5001)}, "validation_failed /wording:value_too_long"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := consent.Normalise(c.in, noon)
			if got := text(err); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestNormaliseDatesAStatementWithoutTime(t *testing.T) {
	seoul := time.FixedZone("KST", 9*3600)
	got, err := consent.Normalise(consent.Consent{Channel: "web", Purpose: "service", State: "granted", Source: " form "}, noon.In(seoul))
	if err != nil || !got.At.Equal(noon) || got.At.Location() != time.UTC || got.Source != "form" {
		t.Errorf("got %+v, %v; want noon in UTC from form", got, err)
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
