package dynamo_test

import (
	"context"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/table/dynamo"
)

// signers notes with whose credentials each request would be signed; it answers nothing of use.
type signers struct{ who []string }

func (s *signers) note(ctx context.Context, o []func(*dynamodb.Options)) {
	var all dynamodb.Options
	for _, f := range o {
		f(&all)
	}
	name := "the function"
	if all.Credentials != nil {
		c, _ := all.Credentials.Retrieve(ctx)
		name = c.AccessKeyID
	}
	if _, off := all.Retryer.(aws.NopRetryer); !off {
		name += ", repeated by the SDK"
	}
	s.who = append(s.who, name)
}

func (s *signers) GetItem(ctx context.Context, _ *dynamodb.GetItemInput, o ...func(*dynamodb.Options)) (*dynamodb.GetItemOutput, error) {
	s.note(ctx, o)
	return &dynamodb.GetItemOutput{}, nil
}

func (s *signers) BatchGetItem(ctx context.Context, _ *dynamodb.BatchGetItemInput, o ...func(*dynamodb.Options)) (*dynamodb.BatchGetItemOutput, error) {
	s.note(ctx, o)
	return &dynamodb.BatchGetItemOutput{}, nil
}

func (s *signers) Query(ctx context.Context, _ *dynamodb.QueryInput, o ...func(*dynamodb.Options)) (*dynamodb.QueryOutput, error) {
	s.note(ctx, o)
	return &dynamodb.QueryOutput{}, nil
}

func (s *signers) UpdateItem(ctx context.Context, _ *dynamodb.UpdateItemInput, o ...func(*dynamodb.Options)) (*dynamodb.UpdateItemOutput, error) {
	s.note(ctx, o)
	return &dynamodb.UpdateItemOutput{}, nil
}

func (s *signers) DeleteItem(ctx context.Context, _ *dynamodb.DeleteItemInput, o ...func(*dynamodb.Options)) (*dynamodb.DeleteItemOutput, error) {
	s.note(ctx, o)
	return &dynamodb.DeleteItemOutput{}, nil
}

func (s *signers) TransactWriteItems(ctx context.Context, _ *dynamodb.TransactWriteItemsInput, o ...func(*dynamodb.Options)) (*dynamodb.TransactWriteItemsOutput, error) {
	s.note(ctx, o)
	return &dynamodb.TransactWriteItemsOutput{}, nil
}

// Whatever is asked for in a tenant's name is signed with the tenant's session, and nothing else is.
func TestCallsForATenantCarryItsCredentials(t *testing.T) {
	k := table.Key{PK: "t#wsp_1#cus#1", SK: "cus"}
	put, remove := table.Op{Table: table.CRM, Item: table.Item{Key: k}}, table.Op{Table: table.CRM, Kind: table.OpDelete, Item: table.Item{Key: table.Key{PK: k.PK, SK: "2"}}}
	calls := map[string]func(context.Context, table.Table) error{
		"get": func(ctx context.Context, e table.Table) error { _, err := e.Get(ctx, table.CRM, k); return err },
		"batch get": func(ctx context.Context, e table.Table) error {
			_, err := e.BatchGet(ctx, table.CRM, []table.Key{k})
			return err
		},
		"query": func(ctx context.Context, e table.Table) error {
			_, err := e.Query(ctx, table.Query{Table: table.CRM, PK: k.PK})
			return err
		},
		"put":         func(ctx context.Context, e table.Table) error { return e.Write(ctx, put) },
		"delete":      func(ctx context.Context, e table.Table) error { return e.Write(ctx, remove) },
		"transaction": func(ctx context.Context, e table.Table) error { return e.Write(ctx, put, remove) },
	}
	for name, call := range calls {
		t.Run(name, func(t *testing.T) {
			s := &signers{}
			e := dynamo.New(s, dynamo.Options{Names: dynamo.Names("x-"), Tenants: func(tenant string) aws.CredentialsProvider {
				return credentials.NewStaticCredentialsProvider(tenant, "s", "")
			}})
			for want, as := range map[string]table.Table{"wsp_1": table.For(e, "wsp_1"), "wsp_2": table.For(e, "wsp_2"), "the function": e} {
				s.who = nil
				if err := call(t.Context(), as); err != nil || len(s.who) != 1 || s.who[0] != want {
					t.Errorf("signed by %q, %v; want %s", s.who, err, want)
				}
			}
		})
	}
}

func TestWithoutTenantsAllActsAsTheFunction(t *testing.T) {
	s := &signers{}
	e := dynamo.New(s, dynamo.Options{Names: dynamo.Names("x-")})
	if _, err := table.For(e, "wsp_1").Get(t.Context(), table.CRM, table.Key{PK: "t#wsp_1#cus#1", SK: "cus"}); err != nil || s.who[0] != "the function" {
		t.Errorf("signed by %q, %v", s.who, err)
	}
}
