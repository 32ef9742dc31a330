package main

import (
	"time"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsapigatewayv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/jsii-runtime-go"

	"github.com/dangol/dangol/shared/catalogue"
)

const (
	gatewayMost   = 30 * time.Second // the longest that an HTTP API waits
	requestRate   = 1000             // per second over all tenants; a tenant's own limit is the functions' matter
	requestsBurst = 2000
)

// httpAPI is the front door.
type httpAPI struct{ api awsapigatewayv2.CfnApi }

func (st *stack) newAPI() httpAPI {
	api := awsapigatewayv2.NewCfnApi(st.scope, jsii.String("API"), &awsapigatewayv2.CfnApiProps{
		Name: st.settings.name("api"), ProtocolType: jsii.String("HTTP"),
	})
	awsapigatewayv2.NewCfnStage(st.scope, jsii.String("APIStage"), &awsapigatewayv2.CfnStageProps{
		ApiId: api.Ref(), StageName: jsii.String("$default"), AutoDeploy: jsii.Bool(true),
		DefaultRouteSettings: &awsapigatewayv2.CfnStage_RouteSettingsProperty{
			ThrottlingRateLimit: jsii.Number(requestRate), ThrottlingBurstLimit: jsii.Number(requestsBurst),
		},
	})
	awscdk.NewCfnOutput(st.scope, jsii.String("APIAddress"), &awscdk.CfnOutputProps{Value: api.AttrApiEndpoint()})
	return httpAPI{api}
}

// route leads every path below the row's prefixes, and the prefixes themselves, to the function. What each path means is the function's own table.
func (st *stack) route(row catalogue.Function, fn awslambda.Function) {
	api := st.api.api.Ref()
	integration := awsapigatewayv2.NewCfnIntegration(st.scope, jsii.String("Integration-"+row.Name), &awsapigatewayv2.CfnIntegrationProps{
		ApiId: api, IntegrationType: jsii.String("AWS_PROXY"), IntegrationUri: fn.FunctionArn(),
		PayloadFormatVersion: jsii.String("2.0"),
		TimeoutInMillis:      jsii.Number(min(row.Timeout+time.Second, gatewayMost).Milliseconds()), // the function's own answer comes first
	})
	target := awscdk.Fn_Join(jsii.String("/"), &[]*string{jsii.String("integrations"), integration.Ref()})
	for _, key := range routeKeys(row) {
		awsapigatewayv2.NewCfnRoute(st.scope, jsii.String("Route-"+key), &awsapigatewayv2.CfnRouteProps{
			ApiId: api, RouteKey: jsii.String(key), Target: target,
		})
	}
	awslambda.NewCfnPermission(st.scope, jsii.String("RoutePermission-"+row.Name), &awslambda.CfnPermissionProps{
		Action: jsii.String("lambda:InvokeFunction"), FunctionName: fn.FunctionArn(), Principal: jsii.String("apigateway.amazonaws.com"),
		SourceArn: st.scope.FormatArn(&awscdk.ArnComponents{Service: jsii.String("execute-api"), Resource: api, ResourceName: jsii.String("*")}),
	})
}

// routeKeys lists the row's routes: a greedy variable does not match an empty rest, so that each prefix takes two.
func routeKeys(row catalogue.Function) (keys []string) {
	for _, p := range row.Paths {
		keys = append(keys, "ANY "+p, "ANY "+p+"/{rest+}")
	}
	return keys
}
