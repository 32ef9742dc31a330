package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsdynamodb"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/table"
)

// stack is the one stack of a stage: what the rows share, and then the rows.
type stack struct {
	scope    awscdk.Stack // not embedded: the JSII kernel would take this struct for a second object
	settings settings
	tables   map[table.Name]awsdynamodb.Table
	queues   map[queue.Name]queuePair
	bucket   awss3.Bucket
	api      httpAPI
}

func newStack(scope constructs.Construct, s settings) *stack {
	st := &stack{settings: s, scope: awscdk.NewStack(scope, s.name("stack"), &awscdk.StackProps{
		StackName:   s.name("stack"),
		Description: jsii.String("Dangol, a CRM that runs without servers"),
	})}
	rows := catalogue.Rows()
	st.tables = st.newTables(rows)
	st.queues = st.newQueues(rows)
	st.bucket = st.newBucket()
	st.api = st.newAPI()
	for _, row := range rows {
		st.addFunction(row)
	}
	return st
}

// addFunction turns one row into a function with its role and whatever starts it.
func (st *stack) addFunction(row catalogue.Function) {
	role := st.newRole(row)
	fn := st.newFunction(row, role)
	switch {
	case len(row.Paths) > 0:
		st.route(row, fn)
	case row.Queue != "":
		st.consume(row, fn, role)
	case len(row.Feed) > 0:
		st.follow(row, fn, role)
	case row.Every > 0:
		st.tick(row, fn)
	}
}
