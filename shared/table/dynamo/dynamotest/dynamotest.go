// Package dynamotest makes the tables of a test in a place that speaks DynamoDB's API, as infra declares them for a stage, and takes them away.
package dynamotest

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/table/dynamo"
	"github.com/dangol/dangol/shared/testkit/awsplace"
)

// patience is how long a table may take to be there; on AWS it is seconds.
const patience = 2 * time.Minute

// Open returns an engine on tables that no run before has used, or skips the test where there is no place. The options need no names.
func Open(t testing.TB, o dynamo.Options) *dynamo.Engine {
	t.Helper()
	client := newClient(awsplace.Config(t))
	o.Names = newTables(t, client)
	return dynamo.New(client, o)
}

// OpenWithStreams returns, beside the engine, the change feed of the tables that have one. A DynamoDB Local of its own is preferred, by the variable
// that the emulators set: LocalStack copies streams into a Kinesis of its own, in which a table's changes never appear.
func OpenWithStreams(t testing.TB, o dynamo.Options) (*dynamo.Engine, *Streams) {
	t.Helper()
	cfg := awsplace.Config(t)
	if url := os.Getenv("DANGOL_DYNAMODB_URL"); url != "" {
		cfg.BaseEndpoint = &url
	} else if isLocalStack(t, cfg) {
		t.Skip("LocalStack's streams are not DynamoDB's: name a DynamoDB Local by DANGOL_DYNAMODB_URL")
	}
	client := newClient(cfg)
	o.Names = newTables(t, client)
	var arns []string
	for _, n := range []table.Name{table.CRM, table.Outreach, table.Ops} {
		out, err := client.DescribeTable(t.Context(), &dynamodb.DescribeTableInput{TableName: aws.String(o.Names[n])})
		if err != nil {
			t.Fatal(err)
		}
		arns = append(arns, aws.ToString(out.Table.LatestStreamArn))
	}
	return dynamo.New(client, o), NewStreams(cfg, arns)
}

func newClient(cfg aws.Config) *dynamodb.Client {
	return dynamodb.NewFromConfig(cfg, func(o *dynamodb.Options) {
		o.DisableValidateResponseChecksum = true // DynamoDB Local sends 0 as that of an error, which the SDK complains of each time
	})
}

// isLocalStack asks for a page that nothing else has.
func isLocalStack(t testing.TB, cfg aws.Config) bool {
	t.Helper()
	if cfg.BaseEndpoint == nil {
		return false
	}
	answer, err := http.Get(*cfg.BaseEndpoint + "/_localstack/health")
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	return answer.StatusCode == http.StatusOK
}

// newTables makes the tables and deletes them when the test ends.
func newTables(t testing.TB, client *dynamodb.Client) map[table.Name]string {
	t.Helper()
	names := dynamo.Names("test-" + strings.ToLower(rand.Text()) + "-")
	t.Cleanup(func() {
		if err := Delete(context.WithoutCancel(t.Context()), client, names); err != nil {
			t.Error(err)
		}
	})
	if err := Create(t.Context(), client, names); err != nil {
		t.Fatal(err)
	}
	return names
}

// Create makes the four tables and waits until they can be used.
func Create(ctx context.Context, client *dynamodb.Client, names map[table.Name]string) error {
	return each(names, func(name string) error {
		if _, err := client.CreateTable(ctx, declaration(name)); err != nil {
			return fmt.Errorf("create table %s: %w", name, err)
		}
		ready := dynamodb.NewTableExistsWaiter(client, func(o *dynamodb.TableExistsWaiterOptions) { o.MinDelay = 100 * time.Millisecond })
		return ready.Wait(ctx, &dynamodb.DescribeTableInput{TableName: &name}, patience)
	})
}

// Delete removes the tables.
func Delete(ctx context.Context, client *dynamodb.Client, names map[table.Name]string) error {
	return each(names, func(name string) error {
		if _, err := client.DeleteTable(ctx, &dynamodb.DeleteTableInput{TableName: &name}); err != nil {
			return fmt.Errorf("delete table %s: %w", name, err)
		}
		return nil
	})
}

// each calls f for the names side by side and returns one of the errors.
func each(names map[table.Name]string, f func(name string) error) (err error) {
	var done sync.WaitGroup
	var mu sync.Mutex
	for _, name := range names {
		done.Go(func() {
			if e := f(name); e != nil {
				mu.Lock()
				defer mu.Unlock()
				err = e
			}
		})
	}
	done.Wait()
	return err
}

// declaration is the table as infra/tables.go declares it, on demand and with its stream.
func declaration(name string) *dynamodb.CreateTableInput {
	in := &dynamodb.CreateTableInput{
		TableName: &name, BillingMode: types.BillingModePayPerRequest, KeySchema: schema(table.AttrPK, table.AttrSK),
		AttributeDefinitions: []types.AttributeDefinition{attribute(table.AttrPK), attribute(table.AttrSK)},
		StreamSpecification:  &types.StreamSpecification{StreamEnabled: aws.Bool(true), StreamViewType: types.StreamViewTypeNewAndOldImages},
	}
	for i := 1; i <= table.MaxIndexes; i++ {
		pk, sk := table.AttrIndexPK(i), table.AttrIndexSK(i)
		in.AttributeDefinitions = append(in.AttributeDefinitions, attribute(pk), attribute(sk))
		in.GlobalSecondaryIndexes = append(in.GlobalSecondaryIndexes, types.GlobalSecondaryIndex{
			IndexName: aws.String(table.IndexName(i)), KeySchema: schema(pk, sk), Projection: projection(i)})
	}
	return in
}

func projection(index int) *types.Projection {
	if projected := table.AttrProjected(index); projected != nil {
		return &types.Projection{ProjectionType: types.ProjectionTypeInclude, NonKeyAttributes: projected}
	}
	return &types.Projection{ProjectionType: types.ProjectionTypeKeysOnly}
}

func schema(pk, sk string) []types.KeySchemaElement {
	return []types.KeySchemaElement{{AttributeName: &pk, KeyType: types.KeyTypeHash}, {AttributeName: &sk, KeyType: types.KeyTypeRange}}
}

func attribute(name string) types.AttributeDefinition {
	return types.AttributeDefinition{AttributeName: &name, AttributeType: types.ScalarAttributeTypeS}
}
