// Package cloud opens a function's place on AWS: tables, secrets and callers for every function, and objects, queues and mail for those whose row declares
// them. Each of the latter is a package of its own below this one, so that a function is no larger than what it links.
package cloud

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/identity"
	"github.com/dangol/dangol/shared/logs"
	"github.com/dangol/dangol/shared/mail"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/table/dynamo"
)

// Part opens one port of a place, from the settings that infra gives a function whose row declares the port.
type Part func(*Ground) error

// Ground is what the ports of a place stand on.
type Ground struct {
	Settings
	Config  aws.Config
	Env     *env.Env                                    // which the parts fill
	Tenants func(tenant string) aws.CredentialsProvider // sessions of tenants, shared by tables and objects; nil: all act as the function itself

	usage usage
}

// margin is how long before its deadline a worker stops: a hop's last writes and its next message must be through by then.
const margin = 10 * time.Second

// lakeLag is the window of lakefeed, the writing of a delta, and how long a function does not look again what changed (shared/cloud/lakes).
const lakeLag = 4 * time.Second

// Open returns what opens the place of a function: awslambda.ServeHTTP("imports", cloud.Open(objects.Open), imports.New)
func Open(parts ...Part) awslambda.Open {
	return func(ctx context.Context) (*awslambda.Place, error) { return Environment().Open(ctx, parts...) }
}

// Open opens the place that the settings describe.
func (s Settings) Open(ctx context.Context, parts ...Part) (*awslambda.Place, error) {
	cfg, err := s.Config()
	if err != nil {
		return nil, err
	}
	g := &Ground{Settings: s, Config: cfg, Tenants: s.tenants(cfg, clock.System{})}
	if err := g.open(ctx); err != nil {
		return nil, err
	}
	for _, open := range parts {
		if err := open(g); err != nil {
			return nil, err
		}
	}
	p := &awslambda.Place{Env: g.Env, Decode: dynamo.Decode, After: func(ctx context.Context) { g.usage.tell(ctx, g.Env.Log) }}
	if s.keys() {
		p.API, err = options(g.Env)
	}
	return p, err
}

// keys says whether the function is given the installation's secrets, as catalogue.Function.Keys decides. One that is not can verify nobody.
func (s Settings) keys() bool { return s("DANGOL_SECRET") != "" }

// options are those of an HTTP function.
func options(e *env.Env) (api.Options, error) {
	verifier, err := identity.NewVerifier(e)
	if err != nil {
		return api.Options{}, fmt.Errorf("open the verifier of callers: %w", err)
	}
	return api.Options{
		Title: "Dangol", Version: "1", Verifier: verifier, Idempotency: api.TableIdempotency(e.Table),
		CursorKey: e.Settings.Keys.Cursor, Clock: e.Clock, IDs: e.IDs, Logger: e.Log, OnDemand: true,
	}, nil
}

// open makes what every function has: the tables that its settings name, and the installation's secrets.
func (g *Ground) open(ctx context.Context) error {
	base, err := g.Must("DANGOL_BASE_URL")
	if err != nil {
		return err
	}
	c := clock.System{}
	var k env.Keys
	if g.keys() {
		if k, err = keys(ctx, g.Config, c, g.Settings("DANGOL_SECRET")); err != nil {
			return err
		}
	}
	log := logs.New(os.Stdout, g.level())
	t := g.tables(log)
	g.Env = &env.Env{
		DB: store.New(t, c, rand.Reader), Table: t, Clock: c, IDs: id.NewMaker(c.Now, rand.Reader), Rand: rand.Reader,
		Log:      log,
		Settings: env.Settings{BaseURL: base, Keys: k, Margin: margin, LakeLag: lakeLag, From: mail.Address{Name: "Dangol", Email: "hello@" + g.Settings("DANGOL_MAIL_DOMAIN")}},
	}
	return nil
}

// tables opens the tables that the settings name. One that they do not name cannot be reached, whatever the code asks for.
func (g *Ground) tables(log *slog.Logger) *dynamo.Engine {
	names := map[table.Name]string{}
	for _, n := range table.Names() {
		if name := g.Settings("DANGOL_TABLE_" + strings.ToUpper(string(n))); name != "" {
			names[n] = name
		}
	}
	return dynamo.New(dynamodb.NewFromConfig(g.At("DYNAMODB")), dynamo.Options{Names: names, Tenants: g.Tenants, Meter: g.usage.add, OnThrottle: func(t dynamo.Throttle) {
		log.Warn("throttled", "op", t.Op, "table", t.Table, "tenant", t.Tenant, "reasons", t.Reasons)
	}})
}
