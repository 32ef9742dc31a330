package iamproxy

import (
	"errors"
	"fmt"
	"strings"
)

// pattern is text in which star and mark stand for any text and any one character. The value of a variable is always plain text in it, so that a
// tag cannot bring wildcards along.
type pattern []rune

const (
	star rune = -1
	mark rune = -2
)

// errUnset reports a variable without a value in the call's context. What holds it matches nothing, as in IAM.
var errUnset = errors.New("variable without a value")

// compile puts values in the place of variables. Without wild, stars and marks are plain text (StringEquals).
func compile(text string, value lookup, wild bool) (pattern, error) {
	var p pattern
	for {
		before, rest, found := strings.Cut(text, "${")
		p = append(p, plain(before, wild)...)
		if !found {
			return p, nil
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed {
			return nil, fmt.Errorf("%q: variable without an end", text)
		}
		v, err := value(name)
		if err != nil {
			return nil, err
		}
		p = append(p, []rune(v)...)
		text = after
	}
}

func plain(s string, wild bool) pattern {
	p := pattern(s)
	for i, c := range p {
		if wild && c == '*' {
			p[i] = star
		}
		if wild && c == '?' {
			p[i] = mark
		}
	}
	return p
}

// lookup returns the value of a policy variable.
type lookup func(name string) (string, error)

// known accepts the variables that this package evaluates: a tag of the caller's session, and the three signs that stand for themselves.
func known(name string) (string, error) {
	if name == "*" || name == "?" || name == "$" {
		return name, nil
	}
	if !strings.HasPrefix(strings.ToLower(name), principalTag) {
		return "", fmt.Errorf("unknown policy variable ${%s}", name)
	}
	return "", errUnset
}

func (k Keys) variable(name string) (string, error) {
	sign, err := known(name)
	if values := k.get(name); errors.Is(err, errUnset) && len(values) == 1 && values[0] != "" {
		return values[0], nil
	}
	return sign, err
}

// checkVariables finds what no call could ever evaluate.
func checkVariables(text string) error {
	_, err := compile(text, func(name string) (string, error) {
		if v, err := known(name); !errors.Is(err, errUnset) {
			return v, err
		}
		return "", nil
	}, true)
	return err
}

// matches compares by the textbook: on a mismatch, go back to the last star and let it take one more.
func (p pattern) matches(text string) bool {
	s := []rune(text)
	i, j, lastStar, taken := 0, 0, -1, 0
	for j < len(s) {
		switch {
		case i < len(p) && p[i] == star:
			lastStar, taken = i, j
			i++
		case i < len(p) && (p[i] == mark || p[i] == s[j]):
			i++
			j++
		case lastStar >= 0:
			taken++
			i, j = lastStar+1, taken
		default:
			return false
		}
	}
	for i < len(p) && p[i] == star {
		i++
	}
	return i == len(p)
}

// arnLength is how many parts an ARN has: arn, partition, service, region, account, resource. The last may hold colons.
const arnLength = 6

func arnParts(arn string) []string { return strings.SplitN(arn, ":", arnLength) }

// matchARN compares part by part, so that a star in the place of the account cannot reach into the resource.
func matchARN(want, arn string, keys Keys) (bool, error) {
	if want == "*" {
		return true, nil
	}
	wants, parts := arnParts(want), arnParts(arn)
	if len(wants) != len(parts) {
		return false, nil
	}
	for i := range wants {
		ok, err := matchText(wants[i], parts[i], keys, true)
		if !ok || err != nil {
			return false, err
		}
	}
	return true, nil
}

// matchText compares one value with what a policy says. A variable without a value matches nothing.
func matchText(want, value string, keys Keys, wild bool) (bool, error) {
	p, err := compile(want, keys.variable, wild)
	if errors.Is(err, errUnset) {
		return false, nil
	}
	return err == nil && p.matches(value), err
}
