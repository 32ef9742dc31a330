package iamproxy

import (
	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/table"
)

// The actions behind the rights of a row, as infra/rights.go has them.
var (
	reads    = []string{"dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"}
	writes   = []string{"dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:ConditionCheckItem"}
	fetches  = []string{"s3:GetObject"}
	puts     = []string{"s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"}
	consumes = []string{"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"}
	assumes  = []string{"sts:AssumeRole", "sts:TagSession"}
)

// What a tenant's session may reach: the keys of keys.go and the objects of its prefix.
const (
	tenantKeys    = "t#${aws:PrincipalTag/tenant}#*"
	tenantObjects = "t/${aws:PrincipalTag/tenant}/*"
)

// FromRows is the world that the rows of the catalogue ask for, as ADR 11 gives it to infra: for each row a role, and for each that touches records or
// objects a second one with the tenant's. Stories can run on it before the template has the same; TestTheTemplateGrantsWhatTheRowsAskFor then
// compares the two.
func FromRows(rows []catalogue.Function, stage string, p Place) *World {
	b := builder{newWorld(p), stage}
	for _, name := range table.Names() {
		t := Table{Key: table.AttrPK, Indexes: map[string]string{}}
		for i := 1; i <= table.MaxIndexes; i++ {
			t.Indexes[table.IndexName(i)] = table.AttrIndexPK(i)
		}
		b.Tables[b.name(string(name))] = t
	}
	b.Buckets = []string{b.name("objects")}
	b.settings()
	for _, row := range rows {
		b.row(row)
	}
	return b.World
}

type builder struct {
	*World
	stage string
}

func (b builder) name(of string) string { return "dangol-" + b.stage + "-" + of }

func (b builder) arn(kind, of string) string { return b.Place.arn(kind, b.name(of)) }

// row adds the roles of a row.
func (b builder) row(row catalogue.Function) {
	own := b.role(row.Name, Statement{Effect: Allow, Principal: Principals{"Service": {"lambda.amazonaws.com"}}, Action: Strings{"sts:AssumeRole"}})
	b.Functions[row.Name] = own.ARN
	var rights Statements
	for _, o := range row.OfNoTenant() {
		rights = append(rights, b.records(o)...)
	}
	for _, q := range row.Sends {
		rights = append(rights, allow(b.arn("AWS::SQS::Queue", string(q)), "sqs:SendMessage"))
	}
	if row.Queue != "" {
		rights = append(rights, allow(b.arn("AWS::SQS::Queue", string(row.Queue)), consumes...))
	}
	if row.Mail {
		rights = append(rights, b.mail()...)
	}
	if row.Keys() {
		rights = append(rights, allow(b.Place.arn("AWS::SSM::Parameter", "/dangol/"+b.stage+"/keys"), "ssm:GetParameter"))
	}
	if row.Tenanted() {
		tenant := b.role(row.Name+"-tenant", trust(own.ARN))
		tenant.Policies = []Policy{{Version: Version, Statement: b.tenant(row)}}
		b.Tenants[row.Name] = tenant.ARN
		rights = append(rights, allow(tenant.ARN, assumes...))
	}
	own.Policies = []Policy{{Version: Version, Statement: rights}}
}

// mail is what a row needs to send, each workspace as an SES tenant that it makes.
func (b builder) mail() Statements {
	sender := Strings{b.Place.arn("AWS::SES::EmailIdentity", "*"), b.arn("AWS::SES::ConfigurationSet", "mail")}
	return Statements{
		{Effect: Allow, Action: Strings{"ses:SendEmail", "ses:SendRawEmail"}, Resource: sender},
		allow("*", "ses:CreateTenant"),
		{Effect: Allow, Action: Strings{"ses:CreateTenantResourceAssociation"}, Resource: append(sender, b.arn("AWS::SES::Tenant", "wsp_*/tn-*"))},
	}
}

func (b builder) role(name string, trust Statement) *Role {
	r := &Role{Name: b.name(name), ARN: b.arn("AWS::IAM::Role", name), Trust: Policy{Version: Version, Statement: Statements{trust}}}
	b.Roles[r.ARN] = r
	return r
}

// trust lets one function's role begin a session for exactly one tenant.
func trust(own string) Statement {
	return Statement{Effect: Allow, Principal: Principals{"AWS": {own}}, Action: assumes, Condition: Conditions{
		"StringLike":                {"aws:RequestTag/tenant": {"wsp_*"}},
		"ForAllValues:StringEquals": {"aws:TagKeys": {"tenant"}},
	}}
}

// tenant is what the row touches of one tenant.
func (b builder) tenant(row catalogue.Function) (rights Statements) {
	for _, o := range row.OfTenant(tenantKeys) {
		rights = append(rights, b.records(o)...)
	}
	bucket := b.arn("AWS::S3::Bucket", "objects")
	if row.Blob&catalogue.Read != 0 {
		list := allow(bucket, "s3:ListBucket")
		list.Condition = Conditions{"StringLike": {"s3:prefix": {tenantObjects}}}
		rights = append(rights, list, allow(bucket+"/"+tenantObjects, fetches...))
	}
	if row.Blob&catalogue.Write != 0 {
		rights = append(rights, allow(bucket+"/"+tenantObjects, puts...))
	}
	return rights
}

// records allows access to items of a table by their partition keys, in the table and, for reads, in its indexes. Null closes the gap of
// ForAllValues, which a call without any leading key meets.
func (b builder) records(o catalogue.Items) (rights Statements) {
	arn := b.arn("AWS::DynamoDB::Table", string(o.Table))
	held := Conditions{"ForAllValues:StringLike": {"dynamodb:LeadingKeys": o.Under}, "Null": {"dynamodb:LeadingKeys": {"false"}}}
	if o.Access&catalogue.Read != 0 {
		readable := Strings{arn}
		for i := 1; i <= table.MaxIndexes; i++ {
			readable = append(readable, arn+"/index/"+table.IndexName(i))
		}
		rights = append(rights, Statement{Effect: Allow, Action: reads, Resource: readable, Condition: held})
	}
	if o.Access&catalogue.Write != 0 {
		rights = append(rights, Statement{Effect: Allow, Action: writes, Resource: Strings{arn}, Condition: held})
	}
	return rights
}

func allow(resource string, actions ...string) Statement {
	return Statement{Effect: Allow, Action: actions, Resource: Strings{resource}}
}
