package iamproxy_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/localstack/iamproxy"
	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/crm/due"
	"github.com/dangol/dangol/shared/table"
)

// fixture is a stack of four rows with the tenants' roles of the ADR.
const fixture = "testdata/stack.template.json"

// fixtureRows are those of the fixture, as they were when it was written: the catalogue moves on.
var fixtureRows = []catalogue.Function{
	{Name: "customers", Paths: []string{"/v1/customers"}, Tables: map[table.Name]catalogue.Access{table.Identity: catalogue.Read, table.CRM: catalogue.Both,
		table.Outreach: catalogue.Read, table.Ops: catalogue.Both}},
	{Name: "importwork", Queue: catalogue.Imports, Tables: map[table.Name]catalogue.Access{table.CRM: catalogue.Both, table.Ops: catalogue.Both}, Blob: catalogue.Both},
	{Name: "schedule", Schedules: []catalogue.Schedule{{Kind: due.Scores, Every: time.Minute}}, Blob: catalogue.Read,
		Tables: map[table.Name]catalogue.Access{table.CRM: catalogue.Both, table.Outreach: catalogue.Both, table.Ops: catalogue.Both}},
	{Name: "docs", Paths: []string{"/docs"}, Public: true},
}

func TestTheFixtureGrantsWhatItsRowsAskFor(t *testing.T) {
	if got := compareAll(t, fixture, fixtureRows); got != 7 {
		t.Errorf("compared %d roles, want 7", got)
	}
}

// A synthesised template, named by DANGOL_TEMPLATE, grants what the catalogue's rows ask for, no more and no less.
func TestTheTemplateGrantsWhatTheRowsAskFor(t *testing.T) {
	file := os.Getenv("DANGOL_TEMPLATE")
	if file == "" {
		t.Skip("no template: `make synth`, then DANGOL_TEMPLATE=$PWD/infra/cdk.out/dangol-dev-stack.template.json")
	}
	if got := compareAll(t, file, catalogue.Rows()); got < len(catalogue.Rows()) {
		t.Errorf("compared %d roles of %d rows", got, len(catalogue.Rows()))
	}
}

// compareAll holds both roles of each row in the template against what the row asks for, and counts the roles.
func compareAll(t *testing.T, file string, rows []catalogue.Function) (compared int) {
	t.Helper()
	want := iamproxy.FromRows(rows, "dev", iamproxy.Place{})
	got, err := iamproxy.Read(file, iamproxy.Place{})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		for kind, of := range map[string]func(*iamproxy.World, string) (*iamproxy.Role, error){
			"own role": (*iamproxy.World).RoleOf, "tenant role": (*iamproxy.World).TenantRoleOf,
		} {
			asked, none := of(want, row.Name)
			given, err := of(got, row.Name)
			if (none == nil) != (err == nil) {
				t.Errorf("%s, %s: got %v, want %v", row.Name, kind, err, none)
			}
			if err == nil && none == nil {
				compared++
				compare(t, row.Name+", "+kind, given, asked, names(want, got))
			}
		}
	}
	return compared
}

// names turns what the rows call a bucket and a role into what the template calls them.
func names(rows, template *iamproxy.World) *strings.Replacer {
	bucket := template.Settings["DANGOL_BUCKET"]
	if bucket == "" {
		bucket = template.Buckets[0]
	}
	return strings.NewReplacer(rows.Settings["DANGOL_BUCKET"], bucket, tenantRole, template.Tenants["customers"])
}

// compare asks two roles for everything that a store could try.
func compare(t *testing.T, who string, got, want *iamproxy.Role, names *strings.Replacer) {
	t.Helper()
	for _, a := range probes() {
		wanted := iamproxy.Rights{Policies: want.Policies}.Decide(a)
		a.Resource = names.Replace(a.Resource)
		if d := (iamproxy.Rights{Policies: got.Policies}).Decide(a); d.Allowed != wanted.Allowed {
			t.Errorf("%s: %s on %s %v: the template says %q, the row %q", who, a.Action, a.Resource, a.Keys, d.Why, wanted.Why)
		}
	}
}

func probes() (all []iamproxy.Access) {
	keys := []string{"t#" + ours + "#cus#1", "t#" + theirs + "#cus#1", "t#" + theirs + "#tenant", "t#" + ours + "#keys", "u#1", "e#a@b.kr", "s#1", "k#1", "due#0", "due#scores#0", "lim#login#1", "cus#1"}
	for _, n := range table.Names() {
		for _, action := range []string{"GetItem", "BatchGetItem", "Query", "Scan", "PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem", "BatchWriteItem", "DeleteTable"} {
			for _, resource := range []string{"", "/index/index1", "/index/index2"} {
				at := "arn:aws:dynamodb:ap-northeast-2:000000000000:table/dangol-dev-" + string(n) + resource
				all = append(all, tagged("dynamodb:"+action, at, nil))
				for _, k := range keys {
					all = append(all, tagged("dynamodb:"+action, at, iamproxy.Keys{"dynamodb:leadingkeys": {k}}))
				}
			}
		}
	}
	for _, action := range []string{"GetObject", "PutObject", "DeleteObject", "AbortMultipartUpload", "GetObjectVersion", "PutObjectAcl"} {
		for _, key := range []string{"t/" + ours + "/a", "t/" + theirs + "/a", "t/" + ours, "a"} {
			all = append(all, tagged("s3:"+action, "arn:aws:s3:::dangol-dev-objects/"+key, nil))
		}
	}
	for _, prefix := range []string{"t/" + ours + "/a", "t/" + theirs + "/", "t/", ""} {
		all = append(all, tagged("s3:ListBucket", "arn:aws:s3:::dangol-dev-objects", iamproxy.Keys{"s3:prefix": {prefix}}))
	}
	for _, q := range catalogue.Queues() {
		for _, action := range []string{"SendMessage", "ReceiveMessage", "DeleteMessage", "GetQueueAttributes", "PurgeQueue"} {
			all = append(all, tagged("sqs:"+action, "arn:aws:sqs:ap-northeast-2:000000000000:dangol-dev-"+string(q), nil))
		}
	}
	return append(all, tagged("ssm:GetParameter", "arn:aws:ssm:ap-northeast-2:000000000000:parameter/dangol/dev/keys", nil),
		tagged("sts:AssumeRole", tenantRole, nil), tagged("s3:ListBucket", "arn:aws:s3:::dangol-dev-objects", nil))
}

func tagged(action, resource string, keys iamproxy.Keys) iamproxy.Access {
	all := iamproxy.Keys{"aws:principaltag/tenant": {ours}}
	for k, v := range keys {
		all[k] = v
	}
	return iamproxy.Access{Action: action, Resource: resource, Keys: all}
}

// What the template says in a way that this package does not know must not be passed over.
func TestTemplatesThatAreNotUnderstood(t *testing.T) {
	text, err := os.ReadFile(fixture)
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string][2]string{
		"a policy that AWS keeps":     {`"ManagedPolicyArns": [` + "\n     {\n      \"Ref\": \"Importing\"", `"ManagedPolicyArns": [` + "\n     {\n      \"Ref\": \"Kept\""},
		"a choice of the deployment":  {`"Fn::Sub": "${Objects.Arn}/t/${!aws:PrincipalTag/tenant}/*"`, `"Fn::If": ["x", "y", "z"]`},
		"an unknown operator":         {`"s3:prefix": "t/`, `"s3:prefix": "${aws:userid}/`},
		"a resource that is not here": {`"Fn::Sub": "${Objects.Arn}/`, `"Fn::Sub": "${Elsewhere.Arn}/`},
	} {
		changed := strings.ReplaceAll(string(text), change[0], change[1])
		if changed == string(text) {
			t.Fatalf("%s: nothing changed", name)
		}
		file := filepath.Join(t.TempDir(), "t.json")
		if err := os.WriteFile(file, []byte(changed), 0o600); err != nil {
			t.Fatal(err)
		}
		w, err := iamproxy.Read(file, iamproxy.Place{})
		if err == nil {
			_, err = w.TenantRoleOf("importwork")
		}
		if err == nil {
			t.Errorf("%s: taken, want an error", name)
		}
	}
}

// A stage of its own, as tests make it, is judged by the template's rights under the names that calls use.
func TestNamesOfTheStageAreTheTemplates(t *testing.T) {
	w, err := iamproxy.Read(fixture, iamproxy.Place{Names: map[string]string{"dangol-1a2b-crm": "dangol-dev-crm"}})
	if err != nil {
		t.Fatal(err)
	}
	c, err := w.Parse("dynamodb", request("POST", "/", `{"TableName":"dangol-1a2b-crm","Key":{"PK":{"S":"x"}}}`, "X-Amz-Target", "DynamoDB_20120810.GetItem"))
	if err != nil || c.Access[0].Resource != "arn:aws:dynamodb:ap-northeast-2:000000000000:table/dangol-dev-crm" {
		t.Errorf("got %+v, %v", c, err)
	}
}
