package main

import (
	"maps"
	"slices"
	"testing"

	"github.com/dangol/dangol/shared/catalogue"
)

// The emulator's template is the real one less a list: what is deployed on a laptop proves what is deployed in the cloud.
func TestAnEmulatorLacksExactlyTheListedTypes(t *testing.T) {
	all := everyTemplate(t)
	real, local := all["prod"], all["local"]
	lacking := map[string]bool{}
	for id, r := range real.Resources {
		if local.Resources[id] == nil {
			lacking[r.Type] = true
		}
	}
	got, want := slices.Sorted(maps.Keys(lacking)), slices.Sorted(maps.Keys(lackedLocally))
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	for id, r := range local.Resources {
		if real.Resources[id] == nil {
			t.Errorf("%s (%s) is made for an emulator alone", id, r.Type)
		}
		if lackedLocally[r.Type] != "" {
			t.Errorf("%s (%s) is in the emulator's template, though listed as lacking", id, r.Type)
		}
	}
}

// Mail goes to a stand-in for SES on an emulator that has been given one, and nowhere else than to AWS on AWS.
func TestOnlyAnEmulatorIsToldWhereSESIs(t *testing.T) {
	for target, want := range map[string]string{"aws": "", "local": "http://127.0.0.1:1"} {
		s := plain("test")
		s.Target, s.SES = target, "http://127.0.0.1:1"
		tp := synthWith(t, "ses-"+target, s)
		for _, row := range catalogue.Rows() {
			got, _ := variables(tp.function(t, row))["AWS_ENDPOINT_URL_SESV2"].(string)
			if !row.Mail && got != "" || row.Mail && got != want {
				t.Errorf("%s, %s: told %q", target, row.Name, got)
			}
		}
	}
}
