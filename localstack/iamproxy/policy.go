// Package iamproxy holds every AWS call of a test to the rights that the deployed stack would give its caller.
//
// No emulator enforces IAM's conditions. This proxy stands before one: it knows whose credentials a call carries, reads what the call touches, asks
// the policies of the synthesised template, and forwards only what they allow. Whatever it does not understand (an operation, an operator, a
// variable, an expression) it refuses and says so: a gap in this package can fail a test, never pass one. Rules and their words are those of the IAM
// User Guide ("Policy evaluation logic", "IAM JSON policy elements") and of the Service Authorization Reference.
package iamproxy

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// Policy is an IAM policy document with every reference resolved to a name or an ARN.
type Policy struct {
	ID        string `json:"Id,omitempty"`
	Version   string
	Statement Statements
}

// Statements is a list of statements; a document may hold a single one without its list.
type Statements []Statement

// Statement allows or denies actions on resources under conditions. Principal stands in trust policies alone, Resource in all others.
type Statement struct {
	Sid       string `json:",omitempty"`
	Effect    string
	Principal Principals `json:",omitempty"`
	Action    Strings
	Resource  Strings    `json:",omitempty"`
	Condition Conditions `json:",omitempty"`
}

// Conditions has the accepted values by operator and context key.
type Conditions map[string]map[string]Strings

// Principals has names by kind: AWS, Service, Federated. The short form "*" is read as AWS "*".
type Principals map[string]Strings

// Strings is a list of values; a document may hold a single one without its list, and truth values without quotes.
type Strings []string

// The effects of a statement, and the only version of the language in which variables mean something.
const (
	Allow   = "Allow"
	Deny    = "Deny"
	Version = "2012-10-17"
)

// ParsePolicy reads a document. Elements that this package does not evaluate, such as NotAction, are an error.
func ParsePolicy(document []byte) (Policy, error) {
	var p Policy
	if err := strict(document, &p); err != nil {
		return Policy{}, fmt.Errorf("read policy: %w", err)
	}
	return p, p.check()
}

func (p Policy) check() error {
	if p.Version != Version {
		return fmt.Errorf("policy version %q: only %s has variables", p.Version, Version)
	}
	for i, s := range p.Statement {
		if err := s.check(); err != nil {
			return fmt.Errorf("statement %d: %w", i, err)
		}
	}
	return nil
}

func (s Statement) check() error {
	if s.Effect != Allow && s.Effect != Deny {
		return fmt.Errorf("effect %q", s.Effect)
	}
	if len(s.Action) == 0 || len(s.Resource) == 0 && len(s.Principal) == 0 {
		return errors.New("no action, or neither resource nor principal")
	}
	for _, r := range s.Resource {
		if err := checkARN(r); err != nil {
			return err
		}
	}
	return s.Condition.check()
}

// checkARN asks for all six parts: IAM lets a star at the end of a part reach over the colons, which nobody writes on purpose.
func checkARN(pattern string) error {
	if pattern == "*" {
		return nil
	}
	if len(arnParts(pattern)) != arnLength {
		return fmt.Errorf("resource %q: not the six parts of an ARN", pattern)
	}
	return checkVariables(pattern)
}

// UnmarshalJSON reads a list or a single statement.
func (s *Statements) UnmarshalJSON(b []byte) error {
	if bytes.HasPrefix(bytes.TrimSpace(b), []byte("{")) {
		*s = make(Statements, 1)
		return strict(b, &(*s)[0])
	}
	var list []json.RawMessage
	if err := json.Unmarshal(b, &list); err != nil {
		return err
	}
	*s = make(Statements, len(list))
	for i, one := range list {
		if err := strict(one, &(*s)[i]); err != nil {
			return fmt.Errorf("statement %d: %w", i, err)
		}
	}
	return nil
}

// UnmarshalJSON reads a list or a single value.
func (s *Strings) UnmarshalJSON(b []byte) error {
	var v any
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	list, isList := v.([]any)
	if !isList {
		list = []any{v}
	}
	*s = make(Strings, len(list))
	for i, one := range list {
		switch x := one.(type) {
		case string:
			(*s)[i] = x
		case bool:
			(*s)[i] = fmt.Sprint(x)
		default:
			return fmt.Errorf("%v is neither text nor truth value", one)
		}
	}
	return nil
}

// UnmarshalJSON reads names by kind, or "*".
func (p *Principals) UnmarshalJSON(b []byte) error {
	if strings.TrimSpace(string(b)) == `"*"` {
		*p = Principals{"AWS": {"*"}}
		return nil
	}
	return json.Unmarshal(b, (*map[string]Strings)(p))
}

// strict decodes JSON and refuses members that v does not name: an element that is passed over could be a narrower right.
func strict(b []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	return d.Decode(v)
}
