package iamproxy

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
)

// Place is where the stack is thought to stand, and what its resources are called there.
type Place struct {
	Region, Account string // default ap-northeast-2 and 000000000000, the account of emulators

	// Names has the template's name of a table, queue, bucket, parameter or mail domain by the one that calls use for it, where these differ: a test
	// makes its own. A bucket that the template does not name is called by its logical id in lower case, see World.Buckets.
	Names map[string]string
}

func (p Place) withDefaults() Place {
	if p.Region == "" {
		p.Region = "ap-northeast-2"
	}
	if p.Account == "" {
		p.Account = "000000000000"
	}
	return p
}

// template is a CloudFormation template with the values of its references.
type template struct {
	Resources  map[string]resource
	Parameters map[string]struct{ Default any }
	place      Place
}

type resource struct {
	Type       string
	Properties map[string]any
}

func readTemplate(path string, p Place) (*template, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	t := &template{place: p.withDefaults()}
	if err := json.Unmarshal(b, t); err != nil {
		return nil, fmt.Errorf("read template %s: %w", path, err)
	}
	return t, nil
}

// naming says how a type of resource is named: its property with the name, its ARN with "%s" for the name, and what Ref returns if not the name.
type naming struct{ property, arn, ref string }

// namings has the types that the stack's policies refer to. A reference to another one is an error: its ARN would be a guess.
var namings = map[string]naming{
	"AWS::DynamoDB::Table":        {property: "TableName", arn: "dynamodb:REGION:ACCOUNT:table/%s"},
	"AWS::S3::Bucket":             {property: "BucketName", arn: "s3:::%s"},
	"AWS::SQS::Queue":             {property: "QueueName", arn: "sqs:REGION:ACCOUNT:%s", ref: "https://sqs.REGION.amazonaws.com/ACCOUNT/%s"},
	"AWS::IAM::Role":              {property: "RoleName", arn: "iam::ACCOUNT:role/%s"},
	"AWS::IAM::ManagedPolicy":     {property: "ManagedPolicyName", arn: "iam::ACCOUNT:policy/%s", ref: "arn:aws:iam::ACCOUNT:policy/%s"},
	"AWS::Logs::LogGroup":         {property: "LogGroupName", arn: "logs:REGION:ACCOUNT:log-group:%s:*"},
	"AWS::Lambda::Function":       {property: "FunctionName", arn: "lambda:REGION:ACCOUNT:function:%s"},
	"AWS::SecretsManager::Secret": {property: "Name", arn: "secretsmanager:REGION:ACCOUNT:secret:%s", ref: "arn:aws:secretsmanager:REGION:ACCOUNT:secret:%s"},
	"AWS::KMS::Key":               {arn: "kms:REGION:ACCOUNT:key/%s"},
	"AWS::SES::EmailIdentity":     {property: "EmailIdentity", arn: "ses:REGION:ACCOUNT:identity/%s"},
	"AWS::SES::ConfigurationSet":  {property: "Name", arn: "ses:REGION:ACCOUNT:configuration-set/%s"},
	"AWS::SES::Tenant":            {property: "TenantName", arn: "ses:REGION:ACCOUNT:tenant/%s"},
	"AWS::SNS::Topic":             {property: "TopicName", arn: "sns:REGION:ACCOUNT:%s", ref: "arn:aws:sns:REGION:ACCOUNT:%s"},
	"AWS::SSM::Parameter":         {property: "Name", arn: "ssm:REGION:ACCOUNT:parameter%s"},
	"AWS::Events::Rule":           {property: "Name", arn: "events:REGION:ACCOUNT:rule/%s"},
}

// fill writes a name, and where the stack stands, in the pattern of a naming.
func (p Place) fill(pattern, name string) string {
	return strings.NewReplacer("REGION", p.Region, "ACCOUNT", p.Account, "%s", name).Replace(pattern)
}

func (p Place) arn(kind, name string) string { return "arn:aws:" + p.fill(namings[kind].arn, name) }

// name is what the resource is called in the place.
func (t *template) name(id string) (string, error) {
	r, ok := t.Resources[id]
	if !ok {
		return "", fmt.Errorf("no resource %s in the template", id)
	}
	name := id
	if r.Type == "AWS::S3::Bucket" {
		name = strings.ToLower(id)
	}
	if given := r.Properties[namings[r.Type].property]; given != nil {
		v, err := t.text(given)
		if err != nil {
			return "", fmt.Errorf("name of %s: %w", id, err)
		}
		name = v
	}
	return name, nil
}

func (t *template) ref(id string) (string, error) {
	pseudo := map[string]string{"AWS::Partition": "aws", "AWS::Region": t.place.Region, "AWS::AccountId": t.place.Account, "AWS::URLSuffix": "amazonaws.com"}
	if v, ok := pseudo[id]; ok {
		return v, nil
	}
	if p, ok := t.Parameters[id]; ok {
		return fmt.Sprint(p.Default), nil
	}
	name, err := t.name(id)
	if pattern := namings[t.Resources[id].Type].ref; pattern != "" {
		name = t.place.fill(pattern, name)
	}
	return name, err
}

func (t *template) attribute(id, attribute string) (string, error) {
	name, err := t.name(id)
	if err != nil {
		return "", err
	}
	kind := t.Resources[id].Type
	switch {
	case namings[kind].arn == "":
	case attribute == "Arn":
		return t.place.arn(kind, name), nil
	case attribute == "StreamArn": // the real one ends in the moment at which the stream was switched on
		return t.place.arn(kind, name) + "/stream/*", nil
	case strings.HasSuffix(attribute, "Name"):
		return name, nil
	}
	return "", fmt.Errorf("attribute %s of %s (%s) is not known to this package: see namings", attribute, id, kind)
}
