package iamproxy_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/aws-sdk-go-v2/service/sts/types"

	"github.com/dangol/dangol/localstack/iamproxy"
)

const tenantRole = "arn:aws:iam::000000000000:role/dangol-dev-customers-tenant"

// assume asks for a session of the customers' tenant role.
func assume(role string, tags ...string) *sts.AssumeRoleInput {
	in := &sts.AssumeRoleInput{RoleArn: &role, RoleSessionName: aws.String("test")}
	for i := 0; i < len(tags); i += 2 {
		in.Tags = append(in.Tags, types.Tag{Key: &tags[i], Value: &tags[i+1]})
	}
	return in
}

func given(out *sts.AssumeRoleOutput) aws.Credentials {
	c := out.Credentials
	return aws.Credentials{AccessKeyID: *c.AccessKeyId, SecretAccessKey: *c.SecretAccessKey, SessionToken: *c.SessionToken}
}

func TestAFunctionReachesATenantOnlyThroughItsTag(t *testing.T) {
	w := open(t)
	own := w.function(t, "customers")
	if err := (store{own, ours}).get(t.Context(), crm, "1"); !refused(err) {
		t.Errorf("under the function's own role: got %v, want a denial", err)
	}
	out, err := own.tokens.AssumeRole(t.Context(), assume(tenantRole, "tenant", ours))
	if err != nil {
		t.Fatal(err)
	}
	if lives := time.Until(*out.Credentials.Expiration); lives < 59*time.Minute || lives > time.Hour {
		t.Errorf("the session lives %v, want an hour", lives)
	}
	bound := w.clients(given(out))
	if err := (store{bound, ours}).get(t.Context(), crm, "1"); err != nil {
		t.Errorf("with the tag: %v", err)
	}
	if err := (store{bound, theirs}).get(t.Context(), crm, "1"); !refused(err) {
		t.Errorf("another tenant's: got %v, want a denial", err)
	}
	if _, err := bound.tokens.AssumeRole(t.Context(), assume(tenantRole, "tenant", theirs)); !refused(err) {
		t.Errorf("from one tenant to another: got %v, want a denial", err)
	}
}

func TestAssumptionsThatAreRefused(t *testing.T) {
	long := assume(tenantRole, "tenant", ours)
	long.DurationSeconds = aws.Int32(7200)
	unset := assume(tenantRole, "tenant", ours)
	unset.TransitiveTagKeys = []string{"other"}
	for name, in := range map[string]*sts.AssumeRoleInput{
		"without a tag":                   assume(tenantRole),
		"with another tag":                assume(tenantRole, "customer", ours),
		"with a tag too many":             assume(tenantRole, "tenant", ours, "role", "admin"),
		"with what is no tenant":          assume(tenantRole, "tenant", "root"),
		"with a wildcard":                 assume(tenantRole, "tenant", "*"),
		"with a tenant and a wildcard":    assume(tenantRole, "tenant", "wsp_*"),
		"the tenant role of another row":  assume(strings.Replace(tenantRole, "customers", "campaigns", 1), "tenant", ours),
		"a role that is not in the stack": assume(tenantRole+"x", "tenant", ours),
		"for longer than a chained hour":  long,
		"a transitive tag that is unset":  unset,
	} {
		w := open(t)
		if _, err := w.function(t, "customers").tokens.AssumeRole(t.Context(), in); !refused(err) {
			t.Errorf("%s: got %v, want a denial", name, err)
		}
		if len(w.Denied()) == 0 {
			t.Errorf("%s: no record of it", name)
		}
	}
}

// Either side alone is not enough: the caller's right to assume, or the role's trust in it.
func TestBothSidesMustAgreeToAnAssumption(t *testing.T) {
	campaigns := strings.Replace(tenantRole, "customers", "campaigns", 1)
	for name, change := range map[string]func(w *iamproxy.World){
		"a role that trusts the whole account": func(w *iamproxy.World) {
			w.Roles[campaigns].Trust.Statement[0].Principal = iamproxy.Principals{"AWS": {"arn:aws:iam::000000000000:root"}}
		},
		"a caller that may assume everything": func(w *iamproxy.World) {
			own, err := w.RoleOf("customers")
			if err != nil {
				t.Fatal(err)
			}
			own.Policies[0].Statement = append(own.Policies[0].Statement, iamproxy.Statement{Effect: iamproxy.Allow, Action: iamproxy.Strings{"sts:*"}, Resource: iamproxy.Strings{"*"}})
		},
	} {
		w := open(t, change)
		if _, err := w.function(t, "customers").tokens.AssumeRole(t.Context(), assume(campaigns, "tenant", ours)); !refused(err) {
			t.Errorf("%s: got %v, want a denial", name, err)
		}
	}
}

func TestASessionPolicyNarrows(t *testing.T) {
	w := open(t)
	in := assume(tenantRole, "tenant", ours)
	in.Policy = aws.String(`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"dynamodb:GetItem","Resource":"*"}}`)
	out, err := w.function(t, "customers").tokens.AssumeRole(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	s := store{w.clients(given(out)), ours}
	if err := s.get(t.Context(), crm, "1"); err != nil {
		t.Errorf("what both allow: %v", err)
	}
	if err := s.put(t.Context(), crm, "1"); !refused(err) {
		t.Errorf("what the session policy leaves out: got %v, want a denial", err)
	}
}

func TestATransitiveTagCannotBeReplaced(t *testing.T) {
	s := &iamproxy.Session{Tags: map[string]string{"tenant": ours}, Transitive: []string{"tenant"}}
	if err := s.Inherit(&iamproxy.Session{Tags: map[string]string{"tenant": theirs}}); err == nil {
		t.Error("replaced")
	}
	next := &iamproxy.Session{Tags: map[string]string{}}
	if err := s.Inherit(next); err != nil || next.Tags["tenant"] != ours {
		t.Errorf("got %v and %v, want the tag passed on", next.Tags, err)
	}
}

func TestCredentialsThatAreNoSession(t *testing.T) {
	w := open(t)
	real, err := w.Tenant("customers", ours)
	if err != nil {
		t.Fatal(err)
	}
	forged, stale := real, real
	forged.SecretAccessKey, stale.SessionToken = "guessed", "another"
	for name, c := range map[string]aws.Credentials{
		"unknown": {AccessKeyID: "test", SecretAccessKey: "test"}, "a known key with a guessed secret": forged, "another session's token": stale,
	} {
		if err := (store{w.clients(c), ours}).get(t.Context(), crm, "1"); !refused(err) {
			t.Errorf("%s: got %v, want a denial", name, err)
		}
	}
	if w.up.reached() != 0 || len(w.Denied()) != 3 {
		t.Errorf("%d calls reached the emulator; records %v", w.up.reached(), w.Denied())
	}
}

func TestALinkIsGoodForItsObjectOnly(t *testing.T) {
	w := open(t)
	c := w.tenant(t, "imports")
	link := func(key string, lives time.Duration) string {
		out, err := s3.NewPresignClient(c.blob).PresignGetObject(t.Context(), &s3.GetObjectInput{Bucket: aws.String(bucket), Key: &key,
			ResponseContentDisposition: aws.String("attachment")}, s3.WithPresignExpires(lives))
		if err != nil {
			t.Fatal(err)
		}
		return out.URL
	}
	good := link("t/"+ours+"/exports/1.csv", time.Minute)
	for name, c := range map[string]struct {
		url  string
		want int
	}{
		"as it was made":         {good, 200},
		"with another object":    {strings.Replace(good, "exports/1", "exports/2", 1), 403},
		"with another tenant":    {strings.Replace(good, ours, theirs, 1), 403},
		"with a longer life":     {strings.Replace(good, "Expires=60", "Expires=6000", 1), 403},
		"made for a foreign one": {link("t/"+theirs+"/exports/1.csv", time.Minute), 403},
		"without its signature":  {strings.Split(good, "?")[0], 403},
	} {
		response, err := http.Get(c.url)
		if err != nil {
			t.Fatal(err)
		}
		if response.Body.Close(); response.StatusCode != c.want {
			t.Errorf("%s: got %d, want %d", name, response.StatusCode, c.want)
		}
	}
	if w.up.reached() != 1 {
		t.Errorf("%d calls reached the emulator, want the good one", w.up.reached())
	}
}

func TestSessionsAndLinksEnd(t *testing.T) {
	w := open(t)
	s := store{w.tenant(t, "imports"), ours}
	out, err := s3.NewPresignClient(s.blob).PresignGetObject(t.Context(), &s3.GetObjectInput{Bucket: aws.String(bucket), Key: s.object()})
	if err != nil {
		t.Fatal(err)
	}
	w.ahead.Store(int64(16 * time.Minute)) // links live for fifteen unless told otherwise
	response, err := http.Get(out.URL)
	if err != nil {
		t.Fatal(err)
	}
	if response.Body.Close(); response.StatusCode != 403 {
		t.Errorf("an old link: got %d, want 403", response.StatusCode)
	}
	if err := s.download(t.Context()); err != nil {
		t.Errorf("a session of 16 minutes: %v", err)
	}
	w.ahead.Store(int64(61 * time.Minute))
	if err := s.download(t.Context()); !refused(err) {
		t.Errorf("a session of 61 minutes: got %v, want a denial", err)
	}
}

// The emulator gets its own keys, the right path, and nothing of the session's.
func TestWhatTheEmulatorSees(t *testing.T) {
	w := open(t)
	s := store{w.tenant(t, "imports"), ours}
	if err := s.upload(t.Context()); err != nil {
		t.Fatal(err)
	}
	r := w.up.calls[0]
	if got := r.Header.Get("Authorization"); !strings.Contains(got, "Credential=test/") || r.Header.Get("X-Amz-Security-Token") != "" {
		t.Errorf("signed by %q with the token %q", got, r.Header.Get("X-Amz-Security-Token"))
	}
	if want := "/" + bucket + "/t/" + ours + "/imports/1/file"; r.URL.Path != want || w.up.sent[0] != "a,b" {
		t.Errorf("got %s %q, want %s", r.URL.Path, w.up.sent[0], want)
	}
	if strings.Contains(r.Host, strings.TrimPrefix(w.endpoint, "http://")) {
		t.Errorf("the host is still the proxy's, %s", r.Host)
	}
}

func TestABucketInTheHostGoesIntoThePath(t *testing.T) {
	w := open(t)
	out, err := s3.NewPresignClient(w.tenant(t, "imports").blob, func(o *s3.PresignOptions) {
		o.ClientOptions = append(o.ClientOptions, func(o *s3.Options) {
			o.UsePathStyle, o.BaseEndpoint = false, aws.String("http://localhost:1234")
		})
	}).PresignPutObject(t.Context(), &s3.PutObjectInput{Bucket: aws.String(bucket), Key: aws.String("t/" + ours + "/a b")})
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(out.URL)
	if err != nil || u.Host != bucket+".localhost:1234" {
		t.Fatalf("the link's host is %s: %v", u.Host, err)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPut, w.endpoint+u.RequestURI(), strings.NewReader("x"))
	if err != nil {
		t.Fatal(err)
	}
	r.Host = u.Host
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(response.Body)
	response.Body.Close()
	if response.StatusCode != 200 || w.up.calls[0].URL.Path != "/"+bucket+"/t/"+ours+"/a b" {
		t.Errorf("got %d %s", response.StatusCode, body)
	}
}

func TestQueuesAreThoseOfTheRow(t *testing.T) {
	w := open(t)
	send := func(queue string) error {
		_, err := w.function(t, "changefeed").queue.SendMessage(t.Context(), &sqs.SendMessageInput{
			QueueUrl: aws.String("http://localhost:4566/000000000000/" + queue), MessageBody: aws.String("x")})
		return err
	}
	if err := send("dangol-dev-sends"); err != nil {
		t.Error(err)
	}
	if err := send("dangol-dev-outcomes"); !refused(err) {
		t.Errorf("a queue that the row does not send to: got %v, want a denial", err)
	}
}
