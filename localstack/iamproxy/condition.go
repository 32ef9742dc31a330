package iamproxy

import (
	"fmt"
	"strings"
)

// Keys is the context of a call: condition keys in lower case (IAM does not mind their case) with their values. A key without values is absent.
type Keys map[string][]string

const (
	principalTag = "aws:principaltag/"
	requestTag   = "aws:requesttag/"
	tagKeys      = "aws:tagkeys"
	leadingKeys  = "dynamodb:leadingkeys"
)

// lists are the keys that can have several values. IAM compares them by set operators alone; without one the outcome is not defined.
var lists = map[string]bool{leadingKeys: true, tagKeys: true, "dynamodb:attributes": true}

func (k Keys) get(name string) []string { return k[strings.ToLower(name)] }

// with returns the keys with those of more added.
func (k Keys) with(more Keys) Keys {
	all := Keys{}
	for _, m := range []Keys{k, more} {
		for name, values := range m {
			all[strings.ToLower(name)] = values
		}
	}
	return all
}

// operator says whether the values of a context key meet what a condition wants of it.
type operator func(want Strings, values []string, keys Keys) (bool, error)

var operators = map[string]operator{
	"StringEquals":              one(text(false)),
	"StringLike":                one(text(true)),
	"Bool":                      one(truth),
	"Null":                      null,
	"ForAllValues:StringEquals": forAll(text(false)),
	"ForAllValues:StringLike":   forAll(text(true)),
}

func (c Conditions) check() error {
	for name, byKey := range c {
		if operators[name] == nil {
			return fmt.Errorf("unknown condition operator %q", name)
		}
		for key, want := range byKey {
			if lists[strings.ToLower(key)] && name != "Null" && !strings.HasPrefix(name, "For") {
				return fmt.Errorf("%s of %s: a key with several values needs a set operator", name, key)
			}
			for _, w := range want {
				if err := checkVariables(w); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// holds says whether every condition is met; one of several wanted values is enough for each.
func (c Conditions) holds(keys Keys) (bool, error) {
	for name, byKey := range c {
		op := operators[name]
		if op == nil {
			return false, fmt.Errorf("unknown condition operator %q", name)
		}
		for key, want := range byKey {
			if ok, err := op(want, keys.get(key), keys); !ok || err != nil {
				return false, err
			}
		}
	}
	return true, nil
}

// comparison compares one value with one that a policy wants.
type comparison func(want, value string, keys Keys) (bool, error)

func text(wild bool) comparison {
	return func(want, value string, keys Keys) (bool, error) { return matchText(want, value, keys, wild) }
}

func truth(want, value string, _ Keys) (bool, error) { return strings.EqualFold(want, value), nil }

// one is the rule of single values: an absent key meets nothing.
func one(c comparison) operator {
	return func(want Strings, values []string, keys Keys) (bool, error) {
		if len(values) != 1 {
			return false, nil
		}
		return anyOf(c, want, values[0], keys)
	}
}

// forAll is met when each value of the call is among the wanted ones, and therefore also when the call has none: a Scan has no leading key. Policies
// that allow must hold Null false beside it.
func forAll(c comparison) operator {
	return func(want Strings, values []string, keys Keys) (bool, error) {
		for _, v := range values {
			if ok, err := anyOf(c, want, v, keys); !ok || err != nil {
				return false, err
			}
		}
		return true, nil
	}
}

func anyOf(c comparison, want Strings, value string, keys Keys) (bool, error) {
	for _, w := range want {
		if ok, err := c(w, value, keys); ok || err != nil {
			return ok, err
		}
	}
	return false, nil
}

// null wants the key to be absent ("true") or to be there ("false"). A key without values counts as absent.
func null(want Strings, values []string, keys Keys) (bool, error) {
	return anyOf(truth, want, fmt.Sprint(len(values) == 0), keys)
}
