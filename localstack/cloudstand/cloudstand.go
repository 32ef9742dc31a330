// Package cloudstand runs every function over AWS's API in one process, for one test: each in the place that shared/cloud opens from what infra would tell
// that function, and started by SQS, by the tables' streams and by the clock as Lambda's event sources would start it. Mail goes through SES's API to a
// post office. It proves the engines and the rows without deploying anything; localstack/deployed proves the deployment.
package cloudstand

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/dangol/dangol/localstack/mounts"
	"github.com/dangol/dangol/localstack/postoffice"
	crmapi "github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/cloud"
	"github.com/dangol/dangol/shared/cloud/lakes"
	"github.com/dangol/dangol/shared/cloud/mails"
	"github.com/dangol/dangol/shared/cloud/objects"
	"github.com/dangol/dangol/shared/cloud/queues"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/table/dynamo/dynamotest"
	"github.com/dangol/dangol/shared/testkit/sestwin"
)

// Options change how a stand is opened.
type Options struct {
	// Settings changes what a function is told, such as the address and the credentials by which it reaches AWS; nil changes nothing.
	Settings func(row catalogue.Function, s map[string]string) map[string]string
}

// Stand is a Dangol over AWS's API that ends with the test.
type Stand struct {
	URL string

	t       testing.TB
	account *account
	places  map[string]*env.Env
	office  *postoffice.Office
	options crmapi.Options
}

// patience is how long a request may take where emulators of one thread are asked by all stories at once: they write some forty items a second.
const patience = 55 * time.Second

// Start makes the stage and begins all work.
func Start(t testing.TB, cfg aws.Config, o Options) *Stand {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	var random [4]byte
	_, _ = rand.Read(random[:])
	s := &Stand{t: t, URL: "http://" + listener.Addr().String(), places: map[string]*env.Env{}}
	s.account, err = newAccount(t.Context(), cfg, "dangol-"+hex.EncodeToString(random[:])+"-")
	must(t, err)
	t.Cleanup(func() { s.account.remove(context.Background()) })
	s.office = postoffice.Open(t, "127.0.0.1:0")
	for _, row := range catalogue.Rows() {
		s.open(row, s.office.URL, o)
	}
	server := httptest.NewUnstartedServer(s.handler())
	_ = server.Listener.Close()
	server.Listener = listener
	server.Start()
	t.Cleanup(server.Close)
	s.work()
	return s
}

// open opens a function's place from its settings alone.
func (s *Stand) open(row catalogue.Function, ses string, o Options) {
	told := s.account.of(row)
	who, err := s.account.cfg.Credentials.Retrieve(s.t.Context())
	must(s.t, err)
	for name, value := range map[string]string{
		"AWS_REGION": s.account.cfg.Region, "AWS_ACCESS_KEY_ID": who.AccessKeyID, "AWS_SECRET_ACCESS_KEY": who.SecretAccessKey,
		"AWS_ENDPOINT_URL": aws.ToString(s.account.cfg.BaseEndpoint), "AWS_ENDPOINT_URL_SESV2": ses,
		"AWS_ENDPOINT_URL_DYNAMODB": aws.ToString(s.account.tables.BaseEndpoint),
		"DANGOL_LAKES":              s.t.TempDir(),
		"DANGOL_BASE_URL":           s.URL, "DANGOL_MAIL_DOMAIN": "mail.dangol.example", "DANGOL_LOG": "WARN",
		"DANGOL_SES_TENANTS": "dangol-stand-", "DANGOL_SES_RESOURCES": sestwin.IdentityARN("mail.dangol.example"),
	} {
		told[name] = value
	}
	if o.Settings != nil {
		told = o.Settings(row, told)
	}
	place, err := cloud.Settings(func(name string) string { return told[name] }).Open(s.t.Context(), parts(row)...)
	must(s.t, err)
	place.Env.Log = slog.New(slog.NewTextHandler(s.t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	s.places[row.Name] = place.Env
	if row.Name == "session" {
		s.options = place.API
		s.options.Limits.Timeout = patience
	}
}

// parts are what the function's lambda/main.go links; a test of the entry points holds it against the row.
func parts(row catalogue.Function) (out []cloud.Part) {
	if row.Blob != catalogue.None {
		out = append(out, objects.Open)
	}
	switch {
	case row.AsksAnew():
		out = append(out, lakes.OpenFresh)
	case row.Cgo:
		out = append(out, lakes.Open)
	}
	if len(row.Sends) > 0 {
		out = append(out, queues.Open)
	}
	if row.Mail {
		out = append(out, mails.Open)
	}
	return out
}

func (s *Stand) handler() http.Handler {
	all := crmapi.New(s.options)
	for name, f := range mounts.Features(s.in()) {
		f.Register(all.For(name))
	}
	mux := http.NewServeMux()
	mux.Handle("/v1/", all.Handler())
	s.office.Mount(mux)
	return mux
}

func (s *Stand) in() mounts.Places {
	return func(function string) *env.Env { return s.places[function] }
}

// work starts the functions as AWS would; the service that reads queues and streams is not one of them and has the rights of the account.
func (s *Stand) work() {
	ctx, stop := context.WithCancel(context.Background())
	q := s.queue()
	log := s.places["session"].Log
	work := &mounts.Triggers{Queue: q, Feed: dynamotest.NewStreams(s.account.tables, s.account.streams), Clock: clock.System{}, Log: log}
	work.Start(ctx, s.in())
	work.Go(func() { work.Report("postoffice", s.office.Run(ctx, nil, report(q))) })
	s.t.Cleanup(func() {
		stop()
		work.Wait()
	})
}

// report puts what became of a mail on the queue of outcomes, as the rule of infra does.
func report(q queue.Queue) func(context.Context, postoffice.Report) error {
	return func(ctx context.Context, r postoffice.Report) error {
		return q.Send(ctx, catalogue.Outcomes, queue.Send{Group: r.Tenant, Body: r.Event})
	}
}

func (s *Stand) queue() queue.Queue {
	e := &env.Env{Clock: clock.System{}}
	must(s.t, queues.Open(&cloud.Ground{Settings: func(name string) string { return s.account.settings[name] }, Config: s.account.cfg, Env: e}))
	return e.Queue
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
