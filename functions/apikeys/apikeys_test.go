package apikeys_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/functions/apikeys"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

const path = "/v1/api-keys"

// office is a running feature with the owners of two workspaces.
type office struct {
	*testenv.Place
	*testenv.Server
	ours, theirs string // access tokens
}

func open(t *testing.T) *office {
	t.Helper()
	p := testenv.New(t)
	return &office{p, p.Serve(t, apikeys.New(p.Env)), p.Owner(t, "one@shop.kr").Token, p.Owner(t, "two@shop.kr").Token}
}

func (o *office) create(t *testing.T, token string, body any, header ...string) *testenv.Reply {
	t.Helper()
	return o.Do(t, testenv.Request{Method: http.MethodPost, Path: path, Token: token, Body: body, Header: header})
}

func (o *office) list(t *testing.T, token string) *testenv.Reply {
	t.Helper()
	return o.Do(t, testenv.Request{Method: http.MethodGet, Path: path, Token: token})
}

func shop(scopes ...string) map[string]any {
	return map[string]any{"name": "Shop", "scopes": append([]string{}, scopes...)}
}

func (o *office) works(t *testing.T, secret string) bool {
	t.Helper()
	return o.list(t, secret).Status != http.StatusUnauthorized // 403: known, and not the owner
}

// ASVS 11.4.1, 13.3.1: the secret is shown once and stored as a keyed hash.
func TestAKeyIsShownOnceAndWorks(t *testing.T) {
	o := open(t)
	made := o.create(t, o.ours, shop("customers:read", "orders:write"))
	secret, _ := made.At("key").(string)
	if made.Status != 201 || !strings.HasPrefix(secret, "dgl_live_") || made.At("prefix") != secret[:13] {
		t.Fatalf("got %d %s", made.Status, made.Text)
	}
	all := o.list(t, o.ours)
	if strings.Contains(all.Text, secret) || strings.Contains(all.Text, `"hash"`) || !strings.Contains(all.Text, `"prefix":"`+secret[:13]+`"`) {
		t.Errorf("the list says %s", all.Text)
	}
	if strings.Contains(all.Text, "lastUsedAt") {
		t.Error("a key never used has a last use")
	}
	if !o.works(t, secret) {
		t.Error("the key does not work")
	}
	if all := o.list(t, o.ours); !strings.Contains(all.Text, `"lastUsedAt":"2026-03-02T12:00:00Z"`) {
		t.Errorf("after its use: %s", all.Text)
	}
	if theirs := o.list(t, o.theirs); strings.TrimSpace(theirs.Text) != `{"data":[]}` {
		t.Errorf("the other tenant sees %s", theirs.Text)
	}
	if strings.Contains(o.LogText.String(), secret) {
		t.Error("the log holds the secret")
	}
}

// ASVS 8.2.1: a key gives nobody more rights than its maker had, so no key makes keys.
func TestAKeyCannotMakeKeys(t *testing.T) {
	o := open(t)
	secret := o.create(t, o.ours, shop("customers:write")).At("key").(string)
	for _, r := range []*testenv.Reply{o.create(t, secret, shop("customers:read")), o.list(t, secret)} {
		if r.Status != http.StatusForbidden || r.Problem() != "owner_only" {
			t.Errorf("got %d %s", r.Status, r.Problem())
		}
	}
}

func TestCreateNamesEveryFieldThatBreaksARule(t *testing.T) {
	o := open(t)
	for name, c := range map[string]struct {
		body any
		want string
	}{
		"nothing":           {map[string]any{}, "validation_failed /name:required_missing /scopes:required_missing"},
		"an unknown scope":  {shop("customers:read", "everything"), "validation_failed /scopes/1:option_unknown"},
		"all rights":        {shop("*"), "validation_failed /scopes/0:option_unknown"},
		"no scope":          {shop(), "validation_failed /scopes:required_missing"},
		"a scope twice":     {shop("orders:read", "orders:read"), "validation_failed /scopes/1:items_repeated"},
		"an unknown mode":   {map[string]any{"name": "a", "scopes": []string{"orders:read"}, "mode": "root"}, "validation_failed /mode:option_unknown"},
		"an end in history": {map[string]any{"name": "a", "scopes": []string{"orders:read"}, "expiresAt": "2026-03-02T11:59:59Z"}, "validation_failed /expiresAt:time_in_past"},
	} {
		t.Run(name, func(t *testing.T) {
			if r := o.create(t, o.ours, c.body); r.Status != 422 || r.Problem() != c.want {
				t.Errorf("got %d %s, want %s", r.Status, r.Problem(), c.want)
			}
		})
	}
	if all := o.list(t, o.ours); strings.TrimSpace(all.Text) != `{"data":[]}` {
		t.Errorf("left: %s", all.Text)
	}
}

func TestADeletedKeyStopsAtOnce(t *testing.T) {
	o := open(t)
	made := o.create(t, o.ours, shop("customers:read"))
	secret, one := made.At("key").(string), path+"/"+made.At("id").(string)
	if !o.works(t, secret) {
		t.Fatal("the key does not work to begin with")
	}
	if r := o.Do(t, testenv.Request{Method: http.MethodDelete, Path: one, Token: o.theirs}); r.Status != 404 || !o.works(t, secret) {
		t.Errorf("by the other tenant: got %d", r.Status)
	}
	if r := o.Do(t, testenv.Request{Method: http.MethodDelete, Path: one, Token: o.ours}); r.Status != 204 {
		t.Errorf("got %d %s", r.Status, r.Text)
	}
	if o.works(t, secret) {
		t.Error("the deleted key works")
	}
	if r := o.Do(t, testenv.Request{Method: http.MethodDelete, Path: one, Token: o.ours}); r.Status != 404 || r.Problem() != "api_key_not_found" {
		t.Errorf("a second time: got %d %s", r.Status, r.Problem())
	}
}

func TestAKeyRunsOut(t *testing.T) {
	o := open(t)
	body := shop("customers:read")
	body["expiresAt"] = "2026-03-02T12:10:00Z"
	secret := o.create(t, o.ours, body).At("key").(string)
	if !o.works(t, secret) {
		t.Error("before its end it does not work")
	}
	o.Time.Advance(10 * time.Minute)
	if o.works(t, secret) {
		t.Error("after its end it works")
	}
}

// A reply that was lost is asked for again: the same key comes back, and there is one.
func TestARepeatedCreateGivesTheSameKey(t *testing.T) {
	o := open(t)
	first := o.create(t, o.ours, shop("customers:read"), "Idempotency-Key", "once")
	again := o.create(t, o.ours, shop("customers:read"), "Idempotency-Key", "once")
	if again.Status != 201 || again.At("key") != first.At("key") {
		t.Errorf("got %d %s, want %s", again.Status, again.Text, first.Text)
	}
	if all := o.list(t, o.ours); strings.Count(all.Text, `"id"`) != 1 {
		t.Errorf("got %s", all.Text)
	}
}

func TestAPlanBoundsTheKeys(t *testing.T) {
	o := open(t)
	for n := range 10 {
		if r := o.create(t, o.ours, shop("customers:read")); r.Status != 201 {
			t.Fatalf("key %d: %d %s", n, r.Status, r.Text)
		}
	}
	if r := o.create(t, o.ours, shop("customers:read")); r.Status != 409 || r.Problem() != "api_keys_full" {
		t.Errorf("got %d %s", r.Status, r.Problem())
	}
	if r := o.create(t, o.theirs, shop("customers:read")); r.Status != 201 {
		t.Errorf("the other tenant: got %d", r.Status)
	}
}
