package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awswafv2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
)

// edgeRegion is where CloudFront looks for its web ACL and certificate, wherever the rest stands.
const edgeRegion = "us-east-1"

// perAddress is how many requests one address may make in five minutes before the web ACL turns it away: 7 a second.
const perAddress = 2000

// managedRules are the rule groups that AWS keeps current, in the order in which they are asked.
var managedRules = []string{"AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesKnownBadInputsRuleSet"}

// newEdge makes the web ACL in a stack of its own, if the owner switched it on, and returns its ARN.
func newEdge(scope constructs.Construct, s settings) *string {
	if !s.WAF || s.local() {
		return nil
	}
	if s.Region == "" {
		panic("infra: DANGOL_WAF=on needs DANGOL_REGION: the web ACL stands in " + edgeRegion + " and its ARN has to reach the stack")
	}
	stack := awscdk.NewStack(scope, s.name("edge"), &awscdk.StackProps{
		StackName: s.name("edge"), Description: jsii.String("Dangol: the web ACL before CloudFront"), CrossRegionReferences: jsii.Bool(true),
		Env: &awscdk.Environment{Region: jsii.String(edgeRegion)},
	})
	rules := []any{rateRule()}
	for i, group := range managedRules {
		rules = append(rules, managedRule(group, i+1))
	}
	return awswafv2.NewCfnWebACL(stack, jsii.String("WebACL"), &awswafv2.CfnWebACLProps{
		Name: s.name("acl"), Scope: jsii.String("CLOUDFRONT"), DefaultAction: &awswafv2.CfnWebACL_DefaultActionProperty{Allow: map[string]any{}},
		VisibilityConfig: visible("all"), Rules: rules,
	}).AttrArn()
}

func rateRule() *awswafv2.CfnWebACL_RuleProperty {
	return &awswafv2.CfnWebACL_RuleProperty{
		Name: jsii.String("per-address"), Priority: jsii.Number(0), Action: &awswafv2.CfnWebACL_RuleActionProperty{Block: map[string]any{}},
		Statement: &awswafv2.CfnWebACL_StatementProperty{RateBasedStatement: &awswafv2.CfnWebACL_RateBasedStatementProperty{
			AggregateKeyType: jsii.String("IP"), Limit: jsii.Number(perAddress),
		}},
		VisibilityConfig: visible("per-address"),
	}
}

func managedRule(group string, priority int) *awswafv2.CfnWebACL_RuleProperty {
	return &awswafv2.CfnWebACL_RuleProperty{
		Name: jsii.String(group), Priority: jsii.Number(priority), OverrideAction: &awswafv2.CfnWebACL_OverrideActionProperty{None: map[string]any{}},
		Statement: &awswafv2.CfnWebACL_StatementProperty{ManagedRuleGroupStatement: &awswafv2.CfnWebACL_ManagedRuleGroupStatementProperty{
			VendorName: jsii.String("AWS"), Name: jsii.String(group),
		}},
		VisibilityConfig: visible(group),
	}
}

func visible(name string) *awswafv2.CfnWebACL_VisibilityConfigProperty {
	return &awswafv2.CfnWebACL_VisibilityConfigProperty{
		CloudWatchMetricsEnabled: jsii.Bool(true), MetricName: jsii.String(name), SampledRequestsEnabled: jsii.Bool(true),
	}
}

// place is the stack's environment: the account of whoever deploys, in the region that is set.
func (s settings) place() *awscdk.Environment {
	if s.Region == "" {
		return nil
	}
	return &awscdk.Environment{Region: jsii.String(s.Region)}
}
