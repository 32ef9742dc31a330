package main

import (
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsdynamodb"
	"github.com/aws/jsii-runtime-go"

	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/table"
)

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
		PartitionKey:        attribute(table.AttrPK),
		SortKey:             attribute(table.AttrSK),
		BillingMode:         awsdynamodb.BillingMode_PAY_PER_REQUEST, // an idle table costs its bytes and nothing else
		TimeToLiveAttribute: jsii.String(table.AttrExpires),
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
	props := &awsdynamodb.GlobalSecondaryIndexProps{
		IndexName:      jsii.String(table.IndexName(i)),
		PartitionKey:   attribute(table.AttrIndexPK(i)),
		SortKey:        attribute(table.AttrIndexSK(i)),
		ProjectionType: awsdynamodb.ProjectionType_KEYS_ONLY,
	}
	if projected := table.AttrProjected(i); projected != nil {
		props.ProjectionType = awsdynamodb.ProjectionType_INCLUDE
		props.NonKeyAttributes = jsii.Strings(projected...)
	}
	return props
}

func attribute(name string) *awsdynamodb.Attribute {
	return &awsdynamodb.Attribute{Name: jsii.String(name), Type: awsdynamodb.AttributeType_STRING}
}
