package providerevents

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/links"
	"github.com/dangol/dangol/shared/mail"
	"github.com/dangol/dangol/shared/testkit/campaignkit"
)

func TestOnlyAProviderThatKnowsTheSecretIsHeard(t *testing.T) {
	kit := campaignkit.New(t)
	tenant := kit.Tenant(t, "a")
	a := api.New(api.Options{Title: "t", Version: "1", Clock: kit.Clock, IDs: kit.Env.IDs, Logger: kit.Env.Log})
	New(kit.Env).Register(a)
	secret := links.ProviderSecret(kit.Env.Settings.Keys.Links, "acme")
	body := fmt.Sprintf(`[{"kind":"bounced","messageId":"msg_1","tenant":%q,"campaign":"cmp_1","address":"a@b.kr","at":"2026-11-20T09:00:00Z","detail":"550"},
		{"kind":"delivered","messageId":"msg_2","tenant":"nobody","at":"2026-11-20T09:00:00Z"}]`, tenant.ID)
	for name, c := range map[string]struct {
		provider, secret string
		status, queued   int
	}{
		"no secret":            {"acme", "", 401, 0},
		"another one's secret": {"other", secret, 401, 0},
		"the secret":           {"acme", secret, 202, 1},
	} {
		t.Run(name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodPost, "/v1/provider-events/"+c.provider, strings.NewReader(body))
			r.Header.Set("Content-Type", "application/json")
			r.Header.Set("X-Dangol-Secret", c.secret)
			w := httptest.NewRecorder()
			a.Handler().ServeHTTP(w, r)
			if w.Code != c.status {
				t.Errorf("got %d %s, want %d", w.Code, w.Body, c.status)
			}
			got, err := kit.Queues.Receive(t.Context(), catalogue.Outcomes, 10, 1, 0)
			if err != nil || len(got) != c.queued {
				t.Fatalf("got %d messages on the queue, %v, want %d", len(got), err, c.queued)
			}
			if c.queued == 0 {
				return
			}
			var events []mail.Event
			if err := json.Unmarshal(got[0].Body, &events); err != nil || len(events) != 1 || events[0].Kind != mail.Bounced || events[0].MessageID != "msg_1" || got[0].Group != tenant.ID {
				t.Errorf("got %+v for %s, %v", events, got[0].Group, err)
			}
		})
	}
}
