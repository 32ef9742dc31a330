package consent_test

import (
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/dangol/dangol/shared/crm/consent"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func said(s consent.State, minutes int) consent.Consent {
	return consent.Consent{Channel: consent.Email, Purpose: consent.Marketing, State: s, At: noon.Add(time.Duration(minutes) * time.Minute)}
}

func TestLatestStatementWins(t *testing.T) {
	for name, c := range map[string]struct {
		history []consent.Consent
		allowed bool
	}{
		"silence is no":                      {nil, false},
		"granted":                            {[]consent.Consent{said(consent.Granted, 0)}, true},
		"withdrawn later":                    {[]consent.Consent{said(consent.Granted, 0), said(consent.Withdrawn, 1)}, false},
		"granted again":                      {[]consent.Consent{said(consent.Withdrawn, 0), said(consent.Granted, 1)}, true},
		"an older grant that arrives late":   {[]consent.Consent{said(consent.Withdrawn, 5), said(consent.Granted, 1)}, false},
		"both at one moment, grant last":     {[]consent.Consent{said(consent.Withdrawn, 0), said(consent.Granted, 0)}, false},
		"both at one moment, withdrawn last": {[]consent.Consent{said(consent.Granted, 0), said(consent.Withdrawn, 0)}, false},
	} {
		t.Run(name, func(t *testing.T) {
			states, _ := consent.Fold(c.history)
			if got := states.Allows(consent.Email, consent.Marketing); got != c.allowed {
				t.Errorf("allowed = %v, want %v", got, c.allowed)
			}
		})
	}
}

func TestApplyLeavesItsArgumentsAlone(t *testing.T) {
	before, since := consent.Fold([]consent.Consent{said(consent.Granted, 0)})
	consent.Apply(before, since, said(consent.Withdrawn, 1))
	if !before.Allows(consent.Email, consent.Marketing) {
		t.Error("the states passed in were changed")
	}
}

func TestOrderOfArrivalDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		history := rapid.SliceOf(rapid.Custom(func(t *rapid.T) consent.Consent {
			return consent.Consent{
				Channel: rapid.SampledFrom(consent.Channels).Draw(t, "channel"),
				Purpose: rapid.SampledFrom(consent.Purposes).Draw(t, "purpose"),
				State:   rapid.SampledFrom([]consent.State{consent.Granted, consent.Withdrawn}).Draw(t, "state"),
				At:      noon.Add(time.Duration(rapid.IntRange(0, 3).Draw(t, "minute")) * time.Minute),
			}
		})).Draw(t, "history")
		got, _ := consent.Fold(rapid.Permutation(history).Draw(t, "arrival"))
		want, _ := consent.Fold(append(history, history...))
		if !reflect.DeepEqual(got, want) {
			t.Errorf("another arrival gives %v, want %v", got, want)
		}
	})
}
