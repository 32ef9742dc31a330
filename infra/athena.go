package main

import (
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsathena"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsglue"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"

	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/lake/glue"
)

// mostScanned is how many bytes one question of Athena may read: half a dollar's worth. A lake of a million customers with ten million orders has less than a
// hundredth of it (docs/lake-scale.md).
const mostScanned = 100 << 30

// athenaActions are what asking takes. Every one names a work group.
var athenaActions = []string{"athena:StartQueryExecution", "athena:GetQueryExecution", "athena:GetQueryResults", "athena:StopQueryExecution"}

// newLakeTables describes the lakes to Athena (ADR 14): a database with a table for each subject, and a work group through which they are asked. None costs
// anything until it is asked.
func (st *stack) newLakeTables() {
	database := awsglue.NewCfnDatabase(st.scope, jsii.String("LakeDatabase"), &awsglue.CfnDatabaseProps{
		CatalogId: st.scope.Account(),
		DatabaseInput: &awsglue.CfnDatabase_DatabaseInputProperty{
			Name: jsii.String(st.settings.database()), Description: jsii.String("The lakes of all workspaces; a query must name its workspace"),
		},
	})
	for _, t := range glue.Tables() {
		st.newLakeTable(t).AddDependency(database)
	}
	st.newWorkGroup()
}

// newWorkGroup bounds what one question may read. Where answers go is not enforced: each tenant's go under its own prefix, which is all that its session
// reaches, while a work group has one place for all. They are encrypted there like every object.
func (st *stack) newWorkGroup() {
	awsathena.NewCfnWorkGroup(st.scope, jsii.String("LakeWorkGroup"), &awsathena.CfnWorkGroupProps{
		Name: st.settings.name("lake"), RecursiveDeleteOption: jsii.Bool(!st.settings.keeps()),
		WorkGroupConfiguration: &awsathena.CfnWorkGroup_WorkGroupConfigurationProperty{
			BytesScannedCutoffPerQuery:      jsii.Number(mostScanned),
			EnforceWorkGroupConfiguration:   jsii.Bool(false),
			PublishCloudWatchMetricsEnabled: jsii.Bool(true),
			RequesterPaysEnabled:            jsii.Bool(false),
			EngineVersion:                   &awsathena.CfnWorkGroup_EngineVersionProperty{SelectedEngineVersion: jsii.String("Athena engine version 3")},
		},
	})
}

func (st *stack) newLakeTable(t glue.Table) awsglue.CfnTable {
	bucket := *st.bucket.BucketName()
	columns := make([]any, len(t.Columns))
	for i, c := range t.Columns {
		columns[i] = &awsglue.CfnTable_ColumnProperty{Name: jsii.String(c.Name), Type: jsii.String(c.Kind)}
	}
	keys := []any{}
	for _, k := range []string{glue.Tenant, glue.Asked} {
		keys = append(keys, &awsglue.CfnTable_ColumnProperty{Name: jsii.String(k), Type: jsii.String("string")})
	}
	return awsglue.NewCfnTable(st.scope, jsii.String("Lake-"+t.Name), &awsglue.CfnTableProps{
		CatalogId: st.scope.Account(), DatabaseName: jsii.String(st.settings.database()),
		TableInput: &awsglue.CfnTable_TableInputProperty{
			Name: jsii.String(t.Name), TableType: jsii.String("EXTERNAL_TABLE"), Parameters: t.Properties(bucket), PartitionKeys: &keys,
			StorageDescriptor: &awsglue.CfnTable_StorageDescriptorProperty{
				Columns: &columns, Location: jsii.String(glue.Location(bucket)), InputFormat: jsii.String(glue.InputFormat), OutputFormat: jsii.String(glue.OutputFormat),
				SerdeInfo: &awsglue.CfnTable_SerdeInfoProperty{SerializationLibrary: jsii.String(glue.Serializer), Parameters: map[string]string{"serialization.format": "1"}},
			},
		},
	})
}

// database is Athena's name for a stage's lakes; it takes no dashes.
func (s settings) database() string { return strings.ReplaceAll(*s.name("lake"), "-", "_") }

// allowAthena lets a row's sessions ask, and the function itself describe tables with the fields that a workspace has defined. Athena reads and writes objects
// with the rights of who asks, so that a session's prefix holds for it too (docs/adr/0011).
func (st *stack) allowAthena(row catalogue.Function, own, tenant awsiam.Role) {
	if !row.Athena {
		return
	}
	group := st.arn("athena", "workgroup", *st.settings.name("lake"))
	allow(tenant, athenaActions, group)
	database := st.arn("glue", "database", st.settings.database())
	allow(tenant, []string{"glue:GetDatabase"}, st.arn("glue", "catalog", ""), st.arn("glue", "database", "default"), database)
	allow(tenant, []string{"glue:GetTable", "glue:GetPartitions"}, st.arn("glue", "catalog", ""), database, st.arn("glue", "table", st.settings.database()+"/*"))
	allow(tenant, []string{"s3:GetBucketLocation"}, st.bucket.BucketArn())
	allow(own, []string{"glue:CreateTable"}, st.arn("glue", "catalog", ""), database, st.arn("glue", "table", st.settings.database()+"/"+glue.Name("customers")+"_*"))
}

func (st *stack) arn(service, kind, name string) *string {
	c := &awscdk.ArnComponents{Service: jsii.String(service), Resource: jsii.String(kind)}
	if name != "" {
		c.ResourceName = jsii.String(name)
	}
	return st.scope.FormatArn(c)
}
