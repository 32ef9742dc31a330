package main

import (
	"maps"
	"slices"
	"testing"
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
