package iamproxy_test

import (
	"context"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/cloud/tenantcreds"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/table/dynamo"
)

// bound is the DynamoDB engine of a function for one tenant, with the sessions that a Lambda would have.
func (w *world) bound(t *testing.T, row, tenant string) *dynamo.Engine {
	t.Helper()
	own := w.function(t, row)
	cache := tenantcreds.New(tenantcreds.Options{STS: tenantcreds.NewService(own.config, clock.System{}), Role: "arn:aws:iam::000000000000:role/dangol-dev-" + row + "-tenant", Function: row, Clock: clock.System{}})
	client := dynamodb.New(own.table.Options(), func(o *dynamodb.Options) { o.Credentials = cache.Tenant(tenant) })
	return dynamo.New(client, dynamo.Options{Names: map[table.Name]string{table.CRM: crm, table.Outreach: outreach, table.Ops: "dangol-dev-ops"}})
}

// The engine that is deployed, with the sessions that are deployed: what shared/store asks of it passes for its own tenant and for no other.
func TestTheEngineIsHeldToItsSessionsTenant(t *testing.T) {
	for name, work := range map[string]func(context.Context, *dynamo.Engine, string) error{
		"get": func(ctx context.Context, e *dynamo.Engine, pk string) error {
			_, err := e.Get(ctx, table.CRM, table.Key{PK: pk, SK: "cus"})
			return err
		},
		"batch get": func(ctx context.Context, e *dynamo.Engine, pk string) error {
			_, err := e.BatchGet(ctx, table.CRM, []table.Key{{PK: "t#" + ours + "#cus#2", SK: "cus"}, {PK: pk, SK: "cus"}})
			return err
		},
		"query": func(ctx context.Context, e *dynamo.Engine, pk string) error {
			_, err := e.Query(ctx, table.Query{Table: table.CRM, PK: pk}.Prefix("tl#"))
			return err
		},
		"query of an index": func(ctx context.Context, e *dynamo.Engine, pk string) error {
			_, err := e.Query(ctx, table.Query{Table: table.CRM, Index: 1, PK: pk, Reverse: true, Limit: 5})
			return err
		},
		"put": func(ctx context.Context, e *dynamo.Engine, pk string) error {
			return e.Write(ctx, table.Op{Table: table.CRM, Item: table.Item{Key: table.Key{PK: pk, SK: "cus"}, Head: []byte("{}")}})
		},
		"transaction": func(ctx context.Context, e *dynamo.Engine, pk string) error {
			return e.Write(ctx, table.Op{Table: table.CRM, If: table.IfAbsent, Item: table.Item{Key: table.Key{PK: "t#" + ours + "#cus#2", SK: "cus"}}},
				table.Op{Table: table.Ops, Kind: table.OpCheck, If: table.IfPresent, Item: table.Item{Key: table.Key{PK: pk, SK: "job"}}})
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := open(t)
			e := w.bound(t, "customers", ours)
			if err := work(t.Context(), e, "t#"+ours+"#cus#1"); len(w.Denied()) > 0 || w.up.reached() != 1 {
				t.Fatalf("its own tenant: %v, %d calls reached the emulator, denied %v", err, w.up.reached(), w.Denied())
			}
			if err := work(t.Context(), e, "t#"+theirs+"#cus#1"); !refused(err) || w.up.reached() != 1 {
				t.Errorf("another tenant: got %v, %d calls reached the emulator", err, w.up.reached())
			}
		})
	}
}

// IAM sees the item's own key alone. An item of ours in their list passes, on AWS as here; the book shows it.
func TestAnItemFiledInAnotherTenantsListIsFound(t *testing.T) {
	w := open(t)
	e := w.bound(t, "customers", ours)
	file := func(list string) {
		it := table.Item{Key: table.Key{PK: "t#" + ours + "#cus#1", SK: "cus"}}
		it.Index[0] = table.Key{PK: list, SK: "1"}
		if err := e.Write(t.Context(), table.Op{Table: table.CRM, Item: it}); err != nil {
			t.Fatal(err)
		}
	}
	file("t#" + ours + "#cus.list#0")
	if got := w.FiledElsewhere(); len(got) != 0 {
		t.Errorf("its own list: got %v", got)
	}
	file("t#" + theirs + "#cus.list#0")
	if got := w.FiledElsewhere(); len(got) != 1 || got[0].Action != "dynamodb:UpdateItem" {
		t.Errorf("another tenant's list: got %v", got)
	}
}
