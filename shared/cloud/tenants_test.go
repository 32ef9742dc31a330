package cloud_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/cloud/objects"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/table"
)

// region stands for AWS: STS begins sessions whose key id is the tenant's, and every other call is answered emptily. It notes who signed what.
type region struct {
	mu    sync.Mutex
	calls []string // key id and service, in order
}

var credential = regexp.MustCompile(`Credential=([^/]+)/\d+/[^/]+/([^/]+)/`)

func (r *region) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	m := credential.FindStringSubmatch(q.Header.Get("Authorization"))
	r.mu.Lock()
	r.calls = append(r.calls, m[1]+" "+m[2])
	r.mu.Unlock()
	switch m[2] {
	case "sts":
		_, _ = w.Write([]byte(`<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>` + q.FormValue("Tags.member.1.Value") + `</AccessKeyId><SecretAccessKey>s</SecretAccessKey>` +
			`<SessionToken>t</SessionToken><Expiration>2126-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`))
	case "dynamodb":
		w.Header().Set("Content-Type", "application/x-amz-json-1.0")
		_, _ = w.Write([]byte("{}"))
	}
}

func (r *region) take() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := r.calls
	r.calls = nil
	return all
}

// One session of a tenant serves tables and objects; what belongs to no tenant is read as the function itself.
func TestAFunctionActsInItsTenantsNames(t *testing.T) {
	aws := &region{}
	s := httptest.NewServer(aws)
	t.Cleanup(s.Close)
	hana, duri := id.Derived(id.Workspace, "hana"), id.Derived(id.Workspace, "duri")
	told := place(s.URL)
	told["DANGOL_TENANT_ROLE"], told["DANGOL_FUNCTION"] = "arn:aws:iam::000000000000:role/customers-tenant", "customers"
	p, err := without(told, "DANGOL_SECRET").Open(t.Context(), objects.Open)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		call func(context.Context) error
		want []string
	}{
		{"a record", func(ctx context.Context) error {
			_, err := p.Env.DB.Tenant(hana).Customer(ctx, id.Derived(id.Customer, "minsu"))
			return err
		}, []string{"AKTEST sts", hana + " dynamodb"}},
		{"an object", func(ctx context.Context) error { return p.Env.Objects(hana).Delete(ctx, "t/"+hana+"/a") }, []string{hana + " s3"}},
		{"another tenant's object", func(ctx context.Context) error { return p.Env.Objects(duri).Delete(ctx, "t/"+duri+"/a") }, []string{"AKTEST sts", duri + " s3"}},
		{"what is nobody's", func(ctx context.Context) error {
			_, err := p.Env.Table.Get(ctx, table.CRM, table.Key{PK: "x", SK: "x"})
			return err
		}, []string{"AKTEST dynamodb"}},
	} {
		if err := c.call(t.Context()); err != nil && !strings.Contains(err.Error(), "not_found") {
			t.Errorf("%s: %v", c.name, err)
		}
		if got := aws.take(); !slices.Equal(got, c.want) {
			t.Errorf("%s: called %v, want %v", c.name, got, c.want)
		}
	}
	link, err := p.Env.Objects(hana).UploadURL(t.Context(), "t/"+hana+"/a", blob.Upload{Expires: 1e9})
	if err != nil || !strings.Contains(link, "X-Amz-Credential="+hana) {
		t.Errorf("an upload link: %s, %v", link, err)
	}
}
