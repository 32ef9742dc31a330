package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/jsii-runtime-go"

	"github.com/dangol/dangol/infra/stage"
	"github.com/dangol/dangol/shared/catalogue"
)

// logsKept is how long every log is kept: long enough to look into a complaint, and an end to what a log says of people.
const logsKept = awslogs.RetentionDays_ONE_MONTH

func (st *stack) newFunction(row catalogue.Function, role, tenant awsiam.Role) awslambda.Function {
	return awslambda.NewFunction(st.scope, jsii.String("Function-"+row.Name), &awslambda.FunctionProps{
		FunctionName:         st.settings.name(row.Name),
		Runtime:              awslambda.Runtime_PROVIDED_AL2023(),
		Architecture:         architecture(row),
		Handler:              jsii.String("bootstrap"),
		Code:                 awslambda.Code_FromAsset(jsii.String(st.settings.code(row.Name)), nil),
		Timeout:              duration(row.Timeout),
		MemorySize:           jsii.Number(row.MemoryMB),
		EphemeralStorageSize: disk(row),
		Role:                 role,
		LogGroup:             st.newLogGroup(row, role),
		LoggingFormat:        awslambda.LoggingFormat_JSON,
		Tracing:              st.tracing(),
		Environment:          st.environment(row, tenant),
	})
}

// architecture is arm64, a fifth cheaper per millisecond; DuckDB is linked with cgo, which we cross-compile for x86_64 only.
func architecture(row catalogue.Function) awslambda.Architecture {
	if row.Cgo {
		return awslambda.Architecture_X86_64()
	}
	return awslambda.Architecture_ARM_64()
}

// disk is where DuckDB keeps the lakes that were asked lately (shared/cloud/lakes), and where a lake is sorted that is written anew; the others have the 512 MB
// that every function has.
func disk(row catalogue.Function) awscdk.Size {
	if row.Cgo || row.Queue == catalogue.Lakes {
		return awscdk.Size_Gibibytes(jsii.Number(4))
	}
	return nil
}

// newLogGroup makes the function's log group, and lets the role write to this one only: the managed policy would open all of the account's.
func (st *stack) newLogGroup(row catalogue.Function, role awsiam.Role) awslogs.LogGroup {
	group := awslogs.NewLogGroup(st.scope, jsii.String("Logs-"+row.Name), &awslogs.LogGroupProps{
		LogGroupName:  jsii.String("/dangol/" + st.settings.Stage + "/" + row.Name),
		Retention:     logsKept,
		RemovalPolicy: st.settings.removal(),
	})
	allow(role, []string{"logs:CreateLogStream", "logs:PutLogEvents"}, group.LogGroupArn())
	st.logs[row.Name] = group
	return group
}

// tracing is X-Ray when the owner switched it on. The CDK then lets the role send its traces.
func (st *stack) tracing() awslambda.Tracing {
	if st.settings.Trace {
		return awslambda.Tracing_ACTIVE
	}
	return awslambda.Tracing_DISABLED
}

// environment tells the function the names of what its row lets it touch, and of nothing else. shared/cloud reads these and no others:
//
//	DANGOL_STAGE, DANGOL_FUNCTION  every function
//	GOMEMLIMIT                     every function: Go's own, where its collector works harder
//	DANGOL_BASE_URL                every function: the public address, which is also the issuer of access tokens
//	DANGOL_ORIGIN                  the same address: where the console is served
//	DANGOL_MAIL_DOMAIN             every function: the domain that mail is sent from; only rows with Mail may send
//	DANGOL_TABLE_<NAME>            a table's name, for each of the row's Tables, and of the Feed that it follows
//	DANGOL_QUEUE_<NAME>            a queue's URL, for each that the row Sends to
//	DANGOL_BUCKET                  the bucket of the tenants' objects, if the row has rights on Blob
//	DANGOL_TENANT_ROLE             the ARN of the role in which it reaches tenants' records and objects (ADR 11)
//	DANGOL_ATHENA_DATABASE         the Glue database with the lakes' tables, if the row has Athena
//	DANGOL_ATHENA_WORKGROUP        with it: the work group through which they are asked
//	DANGOL_SES_CONFIGURATION_SET   what every mail is sent under, so that its events come back, if the row has Mail
//	DANGOL_SES_TENANTS             how the name of each workspace's SES tenant begins, if the row has Mail and the stage has such tenants
//	DANGOL_SES_RESOURCES           with it: the ARNs that such a tenant sends with, identity and configuration set, a comma between
//	AWS_ENDPOINT_URL_SESV2         where SES's API is asked, on an emulator only
//	DANGOL_SECRET                  the name of the SecureString with the keys, if the row's Keys says so
//	DANGOL_EDGE                    the value of the X-Dangol-Edge header that proves CloudFront, for HTTP functions behind it
func (st *stack) environment(row catalogue.Function, tenant awsiam.Role) *map[string]*string {
	vars := map[string]*string{
		"DANGOL_STAGE":    jsii.String(st.settings.Stage),
		"DANGOL_FUNCTION": jsii.String(row.Name),
		"GOMEMLIMIT":      jsii.String(strconv.Itoa(row.HeapMB()) + "MiB"),
		"DANGOL_BASE_URL": st.base,
		"DANGOL_ORIGIN":   st.base,

		"DANGOL_MAIL_DOMAIN": jsii.String(st.settings.MailDomain),
	}
	for name := range row.Tables {
		vars["DANGOL_TABLE_"+strings.ToUpper(string(name))] = st.tables[name].TableName()
	}
	for _, name := range row.Feed {
		vars["DANGOL_TABLE_"+strings.ToUpper(string(name))] = st.tables[name].TableName()
	}
	for _, name := range row.Sends {
		vars["DANGOL_QUEUE_"+strings.ToUpper(string(name))] = st.queues[name].work.QueueUrl()
	}
	if row.Blob != catalogue.None {
		vars["DANGOL_BUCKET"] = st.bucket.BucketName()
	}
	if tenant != nil {
		vars["DANGOL_TENANT_ROLE"] = tenant.RoleArn()
	}
	if row.Athena {
		vars["DANGOL_ATHENA_DATABASE"], vars["DANGOL_ATHENA_WORKGROUP"] = jsii.String(st.settings.database()), st.settings.name("lake")
	}
	if row.Mail {
		vars["DANGOL_SES_CONFIGURATION_SET"] = st.settings.name("mail")
		if st.settings.local() && st.settings.SES != "" {
			vars["AWS_ENDPOINT_URL_SESV2"] = jsii.String(st.settings.SES)
		}
	}
	if row.Mail && st.settings.Tenants {
		vars["DANGOL_SES_TENANTS"] = st.settings.name("")
		vars["DANGOL_SES_RESOURCES"] = awscdk.Fn_Join(jsii.String(","), st.sender())
	}
	if row.Keys() {
		vars["DANGOL_SECRET"] = jsii.String(stage.Keys(st.settings.Stage))
	}
	if len(row.Paths) > 0 { // before an emulator, where there is no CloudFront, the stories speak in its place
		vars["DANGOL_EDGE"] = st.edgeProof()
	}
	return &vars
}

// code is the folder with the function's binary, or the stub, which fails at its start with a clear line.
func (s settings) code(function string) string {
	dir := filepath.Join(s.Binaries, function)
	if _, err := os.Stat(filepath.Join(dir, "bootstrap")); err != nil {
		return "stub"
	}
	return dir
}

// withoutBinary lists the functions that would be deployed as stubs.
func (s settings) withoutBinary() (names []string) {
	for _, row := range catalogue.Rows() {
		if s.code(row.Name) == "stub" {
			names = append(names, row.Name)
		}
	}
	return names
}
