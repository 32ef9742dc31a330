package main

import (
	"time"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsapigatewayv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/jsii-runtime-go"

	"github.com/dangol/dangol/shared/catalogue"
)

const (
	gatewayMost   = 30 * time.Second // the longest that an HTTP API waits
	requestRate   = 1000             // per second over all tenants; a tenant's own limit is the functions' matter
	requestsBurst = 2000
)

// httpAPI is the front door with its guard.
type httpAPI struct {
	api   awsapigatewayv2.CfnApi
	guard awsapigatewayv2.CfnAuthorizer
}

func (st *stack) newAPI() httpAPI {
	api := awsapigatewayv2.NewCfnApi(st.scope, jsii.String("API"), &awsapigatewayv2.CfnApiProps{
		Name: st.settings.name("api"), ProtocolType: jsii.String("HTTP"),
	})
	log := awslogs.NewLogGroup(st.scope, jsii.String("Logs-api"), &awslogs.LogGroupProps{
		LogGroupName: jsii.String("/dangol/" + st.settings.Stage + "/api"), Retention: logsKept, RemovalPolicy: st.settings.removal(),
	})
	awsapigatewayv2.NewCfnStage(st.scope, jsii.String("APIStage"), &awsapigatewayv2.CfnStageProps{
		ApiId: api.Ref(), StageName: jsii.String("$default"), AutoDeploy: jsii.Bool(true),
		DefaultRouteSettings: &awsapigatewayv2.CfnStage_RouteSettingsProperty{
			ThrottlingRateLimit: jsii.Number(requestRate), ThrottlingBurstLimit: jsii.Number(requestsBurst),
		},
		AccessLogSettings: &awsapigatewayv2.CfnStage_AccessLogSettingsProperty{DestinationArn: log.LogGroupArn(), Format: jsii.String(accessLine)},
	})
	return httpAPI{api: api}
}

// accessLine tells what no function sees: requests that the gateway refused itself. Like the functions' lines it has the route and not the path, since
// paths hold ids and tracking links hold tokens.
const accessLine = `{"msg":"gateway","requestId":"$context.requestId","from":"$context.identity.sourceIp","route":"$context.routeKey",` +
	`"status":"$context.status","ms":"$context.responseLatency","authorizer":"$context.authorizer.error","tenant":"$context.authorizer.tenant",` +
	`"error":"$context.error.message","integration":"$context.integrationErrorMessage"}`

// guardKept is how long the gateway remembers an answer, by the Authorization header alone. The functions look again every half minute.
const guardKept = 5 * time.Minute

// guard makes the function the gateway's one authorizer, in the simple format of version 2.0.
// Source: AWS, API Gateway developer guide, "Control access to HTTP APIs with AWS Lambda authorizers".
func (st *stack) guard(row catalogue.Function, fn awslambda.Function) {
	api := st.api.api.Ref()
	st.api.guard = awsapigatewayv2.NewCfnAuthorizer(st.scope, jsii.String("Guard"), &awsapigatewayv2.CfnAuthorizerProps{
		ApiId: api, Name: jsii.String(row.Name), AuthorizerType: jsii.String("REQUEST"), AuthorizerPayloadFormatVersion: jsii.String("2.0"),
		AuthorizerUri: awscdk.Fn_Sub(jsii.String("arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Function}/invocations"),
			&map[string]*string{"Function": fn.FunctionArn()}),
		EnableSimpleResponses: jsii.Bool(true), IdentitySource: jsii.Strings("$request.header.Authorization"),
		AuthorizerResultTtlInSeconds: jsii.Number(guardKept.Seconds()),
	})
	st.letGatewayCall("GuardPermission-"+row.Name, fn, "authorizers/"+*st.api.guard.Ref())
}

// route leads every path below the row's prefixes, and the prefixes themselves, to the function. What each path means is the function's own table.
func (st *stack) route(row catalogue.Function) {
	if len(row.Paths) == 0 {
		return
	}
	api, fn := st.api.api.Ref(), st.functions[row.Name]
	integration := awsapigatewayv2.NewCfnIntegration(st.scope, jsii.String("Integration-"+row.Name), &awsapigatewayv2.CfnIntegrationProps{
		ApiId: api, IntegrationType: jsii.String("AWS_PROXY"), IntegrationUri: fn.FunctionArn(),
		PayloadFormatVersion: jsii.String("2.0"),
		TimeoutInMillis:      jsii.Number(min(row.Timeout+time.Second, gatewayMost).Milliseconds()), // the function's own answer comes first
	})
	target := awscdk.Fn_Join(jsii.String("/"), &[]*string{jsii.String("integrations"), integration.Ref()})
	for _, key := range routeKeys(row) {
		props := &awsapigatewayv2.CfnRouteProps{ApiId: api, RouteKey: jsii.String(key), Target: target, AuthorizationType: jsii.String("NONE")}
		if !row.Public {
			props.AuthorizationType, props.AuthorizerId = jsii.String("CUSTOM"), st.api.guard.Ref()
		}
		awsapigatewayv2.NewCfnRoute(st.scope, jsii.String("Route-"+key), props)
	}
	st.letGatewayCall("RoutePermission-"+row.Name, fn, "*")
}

// letGatewayCall lets this API, and no other, call the function.
func (st *stack) letGatewayCall(id string, fn awslambda.Function, from string) {
	awslambda.NewCfnPermission(st.scope, jsii.String(id), &awslambda.CfnPermissionProps{
		Action: jsii.String("lambda:InvokeFunction"), FunctionName: fn.FunctionArn(), Principal: jsii.String("apigateway.amazonaws.com"),
		SourceArn: st.scope.FormatArn(&awscdk.ArnComponents{
			Service: jsii.String("execute-api"), Resource: st.api.api.Ref(), ResourceName: jsii.String(from),
		}),
	})
}

// routeKeys lists the row's routes: a greedy variable does not match an empty rest, so that each prefix takes two.
func routeKeys(row catalogue.Function) (keys []string) {
	for _, p := range row.Routes() {
		if p.Exact() { // which the gateway prefers to another row's prefix
			keys = append(keys, p.Method+" "+p.Path)
			continue
		}
		keys = append(keys, "ANY "+p.Path, "ANY "+p.Path+"/{rest+}")
	}
	if row.Else { // without it the gateway answers in words of its own, in one language and with no problem document
		keys = append(keys, "$default")
	}
	return keys
}
