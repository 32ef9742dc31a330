package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"

	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/table"
)

// What a tenant's session reaches (ADR 11): items whose partition key, and objects whose name, begin with the tenant that the session is tagged with.
const (
	tenantTag     = "tenant"
	tenantItems   = "t#${aws:PrincipalTag/" + tenantTag + "}#*"
	tenantObjects = "t/${aws:PrincipalTag/" + tenantTag + "}/*"
)

// newTenantRole makes the role with which a function works in a tenant's name, nil for one that never does. The function's own role may begin sessions of
// it for one tenant at a time, and nobody else may.
func (st *stack) newTenantRole(row catalogue.Function, own awsiam.Role) awsiam.Role {
	if !row.Tenanted() {
		return nil
	}
	role := awsiam.NewRole(st.scope, jsii.String("Tenant-"+row.Name), &awsiam.RoleProps{
		AssumedBy: awsiam.NewSessionTagsPrincipal(awsiam.NewArnPrincipal(own.RoleArn()).WithConditions(&map[string]any{
			"StringLike":                map[string]any{"aws:RequestTag/" + tenantTag: string(id.Workspace) + "_*"},
			"ForAllValues:StringEquals": map[string]any{"aws:TagKeys": []string{tenantTag}},
		})),
	})
	allow(own, []string{"sts:AssumeRole", "sts:TagSession"}, role.RoleArn())
	for _, items := range row.OfTenant(tenantItems) {
		st.allowItems(role, items)
	}
	st.allowObjects(role, row.Blob)
	return role
}

// allowItems gives reads on the table and its two indexes by name, writes on the table alone, each held to the items' partition keys. A transaction is
// authorised as its parts. Null closes the gap of ForAllValues, which a call without any partition key meets.
// Source: AWS, DynamoDB developer guide, "Using IAM policy conditions for fine-grained access control".
func (st *stack) allowItems(role awsiam.Role, items catalogue.Items) {
	t := st.tables[items.Table]
	held := map[string]any{
		"ForAllValues:StringLike": map[string]any{"dynamodb:LeadingKeys": items.Under},
		"Null":                    map[string]any{"dynamodb:LeadingKeys": "false"},
	}
	if items.Access&catalogue.Read != 0 {
		arns := []*string{t.TableArn()}
		for i := 1; i <= table.MaxIndexes; i++ {
			arns = append(arns, awscdk.Fn_Join(jsii.String("/index/"), &[]*string{t.TableArn(), jsii.String(table.IndexName(i))}))
		}
		allowWhen(role, held, tableRead, arns...)
	}
	if items.Access&catalogue.Write != 0 {
		allowWhen(role, held, tableWrite, t.TableArn())
	}
}

// allowObjects gives what the row may do with the objects under the tenant's prefix.
func (st *stack) allowObjects(role awsiam.Role, a catalogue.Access) {
	objects := st.bucket.ArnForObjects(jsii.String(tenantObjects))
	if a&catalogue.Read != 0 {
		allowWhen(role, map[string]any{"StringLike": map[string]any{"s3:prefix": tenantObjects}}, []string{"s3:ListBucket"}, st.bucket.BucketArn())
		allow(role, objectRead, objects)
	}
	if a&catalogue.Write != 0 {
		allow(role, objectWrite, objects)
	}
}
