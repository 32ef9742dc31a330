package score_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/score"
)

// By hand, of 10/5, 10/1 and 5/0: mean 0.24, g = (1.16 - 0.3648) / (0.1824 x 14) = 0.311404, s = 2.211268.
func TestResponseScores(t *testing.T) {
	for name, c := range map[string]struct {
		contacts [][2]int // delivered, responses
		want     string
	}{
		"rates are drawn to the mean, the more the fewer messages": {[][2]int{{10, 5}, {10, 1}, {5, 0}}, "0.4529 0.1254 0.0736"},
		"no more apart than by chance":                             {[][2]int{{4, 2}, {4, 2}}, "0.5000 0.5000"},
		"one message each tells nobody from the others":            {[][2]int{{1, 1}, {1, 0}, {1, 0}, {1, 0}}, "0.2500 0.2500 0.2500 0.2500"},
		"nobody answers":       {[][2]int{{3, 0}, {9, 0}}, "0.0000 0.0000"},
		"each always or never": {[][2]int{{4, 4}, {4, 0}}, "1.0000 0.0000"},
	} {
		t.Run(name, func(t *testing.T) {
			in := make([]score.Input, len(c.contacts)+1) // the last one got no message by e-mail, and is alone in the other channel
			for i, k := range c.contacts {
				in[i].Contacts = []score.Contacts{{Channel: consent.Email, Delivered: k[0], Responses: k[1]}}
			}
			last := len(c.contacts)
			in[last].Contacts = []score.Contacts{{Channel: consent.SMS, Delivered: 5, Responses: 2}}
			scores, _ := compute(asOf, seoul, "KRW", in)
			var got []string
			for i := range scores[:last] {
				got = append(got, fmt.Sprintf("%.4f", scores[i].Responses[0].Rate))
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %s, want %s", strings.Join(got, " "), c.want)
			}
			if r := scores[last].Responses; len(r) != 1 || r[0] != (score.Response{Channel: consent.SMS, Delivered: 5, Responses: 2, Rate: 0.4}) {
				t.Errorf("alone in a channel: got %+v", r)
			}
		})
	}
}
