package main

import (
	"fmt"
	"strings"
	"testing"
)

// billedByTheHour are types of which an idle one costs money, with what one costs in a month, us-east-1 prices of 2026 rounded. None is in a template unless
// an owner's switch put it there.
var billedByTheHour = map[string]string{
	"AWS::EC2::":                  "instances, NAT gateways (33 USD), VPC endpoints (7 USD), addresses (4 USD)",
	"AWS::ElasticLoadBalancing":   "16 USD",
	"AWS::RDS::":                  "12 USD",
	"AWS::ElastiCache::":          "12 USD",
	"AWS::MemoryDB::":             "35 USD",
	"AWS::OpenSearch":             "26 USD, serverless 350 USD",
	"AWS::DAX::":                  "29 USD",
	"AWS::Kinesis::Stream":        "11 USD a shard",
	"AWS::MSK::":                  "33 USD",
	"AWS::ECS::Service":           "9 USD",
	"AWS::Redshift":               "180 USD",
	"AWS::KMS::Key":               "1 USD",
	"AWS::SecretsManager::Secret": "0.40 USD",
	"AWS::Route53::HostedZone":    "0.50 USD",
	"AWS::WAFv2::WebACL":          "5 USD and 1 USD a rule; in a stack of its own behind DANGOL_WAF",
	"AWS::GlobalAccelerator::":    "18 USD",
	"AWS::SES::DedicatedIpPool":   "25 USD an address",
	"AWS::EKS::":                  "73 USD",
}

func TestNothingIsBilledByTheHourUnlessSwitchedOn(t *testing.T) {
	for name, tp := range everyTemplate(t) {
		for _, r := range tp.Resources {
			for kind, price := range billedByTheHour {
				if strings.HasPrefix(r.Type, kind) {
					t.Errorf("%s: %s (%s) costs while nobody works: %s", name, r.ID, r.Type, price)
				}
			}
		}
		for _, tb := range tp.of("AWS::DynamoDB::Table") {
			if tb.get("BillingMode") != "PAY_PER_REQUEST" {
				t.Errorf("%s: %s is paid for by the hour", name, tb.ID)
			}
		}
		for _, fn := range tp.of("AWS::Lambda::Function") {
			if fn.Properties["VpcConfig"] != nil || fn.get("SnapStart.ApplyOn") != "" {
				t.Errorf("%s: %s stands in a network, which needs a NAT gateway, or keeps a snapshot", name, fn.ID)
			}
		}
		if n := len(tp.of("AWS::Lambda::Alias")) + len(tp.of("AWS::Lambda::Version")); n > 0 {
			t.Errorf("%s: %d versions and aliases, which are there to keep instances warm", name, n)
		}
	}
}

// What an idle stage costs in a month, of all that its template has: alarms, 0.10 USD for each beyond ten, and dashboards beyond three.
// Source: AWS, CloudWatch pricing, 2026.
func TestAnIdleStageCostsNothingInDevAndCentsInProduction(t *testing.T) {
	for stage, most := range map[string]float64{"dev": 0, "prod": 2} {
		tp := synth(t, stage)
		alarms := len(tp.of("AWS::CloudWatch::Alarm"))
		cost := 0.10*float64(max(0, alarms-10)) + 3*float64(max(0, len(tp.of("AWS::CloudWatch::Dashboard"))-3))
		if cost > most {
			t.Errorf("%s costs %.2f USD a month while nobody works, want at most %.2f", stage, cost, most)
		}
		t.Log(fmt.Sprintf("%s: %.2f USD a month idle, for %d alarms", stage, cost, alarms))
	}
}

func TestTheWebACLIsASwitch(t *testing.T) {
	on := plain("dev")
	on.WAF, on.Region, on.Out = true, "ap-northeast-2", t.TempDir()
	newApp(on).Synth(nil)
	edge, main := read(t, on.Out+"/dangol-dev-edge.template.json"), read(t, on.Out+"/dangol-dev-stack.template.json")
	if len(edge.of("AWS::WAFv2::WebACL")) != 1 || main.of("AWS::CloudFront::Distribution")[0].Properties["DistributionConfig"].(map[string]any)["WebACLId"] == nil {
		t.Error("switched on, no web ACL stands before CloudFront")
	}
	if got := synth(t, "dev").of("AWS::CloudFront::Distribution")[0].get("DistributionConfig.WebACLId"); got != "" {
		t.Errorf("switched off, CloudFront asks %s", got)
	}
}

func TestTracesAreASwitch(t *testing.T) {
	for name, want := range map[string]string{"dev": "", "all switches but the web ACL": "Active"} {
		for _, fn := range everyTemplate(t)[name].of("AWS::Lambda::Function") {
			if got := fn.get("TracingConfig.Mode"); got != want {
				t.Errorf("%s: %s traces %q, want %q", name, fn.ID, got, want)
			}
		}
	}
}
