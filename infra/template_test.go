package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dangol/dangol/infra/stage"
	"github.com/dangol/dangol/shared/catalogue"
)

// resource is one resource of a synthesised template.
type resource struct {
	ID             string `json:"-"`
	Type           string
	Properties     map[string]any
	DeletionPolicy string
}

// template is what CloudFormation would be given.
type template struct{ Resources map[string]*resource }

// synth synthesises the stack of a stage as it is without any variable set.
func synth(t *testing.T, name string) template {
	return synthWith(t, name, plain(name))
}

// plain are the settings of a stage without any variable set.
func plain(name string) settings {
	return settings{
		Stage: name, Target: "aws", MailDomain: "dangol.example", Budget: "20", Alarms: name == stage.Production, Tenants: name == stage.Production, Binaries: "../bin/lambda",
	}
}

// everyTemplate returns the templates that assertions on all resources hold for: the stages, an emulator's, and one with every switch on.
func everyTemplate(t *testing.T) map[string]template {
	on, local := plain("dev"), plain("prod")
	on.Region, on.Trace, on.Alarms, on.Tenants, on.AlertTo = "ap-northeast-2", true, true, true, "owner@dangol.example"
	on.Domain, on.Zone, on.Cert = "crm.dangol.example", "Z0123456789", "arn:aws:acm:us-east-1:123456789012:certificate/1"
	local.Target = "local"
	return map[string]template{
		"dev": synth(t, "dev"), "prod": synth(t, "prod"), "local": synthWith(t, "local", local), "all switches but the web ACL": synthWith(t, "on", on),
	}
}

// synthWith synthesises once per test binary and name: each takes a second or two, since the CDK runs in a Node process.
func synthWith(t *testing.T, name string, s settings) template {
	t.Helper()
	if done, ok := synthesised[name]; ok {
		return done
	}
	s.Out = t.TempDir()
	newApp(s).Synth(nil)
	synthesised[name] = read(t, filepath.Join(s.Out, *s.name("stack")+".template.json"))
	return synthesised[name]
}

func read(t *testing.T, path string) template {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var got template
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	for id, r := range got.Resources {
		r.ID = id
	}
	return got
}

// synthesised is the tests' cache of templates by name; the tests of this package do not run in parallel.
var synthesised = map[string]template{}

// of lists the resources of a type.
func (tp template) of(kind string) (found []*resource) {
	for _, r := range tp.Resources {
		if r.Type == kind {
			found = append(found, r)
		}
	}
	return found
}

// where returns the one resource of a type whose property has the value.
func (tp template) where(t *testing.T, kind, property, value string) *resource {
	t.Helper()
	var found []*resource
	for _, r := range tp.of(kind) {
		if r.get(property) == value {
			found = append(found, r)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%s with %s = %s: got %d, want exactly one", kind, property, value, len(found))
	}
	return found[0]
}

// function returns the function of a row.
func (tp template) function(t *testing.T, row catalogue.Function) *resource {
	t.Helper()
	return tp.functionOf(t, "test", row)
}

func (tp template) functionOf(t *testing.T, stage string, row catalogue.Function) *resource {
	t.Helper()
	return tp.where(t, "AWS::Lambda::Function", "FunctionName", "dangol-"+stage+"-"+row.Name)
}

// sources lists the event source mappings of a function.
func (tp template) sources(fn *resource) (found []*resource) {
	for _, r := range tp.of("AWS::Lambda::EventSourceMapping") {
		if refersTo(r.Properties["FunctionName"], fn.ID) {
			found = append(found, r)
		}
	}
	return found
}

// get follows a path of property names, such as "VpcConfig.SubnetIds"; "" when nothing is there. Numbers and booleans come as their text.
func (r *resource) get(path string) string {
	var v any = r.Properties
	for name := range strings.SplitSeq(path, ".") {
		m, ok := v.(map[string]any)
		if !ok {
			return ""
		}
		v = m[name]
	}
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

// references lists the logical ids of the resources that a value is made of.
func references(v any) (ids []string) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			ids = append(ids, references(e)...)
		}
	case map[string]any:
		if ref, ok := v["Ref"].(string); ok && !strings.HasPrefix(ref, "AWS::") {
			return []string{ref}
		}
		if att, ok := v["Fn::GetAtt"].([]any); ok {
			return []string{att[0].(string)}
		}
		for _, e := range v {
			ids = append(ids, references(e)...)
		}
	}
	return ids
}

func refersTo(v any, id string) bool {
	for _, ref := range references(v) {
		if ref == id {
			return true
		}
	}
	return false
}

// statement is one statement of an IAM policy with its lists spelled out.
type statement struct {
	Effect    string
	Actions   []string
	Resources []any
	Principal any
	Condition any
}

// statements lists what the role of a function is allowed.
func (tp template) statements(fn *resource) []statement {
	return tp.statementsOfRole(references(fn.Properties["Role"])[0])
}

func (tp template) statementsOfRole(id string) (found []statement) {
	for _, p := range tp.of("AWS::IAM::Policy") {
		if refersTo(p.Properties["Roles"], id) {
			found = append(found, statementsOf(p)...)
		}
	}
	return found
}

// statementsOf lists the statements of anything with a policy document.
func statementsOf(p *resource) (found []statement) {
	for _, s := range p.Properties["PolicyDocument"].(map[string]any)["Statement"].([]any) {
		m := s.(map[string]any)
		st := statement{Effect: m["Effect"].(string), Resources: listed(m["Resource"]), Principal: m["Principal"], Condition: m["Condition"]}
		for _, a := range listed(m["Action"]) {
			st.Actions = append(st.Actions, a.(string))
		}
		found = append(found, st)
	}
	return found
}

// listed makes a list of what CloudFormation lets be one value or many.
func listed(v any) []any {
	if l, ok := v.([]any); ok {
		return l
	}
	return []any{v}
}
