package emulators

import (
	"os"
	"strings"
)

// exports are the variables by which a command finds the emulators, in the order of the list; ports belong to use by position.
func exports(use []Emulator, places []Place) (vars []string) {
	whole := false
	for i, e := range use {
		vars = append(vars, e.Variable+"="+places[i].URL())
		if e.WholeAWS && !whole {
			vars, whole = append(vars, "AWS_ENDPOINT_URL="+places[i].URL()), true
		}
	}
	return append(vars,
		"AWS_REGION="+Region,
		"AWS_ACCESS_KEY_ID=test",
		"AWS_SECRET_ACCESS_KEY=test",
		"AWS_EC2_METADATA_DISABLED=true",
		"AWS_CONFIG_FILE="+os.DevNull, // a profile there may name other endpoints
		"AWS_SHARED_CREDENTIALS_FILE="+os.DevNull,
	)
}

// withoutAWS drops what leads to a real account: a profile, a session token, an endpoint for one service, the wish to use an account.
func withoutAWS(environ []string) (kept []string) {
	for _, v := range environ {
		if !strings.HasPrefix(v, "AWS_") && !strings.HasPrefix(v, "DANGOL_AWS_ACCOUNT=") {
			kept = append(kept, v)
		}
	}
	return kept
}
