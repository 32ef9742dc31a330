package main

import (
	"maps"
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsdynamodb"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"

	"github.com/dangol/dangol/infra/stage"
	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/table"
)

// The actions behind the rights of a row. Scan is in none of them: no function walks a table. A transaction is authorised as its parts.
var (
	tableRead   = []string{"dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"}
	tableWrite  = []string{"dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:ConditionCheckItem"}
	objectRead  = []string{"s3:GetObject"}
	objectWrite = []string{"s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"}
)

// newRole makes the role of one function with the rights of its row. What starts the function adds what the start needs.
func (st *stack) newRole(row catalogue.Function) awsiam.Role {
	role := awsiam.NewRole(st.scope, jsii.String("Role-"+row.Name), &awsiam.RoleProps{
		AssumedBy: awsiam.NewServicePrincipal(jsii.String("lambda.amazonaws.com"), nil),
	})
	for _, name := range slices.Sorted(maps.Keys(row.Tables)) {
		allowTable(role, st.tables[name], row.Tables[name])
	}
	st.allowObjects(role, row.Blob)
	for _, name := range row.Sends {
		allow(role, []string{"sqs:SendMessage"}, st.queues[name].work.QueueArn())
	}
	if row.Mail {
		st.allowMail(role)
	}
	if row.Keys() { // its key is the account's own for SSM, which asks for no further right
		allow(role, []string{"ssm:GetParameter"}, st.scope.FormatArn(&awscdk.ArnComponents{
			Service: jsii.String("ssm"), Resource: jsii.String("parameter" + stage.Keys(st.settings.Stage)),
		}))
	}
	return role
}

// allowTable gives reads on the table and its two indexes by name, writes on the table alone.
func allowTable(role awsiam.Role, t awsdynamodb.Table, a catalogue.Access) {
	if a&catalogue.Read != 0 {
		arns := []*string{t.TableArn()}
		for i := 1; i <= table.MaxIndexes; i++ {
			arns = append(arns, awscdk.Fn_Join(jsii.String("/index/"), &[]*string{t.TableArn(), jsii.String(table.IndexName(i))}))
		}
		allow(role, tableRead, arns...)
	}
	if a&catalogue.Write != 0 {
		allow(role, tableWrite, t.TableArn())
	}
}

func (st *stack) allowObjects(role awsiam.Role, a catalogue.Access) {
	if a&catalogue.Read != 0 {
		allow(role, []string{"s3:ListBucket"}, st.bucket.BucketArn())
		allow(role, objectRead, st.bucket.ArnForObjects(jsii.String("*")))
	}
	if a&catalogue.Write != 0 {
		allow(role, objectWrite, st.bucket.ArnForObjects(jsii.String("*")))
	}
}

func (st *stack) sesName(kind, name string) *string {
	return st.scope.FormatArn(&awscdk.ArnComponents{Service: jsii.String("ses"), Resource: jsii.String(kind), ResourceName: jsii.String(name)})
}

func allow(role awsiam.Role, actions []string, resources ...*string) {
	role.AddToPolicy(awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{Actions: jsii.Strings(actions...), Resources: &resources}))
}
