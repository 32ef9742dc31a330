// Package dynamo is the table engine on DynamoDB: each call of the port is one request where that is possible, and every promise of the port that
// DynamoDB does not make by itself (exact bounds, an honest end of a page, counters that a put keeps) is made here.
package dynamo

import (
	"context"
	"fmt"
	"math/rand/v2"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/ratelimit"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/table"
)

// Client is what the engine calls of *dynamodb.Client. The engine turns the SDK's own retries off for its calls: it alone knows which may be repeated.
type Client interface {
	GetItem(context.Context, *dynamodb.GetItemInput, ...func(*dynamodb.Options)) (*dynamodb.GetItemOutput, error)
	BatchGetItem(context.Context, *dynamodb.BatchGetItemInput, ...func(*dynamodb.Options)) (*dynamodb.BatchGetItemOutput, error)
	Query(context.Context, *dynamodb.QueryInput, ...func(*dynamodb.Options)) (*dynamodb.QueryOutput, error)
	UpdateItem(context.Context, *dynamodb.UpdateItemInput, ...func(*dynamodb.Options)) (*dynamodb.UpdateItemOutput, error)
	DeleteItem(context.Context, *dynamodb.DeleteItemInput, ...func(*dynamodb.Options)) (*dynamodb.DeleteItemOutput, error)
	TransactWriteItems(context.Context, *dynamodb.TransactWriteItemsInput, ...func(*dynamodb.Options)) (*dynamodb.TransactWriteItemsOutput, error)
}

// Options tune an engine; only Names has no default.
type Options struct {
	// Names holds what each table is called on DynamoDB; see Names. A table that is missing cannot be reached.
	Names map[table.Name]string
	// Meter is told what each call cost, as DynamoDB answers it; a write is reported for each of its tables. It is called by concurrent callers.
	// A refused call answers no figures and is not reported, although AWS charges failed conditions.
	Meter func(Consumed)
	// Tenants gives the credentials with which For acts; nil: For acts with the client's.
	Tenants func(tenant string) aws.CredentialsProvider
	// OnThrottle is told of every refusal for now, those that a repetition cured too. It is called by concurrent callers.
	OnThrottle func(Throttle)
	// Clock paces repetitions; nil is the machine's.
	Clock clock.Clock
	// Random spreads them, with numbers in [0, 1); nil is math/rand/v2.
	Random func() float64
}

// Consumed are the capacity units of one call on one table.
type Consumed struct {
	Op          string // get, batchget, query or write
	Table       table.Name
	Tenant      string // in whose name it was; "" for the function's own
	Read, Write float64
}

// Throttle is one refusal by DynamoDB: too many requests, or a write that met another on the same item.
type Throttle struct {
	Op      string // as in Consumed
	Table   table.Name
	Tenant  string   // whose call it was; "" for keys that belong to no tenant
	Reasons []string // DynamoDB's words, such as TableWriteKeyRangeThroughputExceeded or TransactionConflict
}

// Engine implements table.Table.
type Engine struct {
	client Client
	o      Options
	tables map[string]table.Name // by the name on DynamoDB
	budget *ratelimit.TokenRateLimit
	each   func(*dynamodb.Options) // of each request
	tenant string                  // in whose name, if not the function's own
}

var (
	_ table.Table     = (*Engine)(nil)
	_ table.PerTenant = (*Engine)(nil)
)

// New returns the engine. It makes no request.
func New(client Client, o Options) *Engine {
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	if o.Random == nil {
		o.Random = rand.Float64
	}
	e := &Engine{client: client, o: o, tables: map[string]table.Name{}, budget: ratelimit.NewTokenRateLimit(budget), each: once}
	for t, name := range o.Names {
		e.tables[name] = t
	}
	return e
}

// For returns the same engine with the tenant's credentials on every request: the client, its connections and the budget are shared.
func (e *Engine) For(tenant string) table.Table {
	bound := *e
	bound.tenant = tenant
	if e.o.Tenants == nil {
		return &bound
	}
	who := e.o.Tenants(tenant)
	bound.each = func(o *dynamodb.Options) {
		once(o)
		o.Credentials = who
	}
	return &bound
}

// Names calls each table by the prefix and its name, as infra does with "dangol-<stage>-".
func Names(prefix string) map[table.Name]string {
	names := map[table.Name]string{}
	for _, t := range table.Names() {
		names[t] = prefix + string(t)
	}
	return names
}

// name returns what the table is called on DynamoDB.
func (e *Engine) name(t table.Name) (*string, error) {
	name, ok := e.o.Names[t]
	if !ok {
		return nil, fmt.Errorf("dynamo: table %s has no name in this place", t)
	}
	return &name, nil
}

// admit turns a call away before it costs a request.
func admit(ctx context.Context, malformed error) error {
	if malformed != nil {
		return malformed
	}
	return ctx.Err()
}

// meter reports what DynamoDB says a call consumed.
func (e *Engine) meter(op string, consumed ...types.ConsumedCapacity) {
	if e.o.Meter == nil {
		return
	}
	for _, c := range consumed {
		used := Consumed{Op: op, Table: e.tables[aws.ToString(c.TableName)], Tenant: e.tenant}
		if units := aws.ToFloat64(c.CapacityUnits); op == "write" {
			used.Write = units
		} else {
			used.Read = units
		}
		e.o.Meter(used)
	}
}

func (e *Engine) meterOne(op string, consumed *types.ConsumedCapacity) {
	if consumed != nil {
		e.meter(op, *consumed)
	}
}
