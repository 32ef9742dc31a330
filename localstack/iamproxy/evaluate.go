package iamproxy

import (
	"fmt"
	"slices"
	"strings"
)

// Access is one thing that a call asks leave for. A call may ask for several: a transaction asks for each of its parts.
type Access struct {
	Action   string
	Resource string // ARN
	Keys     Keys   // the context that the call itself brings

	// IndexKeys are the partition keys under which a write files its items in the table's indexes. IAM does not know them.
	IndexKeys []string
}

// Rights is what one principal may do. An access needs the leave of its policies and, where there are any, of its boundary and of its session policy.
type Rights struct {
	Policies []Policy
	Boundary []Policy // nil: none
	Session  []Policy // nil: none
}

// Decision is the answer to an access, with the reason as a sentence.
type Decision struct {
	Allowed bool
	Why     string
}

// Decide evaluates as IAM does within one account: an explicit deny wins, then every layer must allow, and what nobody allows is denied. A policy
// that cannot be evaluated denies.
func (r Rights) Decide(a Access) Decision {
	layers := []layer{{"identity-based policy", r.Policies}}
	if r.Boundary != nil {
		layers = append(layers, layer{"permissions boundary", r.Boundary})
	}
	if r.Session != nil {
		layers = append(layers, layer{"session policy", r.Session})
	}
	why := ""
	for _, l := range layers {
		v, err := l.ask(a)
		switch {
		case err != nil:
			return Decision{Why: fmt.Sprintf("the %s cannot be evaluated: %v", l.name, err)}
		case v == denied:
			return Decision{Why: "an explicit deny in the " + l.name}
		case v == silent && why == "":
			why = "no " + l.name + " allows it"
		}
	}
	if why != "" {
		return Decision{Why: why}
	}
	return Decision{Allowed: true, Why: "allowed"}
}

type verdict uint8

const (
	silent verdict = iota
	allowed
	denied
)

type layer struct {
	name     string
	policies []Policy
}

func (l layer) ask(a Access) (v verdict, err error) {
	for _, p := range l.policies {
		for _, s := range p.Statement {
			ok, err := s.applies(a)
			switch {
			case err != nil:
				return silent, err
			case ok && s.Effect == Deny:
				return denied, nil
			case ok && s.Effect == Allow:
				v = allowed
			}
		}
	}
	return v, nil
}

// applies says whether the statement speaks about the access.
func (s Statement) applies(a Access) (bool, error) {
	if !s.names(a.Action) {
		return false, nil
	}
	for _, r := range s.Resource {
		ok, err := matchARN(r, a.Resource, a.Keys)
		if err != nil {
			return false, err
		}
		if ok {
			return s.Condition.holds(a.Keys)
		}
	}
	return false, nil
}

// names says whether the action is one of the statement's, which may hold wildcards and whose case does not matter.
func (s Statement) names(action string) bool {
	return slices.ContainsFunc(s.Action, func(want string) bool {
		return plain(strings.ToLower(want), true).matches(strings.ToLower(action))
	})
}

// trusts says whether a role's trust policy lets the caller, a role of the same account, take the action on it.
func (p Policy) trusts(caller, action string, keys Keys) (bool, error) {
	trusted := false
	for _, s := range p.Statement {
		if !s.names(action) || !s.Principal.has(caller) {
			continue
		}
		ok, err := s.Condition.holds(keys)
		if err != nil || ok && s.Effect == Deny {
			return false, err
		}
		trusted = trusted || ok
	}
	return trusted, nil
}

// has says whether a role is among the principals: by its ARN, by its account, or by the star.
func (p Principals) has(role string) bool {
	account := strings.Join(arnParts(role)[:arnLength-1], ":") + ":root"
	return slices.ContainsFunc(p["AWS"], func(name string) bool { return name == "*" || name == role || name == account })
}
