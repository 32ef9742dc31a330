package iamproxy_test

import (
	"strings"
	"testing"

	"github.com/dangol/dangol/localstack/iamproxy"
)

const (
	tableARN = "arn:aws:dynamodb:ap-northeast-2:000000000000:table/crm"
	pkOurs   = "t#wsp_a#cus#1"
)

// statement is a policy of one statement that allows reading the table, with more members after it.
func statement(more string) string {
	return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"dynamodb:GetItem","Resource":"` + tableARN + `"` + more + `}]}`
}

func policy(statements string) string {
	return `{"Version":"2012-10-17","Statement":` + statements + `}`
}

// getItem is a read of the table by a session of tenant wsp_a.
func getItem(keys ...string) iamproxy.Access {
	k := iamproxy.Keys{"aws:principaltag/tenant": {"wsp_a"}}
	if len(keys) > 0 {
		k["dynamodb:leadingkeys"] = keys
	}
	return iamproxy.Access{Action: "dynamodb:GetItem", Resource: tableARN, Keys: k}
}

// What IAM documents about evaluation, operators and variables, a case each. Sources: IAM User Guide, "Policy evaluation logic", "Condition operators",
// "Set operators for multivalued context keys", "Variables and tags", "Resource".
func TestDecisions(t *testing.T) {
	const held = `,"Condition":{"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["t#${aws:PrincipalTag/tenant}#*"]}}`
	const notNull = `,"Condition":{"ForAllValues:StringLike":{"dynamodb:LeadingKeys":"t#${aws:PrincipalTag/tenant}#*"},"Null":{"dynamodb:LeadingKeys":"false"}}`
	untagged, other := getItem(pkOurs), getItem(pkOurs)
	delete(untagged.Keys, "aws:principaltag/tenant")
	other.Resource = tableARN + "/index/i1"
	put := getItem(pkOurs)
	put.Action = "dynamodb:PutItem"
	wild := getItem("t#wsp_b#cus#1")
	wild.Keys["aws:principaltag/tenant"] = []string{"*"}

	for name, c := range map[string]struct {
		policy string
		access iamproxy.Access
		want   string // beginning of the reason
	}{
		"what nobody allows is denied":              {policy(`[]`), getItem(), "no identity"},
		"an allowed action on its resource":         {statement(""), getItem(), "allowed"},
		"another action":                            {statement(""), put, "no identity"},
		"an index is another resource":              {statement(""), other, "no identity"},
		"a deny wins over an allow":                 {policy(`[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"dynamodb:GetItem","Resource":"*"}]`), getItem(), "an explicit deny"},
		"a deny wins whatever the order":            {policy(`[{"Effect":"Deny","Action":"dynamodb:GetItem","Resource":"*"},{"Effect":"Allow","Action":"*","Resource":"*"}]`), getItem(), "an explicit deny"},
		"a deny of something else does not matter":  {policy(`[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"dynamodb:Scan","Resource":"*"}]`), getItem(), "allowed"},
		"actions have no case, and wildcards":       {policy(`{"Effect":"Allow","Action":"DynamoDB:get*","Resource":"*"}`), getItem(), "allowed"},
		"a question mark is exactly one character":  {policy(`{"Effect":"Allow","Action":"dynamodb:GetIte?","Resource":"*"}`), getItem(), "allowed"},
		"and not none":                              {policy(`{"Effect":"Allow","Action":"dynamodb:GetItem?","Resource":"*"}`), getItem(), "no identity"},
		"a star in a resource":                      {policy(`{"Effect":"Allow","Action":"*","Resource":"arn:aws:dynamodb:*:*:table/cr*"}`), other, "allowed"},
		"a star does not leave its part of the ARN": {policy(`{"Effect":"Allow","Action":"*","Resource":"arn:aws:dynamodb:*:table/crm:x"}`), getItem(), "no identity"},
		"resources have a case":                     {policy(`{"Effect":"Allow","Action":"*","Resource":"arn:aws:dynamodb:*:*:table/CRM"}`), getItem(), "no identity"},
		"the leading key of the tagged tenant":      {statement(held), getItem(pkOurs), "allowed"},
		"another tenant's leading key":              {statement(held), getItem("t#wsp_b#cus#1"), "no identity"},
		"all leading keys must match":               {statement(held), getItem(pkOurs, "t#wsp_b#cus#1"), "no identity"},
		"a longer tenant id is another one":         {statement(held), getItem("t#wsp_ab#cus#1"), "no identity"},
		"without leading keys ForAllValues is met":  {statement(held), getItem(), "allowed"},
		"unless Null asks for the key":              {statement(notNull), getItem(), "no identity"},
		"Null false with the key there":             {statement(notNull), getItem(pkOurs), "allowed"},
		"conditions hold together":                  {statement(notNull), getItem("t#wsp_b#cus#1"), "no identity"},
		"Null true with the key there":              {statement(`,"Condition":{"Null":{"dynamodb:LeadingKeys":true}}`), getItem(pkOurs), "no identity"},
		"Null true without the key":                 {statement(`,"Condition":{"Null":{"dynamodb:LeadingKeys":true}}`), getItem(), "allowed"},
		"a session without the tag matches nothing": {statement(held), untagged, "no identity"},
		"a star in a tag is a plain star":           {statement(held), wild, "no identity"},
		"a star in StringEquals is a plain star":    {statement(`,"Condition":{"ForAllValues:StringEquals":{"dynamodb:LeadingKeys":"t#*"}}`), getItem(pkOurs), "no identity"},
		"one of several wanted values is enough":    {statement(`,"Condition":{"ForAllValues:StringEquals":{"dynamodb:LeadingKeys":["x","` + pkOurs + `"]}}`), getItem(pkOurs), "allowed"},
		"StringEquals of a tag":                     {statement(`,"Condition":{"StringEquals":{"aws:PrincipalTag/tenant":"wsp_a"}}`), getItem(), "allowed"},
		"StringEquals has a case":                   {statement(`,"Condition":{"StringEquals":{"aws:PrincipalTag/tenant":"WSP_A"}}`), getItem(), "no identity"},
		"StringLike of an absent key":               {statement(`,"Condition":{"StringLike":{"s3:prefix":"*"}}`), getItem(), "no identity"},
		"Bool of an absent key":                     {statement(`,"Condition":{"Bool":{"aws:SecureTransport":false}}`), getItem(), "no identity"},
		"names of keys have no case":                {statement(`,"Condition":{"StringEquals":{"AWS:principaltag/Tenant":"wsp_a"}}`), getItem(), "allowed"},
		"${*} is a plain star":                      {statement(`,"Condition":{"ForAllValues:StringLike":{"dynamodb:LeadingKeys":"t${*}#?"}}`), getItem("t*#1"), "allowed"},
		"a variable in the resource":                {policy(`{"Effect":"Allow","Action":"*","Resource":"arn:aws:dynamodb:*:*:table/${aws:PrincipalTag/tenant}"}`), getItem(), "no identity"},
		"a deny that names an absent tag is silent": {policy(`[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"*","Resource":"arn:aws:dynamodb:*:*:table/${aws:PrincipalTag/x}"}]`), getItem(), "allowed"},
		"a condition of a deny narrows it":          {policy(`[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/tenant":"wsp_b"}}}]`), getItem(), "allowed"},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := iamproxy.ParsePolicy([]byte(c.policy))
			if err != nil {
				t.Fatal(err)
			}
			got := iamproxy.Rights{Policies: []iamproxy.Policy{p}}.Decide(c.access)
			if !strings.HasPrefix(got.Why, c.want) || got.Allowed != (c.want == "allowed") {
				t.Errorf("got %+v, want %q", got, c.want)
			}
		})
	}
}

// What this package cannot evaluate must stop a run at its start.
func TestPoliciesThatAreNotUnderstoodAreRefused(t *testing.T) {
	for name, document := range map[string]string{
		"an operator":             statement(`,"Condition":{"StringNotLike":{"s3:prefix":"x"}}`),
		"a set operator":          statement(`,"Condition":{"ForAnyValue:StringLike":{"dynamodb:LeadingKeys":"x"}}`),
		"an IfExists":             statement(`,"Condition":{"StringEqualsIfExists":{"s3:prefix":"x"}}`),
		"a list without its set":  statement(`,"Condition":{"StringLike":{"dynamodb:LeadingKeys":"x"}}`),
		"a variable":              statement(`,"Condition":{"StringLike":{"s3:prefix":"${aws:username}"}}`),
		"a default of a variable": statement(`,"Condition":{"StringLike":{"s3:prefix":"${aws:PrincipalTag/tenant"}}`),
		"a variable in an ARN":    policy(`{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::b/${s3:prefix}/*"}`),
		"NotAction":               policy(`{"Effect":"Allow","NotAction":"s3:*","Resource":"*"}`),
		"NotResource":             policy(`{"Effect":"Allow","Action":"s3:*","NotResource":"*"}`),
		"an effect":               policy(`{"Effect":"allow","Action":"s3:*","Resource":"*"}`),
		"half an ARN":             policy(`{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:*"}`),
		"the old language":        `{"Version":"2008-10-17","Statement":[]}`,
	} {
		if _, err := iamproxy.ParsePolicy([]byte(document)); err == nil {
			t.Errorf("%s: taken, want an error", name)
		}
	}
}

// A policy made in code, past ParsePolicy, still never allows by what it cannot evaluate.
func TestAnUnknownOperatorDenies(t *testing.T) {
	p := iamproxy.Policy{Version: iamproxy.Version, Statement: iamproxy.Statements{{Effect: "Allow", Action: iamproxy.Strings{"*"}, Resource: iamproxy.Strings{"*"},
		Condition: iamproxy.Conditions{"NumericLessThan": {"s3:max-keys": {"10"}}}}}}
	if got := (iamproxy.Rights{Policies: []iamproxy.Policy{p}}).Decide(getItem()); got.Allowed || !strings.Contains(got.Why, "cannot be evaluated") {
		t.Errorf("got %+v", got)
	}
}

func TestBoundariesAndSessionPoliciesOnlyNarrow(t *testing.T) {
	parse := func(document string) []iamproxy.Policy {
		p, err := iamproxy.ParsePolicy([]byte(document))
		if err != nil {
			t.Fatal(err)
		}
		return []iamproxy.Policy{p}
	}
	all, nothing := parse(policy(`{"Effect":"Allow","Action":"*","Resource":"*"}`)), parse(policy(`[]`))
	deny := parse(policy(`{"Effect":"Deny","Action":"dynamodb:GetItem","Resource":"*"}`))
	for name, c := range map[string]struct {
		rights iamproxy.Rights
		want   string
	}{
		"all three allow":                      {iamproxy.Rights{Policies: all, Boundary: all, Session: all}, "allowed"},
		"the boundary is silent":               {iamproxy.Rights{Policies: all, Boundary: nothing}, "no permissions boundary"},
		"the session policy is silent":         {iamproxy.Rights{Policies: all, Session: nothing}, "no session policy"},
		"a boundary gives nothing":             {iamproxy.Rights{Policies: nothing, Boundary: all}, "no identity"},
		"a session policy gives nothing":       {iamproxy.Rights{Policies: nothing, Session: all}, "no identity"},
		"the session policy denies":            {iamproxy.Rights{Policies: all, Session: deny}, "an explicit deny in the session policy"},
		"a deny is told rather than a silence": {iamproxy.Rights{Policies: nothing, Boundary: deny}, "an explicit deny in the permissions boundary"},
	} {
		if got := c.rights.Decide(getItem()); !strings.HasPrefix(got.Why, c.want) || got.Allowed != (c.want == "allowed") {
			t.Errorf("%s: got %+v, want %q", name, got, c.want)
		}
	}
}
