package cloud_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/cloud"
	"github.com/dangol/dangol/shared/cloud/mails"
	"github.com/dangol/dangol/shared/cloud/objects"
	"github.com/dangol/dangol/shared/cloud/queues"
	"github.com/dangol/dangol/shared/identity"
)

// parameters is a Parameter Store with one parameter, /dangol/test/keys.
func parameters(t *testing.T, value string) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		signed := strings.HasPrefix(r.Header.Get("Authorization"), "AWS4-HMAC-SHA256 Credential=AKTEST/")
		if !signed || r.Header.Get("X-Amz-Target") != "AmazonSSM.GetParameter" || string(body) != `{"Name":"/dangol/test/keys","WithDecryption":true}` {
			http.Error(w, `{"__type":"ParameterNotFound"}`, http.StatusBadRequest)
			return
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"Parameter": map[string]string{"Value": value}})
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func secrets(t *testing.T) string {
	t.Helper()
	k, err := identity.NewKeys()
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(k)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// place is what infra tells a function that may do everything.
func place(endpoint string) map[string]string {
	return map[string]string{
		"AWS_REGION": "ap-northeast-2", "AWS_ACCESS_KEY_ID": "AKTEST", "AWS_SECRET_ACCESS_KEY": "test", "AWS_ENDPOINT_URL": endpoint,
		"DANGOL_SECRET": "/dangol/test/keys", "DANGOL_BASE_URL": "https://crm.example", "DANGOL_MAIL_DOMAIN": "mail.example",
		"DANGOL_TABLE_CRM": "dangol-test-crm", "DANGOL_BUCKET": "dangol-test", "DANGOL_QUEUE_SENDS": endpoint + "/queue/sends",
	}
}

func without(m map[string]string, names ...string) cloud.Settings {
	return func(name string) string {
		for _, n := range names {
			if n == name {
				return ""
			}
		}
		return m[name]
	}
}

func TestAPlaceIsOpenedFromTheEnvironment(t *testing.T) {
	p, err := without(place(parameters(t, secrets(t)))).Open(t.Context(), objects.Open, queues.Open, mails.Open)
	if err != nil {
		t.Fatal(err)
	}
	e := p.Env
	if e.DB == nil || e.Table == nil || e.Blob == nil || e.Queue == nil || e.Mail == nil || p.API.Verifier == nil || p.Decode == nil {
		t.Errorf("got %+v", p)
	}
	if s := e.Settings; s.BaseURL != "https://crm.example" || len(s.Keys.Links) != 32 || s.From.Email != "hello@mail.example" || s.Local || s.Margin <= 0 {
		t.Errorf("got settings %+v", s)
	}
}

func TestAFunctionHasOnlyThePortsThatItLinks(t *testing.T) {
	p, err := without(place(parameters(t, secrets(t)))).Open(t.Context())
	if err != nil || p.Env.Blob != nil || p.Env.Queue != nil || p.Env.Mail != nil {
		t.Errorf("got %+v, %v", p, err)
	}
}

// A worker that signs and verifies nothing is not given the installation's secrets.
func TestAFunctionWithoutSecretsVerifiesNobody(t *testing.T) {
	p, err := without(place("http://127.0.0.1:1"), "DANGOL_SECRET").Open(t.Context())
	if err != nil || p.API.Verifier != nil || p.Env.Settings.Keys.Links != nil || p.Env.DB == nil {
		t.Errorf("got %+v, %v", p, err)
	}
}

// What is missing stops the function at its start, by name.
func TestWhatIsMissingIsNamed(t *testing.T) {
	whole := place(parameters(t, secrets(t)))
	parts := map[string]cloud.Part{"DANGOL_BUCKET": objects.Open, "DANGOL_QUEUE_": queues.Open, "DANGOL_MAIL_DOMAIN": mails.Open}
	for _, name := range []string{"AWS_REGION", "AWS_ACCESS_KEY_ID", "DANGOL_BASE_URL", "DANGOL_BUCKET", "DANGOL_QUEUE_", "DANGOL_MAIL_DOMAIN"} {
		t.Run(name, func(t *testing.T) {
			part := parts[name]
			if part == nil {
				part = func(*cloud.Ground) error { return nil }
			}
			if _, err := without(whole, name, "DANGOL_QUEUE_SENDS").Open(t.Context(), part); err == nil || !strings.Contains(err.Error(), name) {
				t.Errorf("got %v, want it to name %s", err, name)
			}
		})
	}
}

func TestSecretsThatAreNotWholeAreRefused(t *testing.T) {
	for name, value := range map[string]string{"not JSON": "{", "half of them": `{"Cursor":"AAAA"}`, "nothing": ""} {
		t.Run(name, func(t *testing.T) {
			if _, err := without(place(parameters(t, value))).Open(t.Context()); err == nil {
				t.Error("the place was opened")
			}
		})
	}
	other := place(parameters(t, secrets(t)))
	other["DANGOL_SECRET"] = "/dangol/other/keys"
	if _, err := without(other).Open(t.Context()); err == nil || !strings.Contains(err.Error(), "/dangol/other/keys") {
		t.Errorf("got %v, want it to name the parameter", err)
	}
}
