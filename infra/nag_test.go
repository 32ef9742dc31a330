package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// These tests hold every template against the rules that cdk-nag's AWS Solutions pack has for the services in use, each by its effect.

func TestBucketsAreEncryptedAndPrivate(t *testing.T) {
	for name, tp := range everyTemplate(t) {
		if len(tp.of("AWS::S3::Bucket")) != 4 {
			t.Errorf("%s: %d buckets, want objects, console, and what each of the two functions at the feed set aside", name, len(tp.of("AWS::S3::Bucket")))
		}
		for _, b := range tp.of("AWS::S3::Bucket") {
			for _, property := range []string{"BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"} {
				if got := b.get("PublicAccessBlockConfiguration." + property); got != "true" {
					t.Errorf("%s: %s: %s is %q, want true", name, b.ID, property, got)
				}
			}
			if b.Properties["BucketEncryption"] == nil || b.get("AccessControl") != "" {
				t.Errorf("%s: %s is not encrypted, or has an ACL", name, b.ID)
			}
		}
	}
}

func TestTheTenantsObjectsHaveVersionsThatEnd(t *testing.T) {
	for name, tp := range everyTemplate(t) {
		for _, b := range tp.of("AWS::S3::Bucket") {
			if !strings.HasPrefix(b.ID, "Objects") {
				continue
			}
			text, _ := json.Marshal(b.Properties)
			for _, want := range []string{`"VersioningConfiguration":{"Status":"Enabled"}`, `"NoncurrentVersionExpiration"`, `"AbortIncompleteMultipartUpload"`} {
				if !strings.Contains(string(text), want) {
					t.Errorf("%s: %s has no %s", name, b.ID, want)
				}
			}
		}
	}
}

// Every bucket and queue refuses what comes without TLS.
func TestNothingIsReachedWithoutTLS(t *testing.T) {
	for name, tp := range everyTemplate(t) {
		for kind, policy := range map[string]string{
			"AWS::S3::Bucket": "AWS::S3::BucketPolicy", "AWS::SQS::Queue": "AWS::SQS::QueuePolicy", "AWS::SNS::Topic": "AWS::SNS::TopicPolicy",
		} {
			for _, r := range tp.of(kind) {
				if !slices.ContainsFunc(tp.of(policy), func(p *resource) bool { return deniesPlain(p, r.ID) }) {
					t.Errorf("%s: %s takes requests without TLS", name, r.ID)
				}
			}
		}
	}
}

// deniesPlain says whether the policy denies requests without TLS to a resource.
func deniesPlain(p *resource, id string) bool {
	return slices.ContainsFunc(statementsOf(p), func(s statement) bool {
		text, _ := json.Marshal(s.Condition)
		return s.Effect == "Deny" && refersTo(s.Resources, id) && strings.Contains(string(text), `"aws:SecureTransport":"false"`)
	})
}

// Whoever a resource's own policy lets in is a service of AWS, and only in the name of this account or of a named resource.
func TestNoResourceIsOpen(t *testing.T) {
	for name, tp := range everyTemplate(t) {
		for _, kind := range []string{"AWS::S3::BucketPolicy", "AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy"} {
			for _, p := range tp.of(kind) {
				for _, s := range statementsOf(p) {
					who, _ := json.Marshal(s.Principal)
					condition, _ := json.Marshal(s.Condition)
					named := strings.Contains(string(condition), "aws:SourceArn") || strings.Contains(string(condition), "AWS:SourceArn") ||
						strings.Contains(string(condition), "aws:SourceAccount")
					if s.Effect == "Allow" && (!strings.Contains(string(who), `"Service"`) || !named) {
						t.Errorf("%s: %s lets in %s under %s", name, p.ID, who, condition)
					}
				}
			}
		}
		for _, p := range tp.of("AWS::Lambda::Permission") {
			if p.Properties["SourceArn"] == nil {
				t.Errorf("%s: %s lets every account's %s call", name, p.ID, p.get("Principal"))
			}
		}
	}
}

func TestQueuesAndTablesAreEncrypted(t *testing.T) {
	for name, tp := range everyTemplate(t) {
		for _, q := range tp.of("AWS::SQS::Queue") {
			if q.get("SqsManagedSseEnabled") != "true" {
				t.Errorf("%s: %s is not encrypted", name, q.ID)
			}
		}
		for _, tb := range tp.of("AWS::DynamoDB::Table") {
			if tb.get("SSESpecification.SSEEnabled") != "true" || tb.get("PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled") != "true" {
				t.Errorf("%s: %s is not encrypted, or cannot be restored", name, tb.ID)
			}
		}
	}
}

func TestEveryLogHasAnEnd(t *testing.T) {
	for name, tp := range everyTemplate(t) {
		for _, g := range tp.of("AWS::Logs::LogGroup") {
			if g.get("RetentionInDays") != "30" {
				t.Errorf("%s: %s keeps its lines for %q days, want 30", name, g.ID, g.get("RetentionInDays"))
			}
		}
	}
}

// A secret in a template is a secret in the account's deployment history.
func TestNoSecretStandsInTheTemplate(t *testing.T) {
	for name, tp := range everyTemplate(t) {
		for _, fn := range tp.of("AWS::Lambda::Function") {
			for variable, value := range fn.Properties["Environment"].(map[string]any)["Variables"].(map[string]any) {
				text := fmt.Sprint(value)
				secret := variable == "DANGOL_SECRET" && !strings.HasPrefix(text, "/dangol/") || variable == "DANGOL_EDGE" && !strings.HasPrefix(text, "{{resolve:ssm:/dangol/")
				if secret {
					t.Errorf("%s: %s has %s = %s", name, fn.ID, variable, text)
				}
			}
		}
	}
}
