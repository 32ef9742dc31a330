package tenantcreds_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/cloud/tenantcreds"
)

const begun = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>ASIA1</AccessKeyId>
<SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2026-11-22T10:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`

// ask calls a service that answers so, and returns the form that it was sent.
func ask(t *testing.T, status int, answer string) (got aws.Credentials, form url.Values, err error) {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		form, _ = url.ParseQuery(string(body))
		if !strings.HasPrefix(r.Header.Get("Authorization"), "AWS4-HMAC-SHA256 Credential=AKTEST/") || !strings.Contains(r.Header.Get("Authorization"), "/ap-northeast-2/sts/") {
			status = http.StatusForbidden
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, answer)
	}))
	t.Cleanup(s.Close)
	cfg := aws.Config{Region: "ap-northeast-2", BaseEndpoint: &s.URL, Credentials: credentials.NewStaticCredentialsProvider("AKTEST", "s", "")}
	got, err = tenantcreds.NewService(cfg, clock.NewManual(soon)).Begin(context.Background(),
		tenantcreds.Session{Role: role, Name: "customers", Tenant: hana, Life: time.Hour})
	return got, form, err
}

func TestTheServiceIsAskedForATaggedSession(t *testing.T) {
	got, form, err := ask(t, http.StatusOK, begun)
	if err != nil || got.AccessKeyID != "ASIA1" || got.SecretAccessKey != "s" || got.SessionToken != "t" || !got.CanExpire || !got.Expires.Equal(soon.Add(time.Hour)) {
		t.Errorf("got %+v, %v", got, err)
	}
	for name, want := range map[string]string{"Action": "AssumeRole", "RoleArn": role, "RoleSessionName": "customers", "DurationSeconds": "3600",
		"Tags.member.1.Key": "tenant", "Tags.member.1.Value": hana, "TransitiveTagKeys.member.1": "tenant"} {
		if form.Get(name) != want {
			t.Errorf("%s is %q, want %q", name, form.Get(name), want)
		}
	}
}

func TestAnAnswerWithoutCredentialsIsAnError(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		answer string
	}{
		"refused":       {http.StatusForbidden, "<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>"},
		"not XML":       {http.StatusOK, "{}"},
		"empty":         {http.StatusOK, "<AssumeRoleResponse/>"},
		"without a key": {http.StatusOK, strings.Replace(begun, "<SecretAccessKey>s</SecretAccessKey>", "", 1)},
		"without an end": {http.StatusOK, begun[:strings.Index(begun, "<Expiration>")] +
			begun[strings.Index(begun, "</Credentials>"):]},
	} {
		t.Run(name, func(t *testing.T) {
			if got, _, err := ask(t, c.status, c.answer); err == nil || got.HasKeys() {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}
