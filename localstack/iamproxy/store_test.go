package iamproxy_test

import (
	"context"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/dangol/dangol/shared/table"
)

// store is a store as small as can be. Its tenant is what a mistake would get wrong; the session's tenant stays what it is.
type store struct {
	clients
	tenant string
}

const (
	crm      = "dangol-dev-crm"
	outreach = "dangol-dev-outreach"
	bucket   = "dangol-dev-objects"
)

func text(s string) types.AttributeValue { return &types.AttributeValueMemberS{Value: s} }

func (s store) pk(tenant, id string) string {
	if tenant == "" {
		return "cus#" + id // it forgot its tenant
	}
	return "t#" + tenant + "#cus#" + id
}

func key(pk string) map[string]types.AttributeValue {
	return map[string]types.AttributeValue{"PK": text(pk), "SK": text("cus")}
}

func (s store) get(ctx context.Context, name, id string) error {
	_, err := s.table.GetItem(ctx, &dynamodb.GetItemInput{TableName: &name, Key: key(s.pk(s.tenant, id))})
	return err
}

func (s store) put(ctx context.Context, name, id string) error {
	_, err := s.table.PutItem(ctx, &dynamodb.PutItemInput{TableName: &name, Item: key(s.pk(s.tenant, id))})
	return err
}

func (s store) update(ctx context.Context, id string) error {
	_, err := s.table.UpdateItem(ctx, &dynamodb.UpdateItemInput{TableName: aws.String(crm), Key: key(s.pk(s.tenant, id)),
		UpdateExpression: aws.String("ADD n :one"), ExpressionAttributeValues: map[string]types.AttributeValue{":one": &types.AttributeValueMemberN{Value: "1"}}})
	return err
}

func (s store) remove(ctx context.Context, id string) error {
	_, err := s.table.DeleteItem(ctx, &dynamodb.DeleteItemInput{TableName: aws.String(crm), Key: key(s.pk(s.tenant, id))})
	return err
}

// getBoth reads one of its own and one of the tenant's.
func (s store) getBoth(ctx context.Context) error {
	_, err := s.table.BatchGetItem(ctx, &dynamodb.BatchGetItemInput{RequestItems: map[string]types.KeysAndAttributes{
		crm: {Keys: []map[string]types.AttributeValue{key(s.pk(ours, "1")), key(s.pk(s.tenant, "2"))}},
	}})
	return err
}

// writeBoth changes one of its own if one of the tenant's is there.
func (s store) writeBoth(ctx context.Context) error {
	_, err := s.table.TransactWriteItems(ctx, &dynamodb.TransactWriteItemsInput{TransactItems: []types.TransactWriteItem{
		{Put: &types.Put{TableName: aws.String(crm), Item: key(s.pk(ours, "1"))}},
		{ConditionCheck: &types.ConditionCheck{TableName: aws.String(crm), Key: key(s.pk(s.tenant, "2")), ConditionExpression: aws.String("attribute_exists(PK)")}},
	}})
	return err
}

func (s store) readBoth(ctx context.Context) error {
	_, err := s.table.TransactGetItems(ctx, &dynamodb.TransactGetItemsInput{TransactItems: []types.TransactGetItem{
		{Get: &types.Get{TableName: aws.String(crm), Key: key(s.pk(ours, "1"))}},
		{Get: &types.Get{TableName: aws.String(crm), Key: key(s.pk(s.tenant, "2"))}},
	}})
	return err
}

// list reads a partition of the table (index 0) or of an index, with the names behind placeholders as the SDK's builder writes them.
func (s store) list(ctx context.Context, name string, index int) error {
	in := &dynamodb.QueryInput{TableName: &name, KeyConditionExpression: aws.String("(#0 = :0) AND (begins_with (#1, :1))"),
		ExpressionAttributeNames:  map[string]string{"#0": table.AttrPK, "#1": table.AttrSK},
		ExpressionAttributeValues: map[string]types.AttributeValue{":0": text(s.pk(s.tenant, "list")), ":1": text("x")}}
	if index != 0 {
		in.IndexName = aws.String(table.IndexName(index))
		in.ExpressionAttributeNames = map[string]string{"#0": table.AttrIndexPK(index), "#1": table.AttrIndexSK(index)}
	}
	_, err := s.table.Query(ctx, in)
	return err
}

func (s store) scan(ctx context.Context) error {
	_, err := s.table.Scan(ctx, &dynamodb.ScanInput{TableName: aws.String(crm), FilterExpression: aws.String("begins_with(PK, :t)"),
		ExpressionAttributeValues: map[string]types.AttributeValue{":t": text("t#" + s.tenant)}})
	return err
}

func (s store) object() *string { return aws.String("t/" + s.tenant + "/imports/1/file") }

func (s store) upload(ctx context.Context) error {
	_, err := s.blob.PutObject(ctx, &s3.PutObjectInput{Bucket: aws.String(bucket), Key: s.object(), Body: strings.NewReader("a,b")})
	return err
}

func (s store) download(ctx context.Context) error {
	out, err := s.blob.GetObject(ctx, &s3.GetObjectInput{Bucket: aws.String(bucket), Key: s.object()})
	if err == nil {
		err = out.Body.Close()
	}
	return err
}

func (s store) head(ctx context.Context) error {
	_, err := s.blob.HeadObject(ctx, &s3.HeadObjectInput{Bucket: aws.String(bucket), Key: s.object()})
	return err
}

func (s store) erase(ctx context.Context) error {
	_, err := s.blob.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: aws.String(bucket), Key: s.object()})
	return err
}

func (s store) objects(ctx context.Context, prefix string) error {
	_, err := s.blob.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: aws.String(bucket), Prefix: &prefix})
	return err
}

func getRaw(name, pk string) *dynamodb.GetItemInput {
	return &dynamodb.GetItemInput{TableName: &name, Key: key(pk)}
}
