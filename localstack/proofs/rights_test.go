package proofs_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/dangol/dangol/localstack/standtest"
	"github.com/dangol/dangol/shared/testkit/partner"
)

// Every operation that asks for a credential refuses a caller without one, and a key without its scope, before it looks at anything else.
func TestEveryOperationAsksForItsRight(t *testing.T) {
	s := standtest.Start(t)
	owner := s.SignUp(t, partner.Person{Email: "owner@shop.kr"})
	keys := map[string]*partner.Client{}
	for _, scope := range []string{"customers:read", "leads:read"} {
		var made struct{ Key string }
		if err := owner.Post(t.Context(), "/v1/api-keys", document{"name": scope, "scopes": []string{scope}}, &made); err != nil {
			t.Fatal(err)
		}
		keys[scope] = owner.With(made.Key)
	}
	tried := 0
	for _, o := range operations(t, s) {
		if len(o.Security) == 0 {
			continue
		}
		path := o.at("cus_01JD8Z4N6T0QF5W9E2R7Y1K3MB")
		if got := answer(t, owner.With(""), o.Method, path, nil); !strings.HasPrefix(got, "401 ") || !strings.Contains(got, "credential_missing") {
			t.Errorf("%s without a credential: got %s", o.ID, got)
		}
		scope := o.Security[0]["bearer"]
		key := keys["customers:read"]
		if slices.Contains(scope, "customers:read") {
			key = keys["leads:read"]
		}
		want := "scope_missing"
		if len(scope) == 0 {
			if want = withoutScope[o.ID]; want == "" {
				continue
			}
		}
		tried++
		if got := answer(t, key, o.Method, path, nil); !strings.HasPrefix(got, "403 ") || !strings.Contains(got, want) {
			t.Errorf("%s with a key without %v: got %s, want %s", o.ID, scope, got, want)
		}
	}
	if tried < 50 {
		t.Errorf("tried %d operations; the document has lost some", tried)
	}
}

// withoutScope are the operations that ask for no scope and yet are not for keys, with what they answer.
var withoutScope = map[string]string{
	"listApiKeys": "owner_only", "createApiKey": "owner_only", "deleteApiKey": "owner_only", "resendVerification": "person_only",
}
