package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/catalogue"
)

func TestTheConsoleIsPrivateBehindCloudFront(t *testing.T) {
	tp := synth(t, "prod")
	front := tp.of("AWS::CloudFront::Distribution")[0]
	text, _ := json.Marshal(front.Properties)
	for what, want := range map[string]string{
		"pages without TLS are turned to TLS":   `"ViewerProtocolPolicy":"redirect-to-https"`,
		"calls without TLS are refused":         `"ViewerProtocolPolicy":"https-only"`,
		"the gateway is asked by TLS alone":     `"OriginProtocolPolicy":"https-only"`,
		"the bucket is asked in our own name":   `"OriginAccessControlId":`,
		"the gateway can tell CloudFront apart": `{"HeaderName":"X-Dangol-Edge","HeaderValue":"{{resolve:ssm:/dangol/prod/edge}}"}`,
		"answers of the API are not kept":       `"CachePolicyId":"4135ea2d-6df8-44a3-9df3-4b5a84be39ad"`, // Managed-CachingDisabled
		"the gateway gets its own host's name":  `"OriginRequestPolicyId":"b689b0a8-53d0-40ab-baf2-68738e2966ac"`,
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%s: %s is not in the distribution", what, want)
		}
	}
	if n := strings.Count(string(text), `"ViewerProtocolPolicy":"allow-all"`); n > 0 || strings.Contains(string(text), "CustomErrorResponses") {
		t.Error("plain HTTP is let through, or error pages replace the API's own")
	}
}

// Only CloudFront, and only this distribution, reads the console's bucket.
func TestTheConsolesBucketKnowsItsDistribution(t *testing.T) {
	tp := synth(t, "prod")
	front := tp.of("AWS::CloudFront::Distribution")[0]
	for _, p := range tp.of("AWS::S3::BucketPolicy") {
		for _, s := range statementsOf(p) {
			if s.Effect != "Allow" {
				continue
			}
			if !strings.HasPrefix(references(p.Properties["Bucket"])[0], "Site") || len(s.Actions) != 1 || s.Actions[0] != "s3:GetObject" ||
				!refersTo(s.Condition, front.ID) {
				t.Errorf("%s allows %v under %v", p.ID, s.Actions, s.Condition)
			}
		}
	}
}

func TestTheAddressFollowsTheSettings(t *testing.T) {
	own, local := plain("dev"), plain("dev")
	own.Domain, own.Cert, own.Zone = "crm.dangol.example", "arn:aws:acm:us-east-1:123456789012:certificate/1", "Z0123456789"
	local.Target = "local"
	fixed := local
	fixed.BaseURL = "http://localhost:9000"
	for name, c := range map[string]struct {
		s         settings
		want      string // text of the address, or the type that it is taken from
		certified string
	}{
		"CloudFront's":  {plain("dev"), "AWS::CloudFront::Distribution", ""},
		"the owner's":   {own, "https://crm.dangol.example", own.Cert},
		"the gateway's": {local, "AWS::ApiGatewayV2::Api", ""},
		"a fixed one":   {fixed, "http://localhost:9000", ""},
	} {
		t.Run(name, func(t *testing.T) {
			tp := synthWith(t, "address "+name, c.s)
			for _, fn := range tp.of("AWS::Lambda::Function") {
				vars := fn.Properties["Environment"].(map[string]any)["Variables"].(map[string]any)
				got, _ := vars["DANGOL_BASE_URL"].(string)
				for _, id := range references(vars["DANGOL_BASE_URL"]) {
					got = tp.Resources[id].Type
				}
				if origin, _ := json.Marshal(vars["DANGOL_ORIGIN"]); got != c.want || string(origin) == "null" {
					t.Errorf("%s has the address %q and origin %s, want %q", fn.ID, got, origin, c.want)
				}
			}
			for _, row := range catalogue.Rows() {
				fn := tp.where(t, "AWS::Lambda::Function", "FunctionName", "dangol-dev-"+row.Name)
				if got := fn.get("Environment.Variables.DANGOL_EDGE") != ""; got != (len(row.Paths) > 0) {
					t.Errorf("%s can tell CloudFront apart: %v", row.Name, got)
				}
			}
			for _, f := range tp.of("AWS::CloudFront::Distribution") {
				if got := f.get("DistributionConfig.ViewerCertificate.AcmCertificateArn"); got != c.certified {
					t.Errorf("the certificate is %q, want %q", got, c.certified)
				}
			}
			if want := map[bool]int{true: 2}[c.s.Zone != ""]; len(tp.of("AWS::Route53::RecordSet")) != want {
				t.Errorf("got %d records, want %d", len(tp.of("AWS::Route53::RecordSet")), want)
			}
		})
	}
}
