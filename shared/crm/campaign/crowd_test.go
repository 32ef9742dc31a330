package campaign_test

import (
	"fmt"
	"testing"

	"github.com/dangol/dangol/shared/crm/campaign"
)

func TestHowACrowdShrinks(t *testing.T) {
	for name, c := range map[string]struct {
		segment int64
		lost    map[string]int64
		want    string
	}{
		"nobody":                    {0, nil, "0 [{archived 0 0} {noConsent 0 0} {suppressed 0 0} {invalidAddress 0 0} {holdout 0 0}] 0"},
		"nobody falls away":         {7, nil, "7 [{archived 0 7} {noConsent 0 7} {suppressed 0 7} {invalidAddress 0 7} {holdout 0 7}] 7"},
		"some for each reason":      {100, map[string]int64{"holdout": 16, "archived": 1, "suppressed": 4, "noConsent": 2, "invalidAddress": 8}, "100 [{archived 1 99} {noConsent 2 97} {suppressed 4 93} {invalidAddress 8 85} {holdout 16 69}] 69"},
		"the last one is held out":  {1, map[string]int64{"holdout": 1}, "1 [{archived 0 1} {noConsent 0 1} {suppressed 0 1} {invalidAddress 0 1} {holdout 1 0}] 0"},
		"who is reached is no step": {3, map[string]int64{"": 3}, "3 [{archived 0 3} {noConsent 0 3} {suppressed 0 3} {invalidAddress 0 3} {holdout 0 3}] 3"},
	} {
		t.Run(name, func(t *testing.T) {
			got := campaign.Shrink(c.segment, c.lost)
			if shown := fmt.Sprint(got.Segment, " ", got.Steps, " ", got.Receives); shown != c.want {
				t.Errorf("got %s, want %s", shown, c.want)
			}
		})
	}
}
