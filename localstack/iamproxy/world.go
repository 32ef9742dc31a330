package iamproxy

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
)

// World is what the proxy knows of a stack: its roles, which of them a function has, and the keys of its tables.
type World struct {
	Place     Place
	Roles     map[string]*Role  // by ARN
	Functions map[string]string // ARN of the role by the function's row in shared/catalogue
	Tenants   map[string]string // ARN of the role that the function assumes for a tenant, by its row
	Tables    map[string]Table  // by name
	Buckets   []string          // names
	Settings  map[string]string // the template's names by the variable that tells them to functions: DANGOL_TABLE_CRM

	names sync.Map // of what calls name, to the template's
}

// Role is an IAM role.
type Role struct {
	Name, ARN string
	Trust     Policy
	Policies  []Policy
	Boundary  []Policy // nil: none

	problem error // why the role cannot be judged; nobody can use it then
}

// Table has the partition key of a table and of each of its indexes by name.
type Table struct {
	Key     string
	Indexes map[string]string
}

// The variables of a Lambda's environment that hold the name of its row and the ARN of its tenant role.
const (
	nameVariable   = "DANGOL_FUNCTION"
	tenantVariable = "DANGOL_TENANT_ROLE"
)

// Read reads the world of a synthesised template, infra/cdk.out/<stack>.template.json.
func Read(path string, p Place) (*World, error) {
	t, err := readTemplate(path, p)
	if err != nil {
		return nil, err
	}
	w := newWorld(t.place)
	for _, read := range []func(*template, string, resource) error{w.readRole, w.readStore, w.readPolicy, w.readFunction} {
		for _, id := range slices.Sorted(maps.Keys(t.Resources)) { // roles before what is attached to them
			if err := read(t, id, t.Resources[id]); err != nil {
				return nil, fmt.Errorf("%s: %s: %w", path, id, err)
			}
		}
	}
	return w, nil
}

func newWorld(p Place) *World {
	w := &World{Place: p.withDefaults(), Roles: map[string]*Role{}, Functions: map[string]string{}, Tenants: map[string]string{}, Tables: map[string]Table{},
		Settings: map[string]string{}}
	for used, known := range p.Names {
		w.names.Store(used, known)
	}
	return w
}

// RoleOf returns the role of a function by the name of its row.
func (w *World) RoleOf(function string) (*Role, error) { return w.role(w.Functions, function) }

// TenantRoleOf returns the role that a function assumes for a tenant, by the name of its row.
func (w *World) TenantRoleOf(function string) (*Role, error) { return w.role(w.Tenants, function) }

func (w *World) role(of map[string]string, function string) (*Role, error) {
	role := w.Roles[of[function]]
	if role == nil {
		return nil, fmt.Errorf("function %s has no such role in the stack (%q)", function, of[function])
	}
	return role, role.problem
}

func (w *World) readRole(t *template, id string, r resource) error {
	if r.Type != "AWS::IAM::Role" {
		return nil
	}
	name, err := t.name(id)
	if err != nil {
		return err
	}
	role := &Role{Name: name, ARN: t.place.arn(r.Type, name)}
	role.problem = role.read(t, r.Properties)
	w.Roles[role.ARN] = role
	return nil
}

// read reads what stands in the role itself. The helpers of the CDK have roles with policies that AWS keeps: no function's, so no error until used.
func (r *Role) read(t *template, properties map[string]any) (err error) {
	if err := t.into(properties["AssumeRolePolicyDocument"], &r.Trust); err != nil {
		return fmt.Errorf("trust policy: %w", err)
	}
	if err := r.inline(t, properties["Policies"]); err != nil {
		return err
	}
	if err := r.managed(t, properties["ManagedPolicyArns"]); err != nil {
		return err
	}
	if boundary := properties["PermissionsBoundary"]; boundary != nil {
		if r.Boundary, err = t.managedPolicy(boundary); err != nil {
			return err
		}
	}
	return r.Trust.check()
}

func (r *Role) inline(t *template, list any) error {
	policies, _ := list.([]any)
	for _, p := range policies {
		one, _ := p.(map[string]any)
		if err := r.add(t, one["PolicyDocument"]); err != nil {
			return err
		}
	}
	return nil
}

func (r *Role) managed(t *template, list any) error {
	arns, _ := list.([]any)
	for _, arn := range arns {
		p, err := t.managedPolicy(arn)
		if err != nil {
			return err
		}
		r.Policies = append(r.Policies, p...)
	}
	return nil
}

func (r *Role) add(t *template, document any) error {
	var p Policy
	if err := t.into(document, &p); err != nil {
		return err
	}
	r.Policies = append(r.Policies, p)
	return p.check()
}

// managedPolicy returns the document of a policy of this template by what refers to it. Policies that AWS keeps are not known here.
func (t *template) managedPolicy(reference any) ([]Policy, error) {
	m, _ := reference.(map[string]any)
	id, _ := m["Ref"].(string)
	if t.Resources[id].Type != "AWS::IAM::ManagedPolicy" {
		return nil, fmt.Errorf("managed policy %v is not in the template", reference)
	}
	var p Policy
	if err := t.into(t.Resources[id].Properties["PolicyDocument"], &p); err != nil {
		return nil, err
	}
	return []Policy{p}, p.check()
}

// readPolicy attaches a policy that names its roles; managed ones that roles name were read with the role.
func (w *World) readPolicy(t *template, _ string, r resource) error {
	if r.Type != "AWS::IAM::Policy" && r.Type != "AWS::IAM::ManagedPolicy" {
		return nil
	}
	roles, _ := r.Properties["Roles"].([]any)
	for _, ref := range roles {
		name, err := t.text(ref)
		if err != nil {
			return err
		}
		role := w.Roles[t.place.arn("AWS::IAM::Role", name)]
		if role == nil {
			return fmt.Errorf("attached to %s, which is not in the template", name)
		}
		role.problem = errors.Join(role.problem, role.add(t, r.Properties["PolicyDocument"]))
	}
	return nil
}

func (w *World) readStore(t *template, id string, r resource) error {
	if r.Type == "AWS::S3::Bucket" {
		name, err := t.name(id)
		w.Buckets = append(w.Buckets, name)
		return err
	}
	if r.Type != "AWS::DynamoDB::Table" {
		return nil
	}
	name, err := t.name(id)
	if err != nil {
		return err
	}
	table := Table{Indexes: map[string]string{}}
	if table.Key, err = partitionKey(r.Properties); err != nil {
		return err
	}
	indexes, _ := r.Properties["GlobalSecondaryIndexes"].([]any)
	for _, i := range indexes {
		index, _ := i.(map[string]any)
		if table.Indexes[fmt.Sprint(index["IndexName"])], err = partitionKey(index); err != nil {
			return err
		}
	}
	w.Tables[name] = table
	return nil
}

// partitionKey is the one attribute of the schema that is hashed. A key of several attributes is not known here.
func partitionKey(of map[string]any) (string, error) {
	var hashed []string
	schema, _ := of["KeySchema"].([]any)
	for _, k := range schema {
		if key, _ := k.(map[string]any); key["KeyType"] == "HASH" {
			hashed = append(hashed, fmt.Sprint(key["AttributeName"]))
		}
	}
	if len(hashed) != 1 {
		return "", fmt.Errorf("partition key of attributes %q: want exactly one", hashed)
	}
	return hashed[0], nil
}

func (w *World) readFunction(t *template, _ string, r resource) error {
	environment, _ := r.Properties["Environment"].(map[string]any)
	variables, _ := environment["Variables"].(map[string]any)
	row, _ := variables[nameVariable].(string)
	if r.Type != "AWS::Lambda::Function" || row == "" {
		return nil // a helper of the CDK
	}
	arn, err := t.text(r.Properties["Role"])
	if err != nil {
		return err
	}
	w.Functions[row] = arn
	for name, value := range variables {
		if text, err := t.text(value); err == nil && tells(name) {
			w.Settings[name] = text
		}
	}
	if assumed := variables[tenantVariable]; assumed != nil {
		w.Tenants[row], err = t.text(assumed)
	}
	return err
}
