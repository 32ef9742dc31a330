package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudfront"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsdynamodb"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/dangol/dangol/infra/stage"
	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/table"
)

// stack is the one stack of a stage: what the rows share, the rows, and what watches them.
type stack struct {
	scope     awscdk.Stack // not embedded: the JSII kernel would take this struct for a second object
	settings  settings
	base      *string // the public address, without a trailing slash
	tables    map[table.Name]awsdynamodb.Table
	queues    map[queue.Name]queuePair
	dead      []string     // what has a queue of dead letters: queues, and the stream's function
	bucket    awss3.Bucket // the tenants' objects
	site      awss3.Bucket // the built console
	api       httpAPI
	front     awscloudfront.Distribution // nil on an emulator
	functions map[string]awslambda.Function
	logs      map[string]awslogs.LogGroup
}

func newStack(scope constructs.Construct, s settings) *stack {
	acl := newEdge(scope, s)
	st := &stack{settings: s, functions: map[string]awslambda.Function{}, logs: map[string]awslogs.LogGroup{}}
	st.scope = awscdk.NewStack(scope, s.name("stack"), &awscdk.StackProps{
		StackName:             jsii.String(stage.Stack(s.Stage)),
		Description:           jsii.String("Dangol, a CRM that runs without servers"),
		Env:                   s.place(),
		CrossRegionReferences: jsii.Bool(acl != nil),
		TerminationProtection: jsii.Bool(s.keeps()),
		Tags:                  &map[string]*string{"dangol:stage": jsii.String(s.Stage)}, // by which costs are told apart
	})
	rows := catalogue.Rows()
	st.site = st.newSite()
	st.api = st.newAPI()
	st.newFront(acl)
	st.base = st.address()
	st.tables = st.newTables(rows)
	st.queues = st.newQueues(rows)
	st.bucket = st.newBucket()
	st.newLakeTables()
	st.newMail()
	for _, row := range rows {
		st.addFunction(row)
	}
	for _, row := range rows {
		st.route(row)
	}
	st.watch()
	st.outputs()
	return st
}

// addFunction turns one row into a function with its role and whatever starts it.
func (st *stack) addFunction(row catalogue.Function) {
	role := st.newRole(row)
	tenant := st.newTenantRole(row, role)
	st.allowAthena(row, role, tenant)
	fn := st.newFunction(row, role, tenant)
	st.functions[row.Name] = fn
	switch {
	case row.Guard:
		st.guard(row, fn)
	case row.Queue != "":
		st.consume(row, fn, role)
	case len(row.Feed) > 0:
		st.follow(row, fn, role)
	case len(row.Schedules) > 0:
		st.start(row, fn)
	}
}

// address is where the installation is reached.
func (st *stack) address() *string {
	https := func(host *string) *string {
		return awscdk.Fn_Join(jsii.String(""), &[]*string{jsii.String("https://"), host})
	}
	switch s := st.settings; {
	case s.BaseURL != "":
		return jsii.String(s.BaseURL)
	case s.Domain != "":
		return https(jsii.String(s.Domain))
	case st.front != nil:
		return https(st.front.DistributionDomainName())
	}
	return st.api.api.AttrApiEndpoint()
}

// outputs say what infra/steps and the owner need to know after a deploy.
func (st *stack) outputs() {
	out := func(name string, value *string) {
		awscdk.NewCfnOutput(st.scope, jsii.String(name), &awscdk.CfnOutputProps{Value: value})
	}
	out("Address", st.base)
	out("APIAddress", st.api.api.AttrApiEndpoint())
	out("SiteBucket", st.site.BucketName())
	if st.front != nil {
		out("Distribution", st.front.DistributionId())
	}
}
