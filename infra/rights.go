package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"

	"github.com/dangol/dangol/infra/stage"
	"github.com/dangol/dangol/shared/catalogue"
)

// The actions behind the rights of a row. Scan is in none of them: no function walks a table.
var (
	tableRead   = []string{"dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"}
	tableWrite  = []string{"dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:ConditionCheckItem"}
	objectRead  = []string{"s3:GetObject"}
	objectWrite = []string{"s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"}
)

// newRole makes a function's own role, which reaches what belongs to no tenant; for the rest see newTenantRole. What starts the function adds what the
// start needs.
func (st *stack) newRole(row catalogue.Function) awsiam.Role {
	role := awsiam.NewRole(st.scope, jsii.String("Role-"+row.Name), &awsiam.RoleProps{
		AssumedBy: awsiam.NewServicePrincipal(jsii.String("lambda.amazonaws.com"), nil),
	})
	for _, items := range row.OfNoTenant() {
		st.allowItems(role, items)
	}
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

func (st *stack) sesName(kind, name string) *string {
	return st.scope.FormatArn(&awscdk.ArnComponents{Service: jsii.String("ses"), Resource: jsii.String(kind), ResourceName: jsii.String(name)})
}

func allow(role awsiam.Role, actions []string, resources ...*string) {
	allowWhen(role, nil, actions, resources...)
}

// allowWhen allows under conditions of IAM.
func allowWhen(role awsiam.Role, conditions map[string]any, actions []string, resources ...*string) {
	p := &awsiam.PolicyStatementProps{Actions: jsii.Strings(actions...), Resources: &resources}
	if conditions != nil {
		p.Conditions = &conditions
	}
	role.AddToPolicy(awsiam.NewPolicyStatement(p))
}
