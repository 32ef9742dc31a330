package main

import (
	"fmt"
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsdynamodb"
	"github.com/aws/jsii-runtime-go"

	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/table"
)

// The attributes of an item, as the DynamoDB engine of shared/table writes them.
const (
	attrPK       = "PK"
	attrSK       = "SK"
	attrExpires  = "exp"
	attrHead     = "head"
	attrVersion  = "v"
	attrCounters = "n"
)

// indexName names index 1 or 2; its keys are <name>PK and <name>SK.
func indexName(i int) string { return fmt.Sprintf("i%d", i) }

func (st *stack) newTables(rows []catalogue.Function) map[table.Name]awsdynamodb.Table {
	tables := map[table.Name]awsdynamodb.Table{}
	for _, name := range table.Names() {
		tables[name] = st.newTable(name, followed(rows, name))
	}
	return tables
}

// followed says whether some row reads the change feed of the table.
func followed(rows []catalogue.Function, name table.Name) bool {
	return slices.ContainsFunc(rows, func(r catalogue.Function) bool { return slices.Contains(r.Feed, name) })
}

func (st *stack) newTable(name table.Name, stream bool) awsdynamodb.Table {
	props := &awsdynamodb.TableProps{
		TableName:           st.settings.name(string(name)),
		PartitionKey:        attribute(attrPK),
		SortKey:             attribute(attrSK),
		BillingMode:         awsdynamodb.BillingMode_PAY_PER_REQUEST, // an idle table costs its bytes and nothing else
		TimeToLiveAttribute: jsii.String(attrExpires),
		Encryption:          awsdynamodb.TableEncryption_AWS_MANAGED,
		PointInTimeRecoverySpecification: &awsdynamodb.PointInTimeRecoverySpecification{
			PointInTimeRecoveryEnabled: jsii.Bool(true),
		},
		DeletionProtection: jsii.Bool(st.settings.keeps()),
		RemovalPolicy:      st.settings.removal(),
	}
	if stream {
		props.Stream = awsdynamodb.StreamViewType_NEW_AND_OLD_IMAGES
	}
	t := awsdynamodb.NewTable(st.scope, jsii.String("Table-"+string(name)), props)
	for i := 1; i <= table.MaxIndexes; i++ {
		t.AddGlobalSecondaryIndex(index(i))
	}
	return t
}

// index projects what lists show, or keys alone, and nothing more: every projected byte is written and stored a second time.
func index(i int) *awsdynamodb.GlobalSecondaryIndexProps {
	name := indexName(i)
	props := &awsdynamodb.GlobalSecondaryIndexProps{
		IndexName:      jsii.String(name),
		PartitionKey:   attribute(name + attrPK),
		SortKey:        attribute(name + attrSK),
		ProjectionType: awsdynamodb.ProjectionType_KEYS_ONLY,
	}
	if !table.KeysOnly(i) {
		props.ProjectionType = awsdynamodb.ProjectionType_INCLUDE
		props.NonKeyAttributes = jsii.Strings(attrHead, attrVersion, attrCounters, attrExpires)
	}
	return props
}

func attribute(name string) *awsdynamodb.Attribute {
	return &awsdynamodb.Attribute{Name: jsii.String(name), Type: awsdynamodb.AttributeType_STRING}
}
