package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/table"
)

// held are the rights on one table under one set of partition keys, as they are compared.
type held map[string]catalogue.Access // by table and keys

func asked(items []catalogue.Items) held {
	h := held{}
	for _, i := range items {
		h[fmt.Sprint(i.Table, i.Under)] |= i.Access
	}
	return h
}

// heldBy reads back from statements what they allow on tables. A statement on a table that is not held to partition keys is an error of the template.
func (tp template) heldBy(t *testing.T, who string, all []statement) held {
	t.Helper()
	h := held{}
	for _, s := range all {
		if !slices.ContainsFunc(s.Actions, func(a string) bool { return a == "dynamodb:GetItem" || a == "dynamodb:PutItem" }) {
			continue
		}
		keys, ok := leadingKeys(s.Condition)
		if !ok {
			t.Errorf("%s: %v on %v is not held to partition keys: %v", who, s.Actions, s.Resources, s.Condition)
		}
		for _, id := range slices.Compact(references(s.Resources)) {
			name := strings.TrimPrefix(tp.Resources[id].get("TableName"), "dangol-test-")
			if slices.Contains(s.Actions, "dynamodb:GetItem") {
				h[fmt.Sprint(table.Name(name), keys)] |= catalogue.Read
			}
			if slices.Contains(s.Actions, "dynamodb:PutItem") {
				h[fmt.Sprint(table.Name(name), keys)] |= catalogue.Write
			}
		}
	}
	return h
}

// leadingKeys returns what a condition lets partition keys be like, and whether a call without one is refused.
func leadingKeys(condition any) (keys []string, ok bool) {
	c, _ := condition.(map[string]any)
	like, _ := c["ForAllValues:StringLike"].(map[string]any)
	null, _ := c["Null"].(map[string]any)
	for _, k := range listed(like["dynamodb:LeadingKeys"]) {
		text, _ := k.(string)
		keys = append(keys, text)
	}
	return keys, len(c) == 2 && null["dynamodb:LeadingKeys"] == "false" && !slices.Contains(keys, "") && !slices.Contains(keys, "*")
}

func TestRecordsAreReachedAsTheRowSays(t *testing.T) {
	tp := synth(t, "test")
	for _, row := range catalogue.Rows() {
		fn := tp.function(t, row)
		if got, want := tp.heldBy(t, row.Name, tp.statements(fn)), asked(row.OfNoTenant()); !maps.Equal(got, want) {
			t.Errorf("%s in its own name: may %v, want %v", row.Name, got, want)
		}
		role := variables(fn)["DANGOL_TENANT_ROLE"]
		if (role != nil) != row.Tenanted() {
			t.Errorf("%s: tenant role is %v", row.Name, role)
		}
		if role == nil {
			continue
		}
		if got, want := tp.heldBy(t, row.Name, tp.statementsOfRole(references(role)[0])), asked(row.OfTenant(tenantItems)); !maps.Equal(got, want) {
			t.Errorf("%s in a tenant's name: may %v, want %v", row.Name, got, want)
		}
	}
}

func TestObjectsAreReachedUnderTheTenantsPrefix(t *testing.T) {
	tp := synth(t, "test")
	for _, row := range catalogue.Rows() {
		role := variables(tp.function(t, row))["DANGOL_TENANT_ROLE"]
		if role == nil {
			continue
		}
		got := catalogue.None
		for _, s := range tp.statementsOfRole(references(role)[0]) {
			switch {
			case slices.Equal(s.Actions, []string{"s3:ListBucket"}):
				like, _ := s.Condition.(map[string]any)["StringLike"].(map[string]any)
				if like["s3:prefix"] != tenantObjects {
					t.Errorf("%s lists %v", row.Name, s.Condition)
				}
			case slices.Equal(s.Actions, []string{"s3:GetBucketLocation"}): // says which region the bucket is in; Athena asks
			case strings.HasPrefix(s.Actions[0], "s3:") && !strings.HasSuffix(joined(s.Resources[0]), "/"+tenantObjects):
				t.Errorf("%s: %v on %v", row.Name, s.Actions, s.Resources)
			case s.Actions[0] == objectRead[0]:
				got |= catalogue.Read
			case slices.Equal(s.Actions, objectWrite):
				got |= catalogue.Write
			}
		}
		if got != row.Blob {
			t.Errorf("%s: rights %d on objects, want %d", row.Name, got, row.Blob)
		}
	}
}

// Only the row's own function begins sessions of its tenant role, and only for one workspace.
func TestATenantRoleTrustsItsFunctionAlone(t *testing.T) {
	tp := synth(t, "test")
	for _, row := range catalogue.Rows() {
		if !row.Tenanted() {
			continue
		}
		fn := tp.function(t, row)
		role := tp.Resources[references(variables(fn)["DANGOL_TENANT_ROLE"])[0]]
		trust := statementsOf(&resource{Properties: map[string]any{"PolicyDocument": role.Properties["AssumeRolePolicyDocument"]}})
		if len(trust) == 0 {
			t.Errorf("%s: nobody is trusted", row.Name)
		}
		for _, s := range trust {
			c, _ := s.Condition.(map[string]any)
			if !slices.Equal(references(s.Principal), references(fn.Properties["Role"])) || fmt.Sprint(c["StringLike"]) != "map[aws:RequestTag/tenant:wsp_*]" ||
				fmt.Sprint(c["ForAllValues:StringEquals"]) != "map[aws:TagKeys:[tenant]]" {
				t.Errorf("%s: trusts %v under %v", row.Name, s.Principal, s.Condition)
			}
		}
	}
}
