package iamproxy_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/dangol/dangol/localstack/iamproxy"
	"github.com/dangol/dangol/shared/catalogue"
)

const (
	ours   = "wsp_01KJQ6PSG02X9YPKYC3QEKNM3P"
	theirs = "wsp_01KJQ6PSG02X9YPKYC3QEKNM3Q"
	region = "ap-northeast-2"
)

// upstream stands for the emulator: it answers everything and notes what reached it.
type upstream struct {
	mu    sync.Mutex
	calls []*http.Request
	sent  []string // bodies, by call
}

func (u *upstream) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	u.mu.Lock()
	u.calls, u.sent = append(u.calls, r), append(u.sent, string(body))
	u.mu.Unlock()
	if r.Header.Get("X-Amz-Target") != "" {
		w.Header().Set("Content-Type", "application/x-amz-json-1.0")
		w.Write([]byte(`{}`))
	}
}

func (u *upstream) reached() int {
	u.mu.Lock()
	defer u.mu.Unlock()
	return len(u.calls)
}

// world is a proxy before an upstream.
type world struct {
	*iamproxy.Proxy
	up       *upstream
	endpoint string
	emulator string       // behind it
	ahead    atomic.Int64 // nanoseconds by which the proxy's clock is
}

// open starts a proxy over the rights of the rows, changed by those who wish.
func open(t testing.TB, change ...func(*iamproxy.World)) *world {
	t.Helper()
	rights := iamproxy.FromRows(catalogue.Rows(), "dev", iamproxy.Place{})
	for _, c := range change {
		c(rights)
	}
	w := &world{up: &upstream{}}
	behind := httptest.NewServer(w.up)
	t.Cleanup(behind.Close)
	now := func() time.Time { return time.Now().Add(time.Duration(w.ahead.Load())) }
	p, err := iamproxy.New(iamproxy.Options{World: rights, Upstream: behind.URL, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	front := httptest.NewServer(p)
	t.Cleanup(front.Close)
	w.Proxy, w.endpoint, w.emulator = p, front.URL, behind.URL
	return w
}

// clients are AWS's own, with the credentials of one session.
type clients struct {
	config aws.Config
	table  *dynamodb.Client
	blob   *s3.Client
	queue  *sqs.Client
	tokens *sts.Client
}

func (w *world) clients(c aws.Credentials) clients {
	cfg := aws.Config{Region: region, BaseEndpoint: aws.String(w.endpoint), RetryMaxAttempts: 1,
		Credentials: credentials.StaticCredentialsProvider{Value: c}}
	return clients{
		config: cfg,
		table:  dynamodb.NewFromConfig(cfg),
		blob:   s3.NewFromConfig(cfg, func(o *s3.Options) { o.UsePathStyle = true }),
		queue:  sqs.NewFromConfig(cfg, func(o *sqs.Options) { o.DisableMessageChecksumValidation = true }), tokens: sts.NewFromConfig(cfg),
	}
}

// tenant are the clients of a row's function with our tenant's session; function those with its own role.
func (w *world) tenant(t testing.TB, row string) clients {
	t.Helper()
	c, err := w.Tenant(row, ours)
	if err != nil {
		t.Fatal(err)
	}
	return w.clients(c)
}

func (w *world) function(t testing.TB, row string) clients {
	t.Helper()
	c, err := w.Function(row)
	if err != nil {
		t.Fatal(err)
	}
	return w.clients(c)
}
