package apikey_test

import (
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/crm/apikey"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func TestCheck(t *testing.T) {
	past, later := noon.Add(-time.Second), noon.Add(time.Hour)
	good := []string{"customers:read"}
	for name, c := range map[string]struct {
		in   apikey.Key
		want string
	}{
		"good":             {apikey.Key{Name: " Shop ", Mode: apikey.Live, Scopes: good, ExpiresAt: &later}, ""},
		"for ever":         {apikey.Key{Name: "Shop", Mode: apikey.Test, Scopes: good}, ""},
		"nothing set":      {apikey.Key{}, "validation_failed /name:required_missing /mode:option_unknown /scopes:required_missing"},
		"already over":     {apikey.Key{Name: "a", Mode: apikey.Live, Scopes: good, ExpiresAt: &past}, "validation_failed /expiresAt:time_in_past"},
		"unknown scope":    {apikey.Key{Name: "a", Mode: apikey.Live, Scopes: []string{"orders:write", "users:write"}}, "validation_failed /scopes/1:option_unknown"},
		"no wildcard":      {apikey.Key{Name: "a", Mode: apikey.Live, Scopes: []string{"*"}}, "validation_failed /scopes/0:option_unknown"},
		"endless name":     {apikey.Key{Name: strings.Repeat("키", 101), Mode: apikey.Live, Scopes: good}, "validation_failed /name:too_long"},
		"name of the most": {apikey.Key{Name: strings.Repeat("키", 100), Mode: apikey.Live, Scopes: good}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := ""
			if err := c.in.Check(noon); err != nil {
				got = err.Error()
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestLastUseIsWrittenAtMostHourly(t *testing.T) {
	k := &apikey.Key{}
	if !k.Stale(noon) {
		t.Error("a key never used is not stale")
	}
	k.LastUsedAt = &noon
	if k.Stale(noon.Add(apikey.TouchEvery-1)) || !k.Stale(noon.Add(apikey.TouchEvery)) {
		t.Error("want stale exactly from an hour on")
	}
}
