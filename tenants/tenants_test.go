package tenants_test

import (
	"testing"
	"time"

	"github.com/dangol/dangol/tenants"
)

const tenant = "wsp_01JD0000000000000000000000"

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func TestProvision(t *testing.T) {
	type place struct{ language, zone, currency, country, plan string }
	for name, c := range map[string]struct {
		wish tenants.Wish
		want place
		err  string
	}{
		"a Korean browser":         {tenants.Wish{Company: "단골상회", Browser: "ko"}, place{"ko", "Asia/Seoul", "KRW", "KR", "free"}, ""},
		"an English browser":       {tenants.Wish{Company: "Corner", Browser: "en"}, place{"en", "UTC", "USD", "US", "free"}, ""},
		"own words before guesses": {tenants.Wish{Company: "角", Language: "en", TimeZone: "Asia/Tokyo", Currency: "JPY", Browser: "ko"}, place{"en", "Asia/Tokyo", "JPY", "JP", "free"}, ""},
		"a shared currency":        {tenants.Wish{Company: "Eck", Language: "en", Currency: "EUR"}, place{"en", "UTC", "EUR", "US", "free"}, ""},
		"a laptop":                 {tenants.Wish{Company: "Dev", Browser: "ko", Local: true}, place{"ko", "Asia/Seoul", "KRW", "KR", "local"}, ""},
		"no company":               {tenants.Wish{Company: " \n", Browser: "ko"}, place{}, "validation_failed /company:required_missing"},
		"an unknown language":      {tenants.Wish{Company: "a", Language: "fr"}, place{}, "validation_failed /language:option_unknown"},
		"an unknown place": {tenants.Wish{Company: "a", Language: "ko", TimeZone: "Local", Currency: "krw"}, place{},
			"validation_failed /timeZone:format_invalid /currency:currency_unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			who, ws, err := tenants.Provision(tenant, c.wish, noon)
			if err != nil {
				if got := err.Error(); got != c.err {
					t.Errorf("got %q, want %q", got, c.err)
				}
				return
			}
			got := place{ws.Language, ws.TimeZone, ws.Currency, ws.Country, ws.Plan}
			if got != c.want || c.err != "" {
				t.Errorf("got %+v, want %+v %s", got, c.want, c.err)
			}
			if who.ID != tenant || ws.ID != tenant || string(who.Plan) != ws.Plan || who.Status != tenants.Active || ws.AttributionDays != 7 {
				t.Errorf("got %+v and %+v", who, ws)
			}
		})
	}
}

func TestEveryPlanKeepsThePromise(t *testing.T) {
	for _, id := range []tenants.PlanID{tenants.Free, tenants.Team, tenants.Business, tenants.Local, "withdrawn"} {
		if p := tenants.PlanOf(id); p.CallsPer10s < 100 || p.APIKeys < 1 {
			t.Errorf("%s: got %+v, want at least 100 calls per 10 s and one key", id, p)
		}
	}
}
