package operator_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/cloud/operator"
)

// lambda is Lambda's API with one answer, reached by the stage "test".
func lambda(t *testing.T, request string, answer http.HandlerFunc) *operator.Place {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if got := r.Method + " " + r.URL.RequestURI() + " " + string(body); got != request {
			t.Errorf("got %q, want %q", got, request)
		}
		if !strings.HasPrefix(r.Header.Get("Authorization"), "AWS4-HMAC-SHA256 Credential=AKTEST/") {
			t.Errorf("not signed: %q", r.Header.Get("Authorization"))
		}
		answer(w, r)
	}))
	t.Cleanup(server.Close)
	for name, value := range map[string]string{
		"AWS_ENDPOINT_URL_LAMBDA": server.URL, "AWS_REGION": "ap-northeast-2", "AWS_ACCESS_KEY_ID": "AKTEST", "AWS_SECRET_ACCESS_KEY": "test",
		"AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null", "AWS_PROFILE": "",
	} {
		t.Setenv(name, value)
	}
	p, err := operator.Open(t.Context(), "test", "", "")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func says(status int, body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// A function that fails by itself is told apart from a call that did not come through: the first says something about the payload.
func TestInvoke(t *testing.T) {
	for name, c := range map[string]struct {
		answer   http.HandlerFunc
		want     string
		err      string
		function bool // failed by itself
	}{
		"an answer":       {says(200, `{"batchItemFailures":[]}`), `{"batchItemFailures":[]}`, "", false},
		"it broke":        {says(200, `{"errorMessage":"nil map"}`, "X-Amz-Function-Error", "Unhandled"), "", "dangol-test-changefeed, Unhandled: {\"errorMessage\":\"nil map\"}", true},
		"no such one":     {says(404, `{"Message":"Function not found"}`), "", "invoke dangol-test-changefeed: 404 Not Found: ", false},
		"a right missing": {says(403, strings.Repeat("x", 1000)), "", "403 Forbidden: " + strings.Repeat("x", 400) + "...", false},
	} {
		t.Run(name, func(t *testing.T) {
			p := lambda(t, `POST /2015-03-31/functions/dangol-test-changefeed/invocations {"Records":[]}`, c.answer)
			got, err := p.Invoke(t.Context(), "changefeed", []byte(`{"Records":[]}`))
			if string(got) != c.want || (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) || errors.Is(err, operator.ErrFunction) != c.function {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}

func TestWhatAFunctionIsTold(t *testing.T) {
	request := "GET /2015-03-31/functions/dangol-test-exports/configuration "
	p := lambda(t, request, says(200, `{"Environment":{"Variables":{"DANGOL_BUCKET":"objects-1"}}}`))
	if got, err := p.Setting(t.Context(), "exports", "DANGOL_BUCKET"); got != "objects-1" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	p = lambda(t, request, says(200, `{}`))
	if got, err := p.Setting(t.Context(), "exports", "DANGOL_BUCKET"); err == nil || !strings.Contains(err.Error(), "dangol-test-exports has no DANGOL_BUCKET") {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestWhereFailuresAreSetAside(t *testing.T) {
	for name, c := range map[string]struct{ answer, want, err string }{
		"a bucket": {`{"EventSourceMappings":[{},{"DestinationConfig":{"OnFailure":{"Destination":"arn:aws:s3:::aside-1"}}}]}`, "aside-1", ""},
		"a queue":  {`{"EventSourceMappings":[{"DestinationConfig":{"OnFailure":{"Destination":"arn:aws:sqs:r:1:dead"}}}]}`, "", "name it with -bucket"},
		"nothing":  {`{"EventSourceMappings":[]}`, "", "no event source of dangol-test-changefeed"},
		"no JSON":  {`<html>`, "", "read the event sources"},
	} {
		t.Run(name, func(t *testing.T) {
			p := lambda(t, "GET /2015-03-31/event-source-mappings?FunctionName=dangol-test-changefeed ", says(200, c.answer))
			got, err := p.Aside(t.Context(), "changefeed")
			if got != c.want || (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}

func TestAPlaceNeedsARegion(t *testing.T) {
	for _, name := range []string{"AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"} {
		t.Setenv(name, "")
	}
	t.Setenv("AWS_CONFIG_FILE", "/dev/null")
	if _, err := operator.Open(t.Context(), "test", "", ""); err == nil || !strings.Contains(err.Error(), "no region for stage test") {
		t.Errorf("got %v", err)
	}
	p, err := operator.Open(t.Context(), "test", "", "eu-west-1")
	if err != nil || p.Name("sends") != "dangol-test-sends" || p.TableName("crm") != "dangol-test-crm" {
		t.Errorf("got %v, %v", p, err)
	}
}
