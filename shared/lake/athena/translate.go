package athena

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/dangol/dangol/shared/lake/sqltext"
)

// statement is one as Athena takes it.
type statement struct {
	SQL    string
	Values []string     // SQL literals, in the order of the question marks
	Names  []string     // all names that it mentions
	Lists  map[int]bool // the columns of the answer that are lists, as JSON
}

// translate says a statement of DuckDB's in Trino's SQL, or refuses it with ErrDialect.
func translate(all []token, args []any) (out statement, err error) {
	t := &translator{tokens: all, args: args}
	written, err := t.until(func(token) bool { return false })
	if err != nil {
		return out, err
	}
	return statement{SQL: written, Values: t.values, Names: t.names}, nil
}

type translator struct {
	tokens []token
	next   int
	args   []any
	values []string
	names  []string
}

func (t *translator) peek(ahead int) token {
	if t.next+ahead >= len(t.tokens) {
		return token{kind: sign}
	}
	return t.tokens[t.next+ahead]
}

// until translates up to a token at the same depth, which is left, or to the end.
func (t *translator) until(end func(token) bool) (string, error) {
	var out []string
	for t.next < len(t.tokens) && !end(t.peek(0)) {
		piece, err := t.piece()
		if err != nil {
			return "", err
		}
		if out, err = t.behind(append(out, piece)); err != nil {
			return "", err
		}
	}
	return strings.Join(out, " "), nil
}

// behind looks at what follows a piece and changes its meaning: IS NOT TRUE, which Trino has not.
func (t *translator) behind(out []string) ([]string, error) {
	if !t.peek(0).says("is") || !t.peek(1).says("not") || !t.peek(2).says("true") {
		return out, nil
	}
	last := len(out) - 1
	if !strings.HasPrefix(out[last], "(") {
		return nil, fmt.Errorf("%w: IS NOT TRUE behind no parenthesis", ErrDialect)
	}
	t.next += 3
	out[last] = "(NOT coalesce(" + out[last] + ", false))"
	return out, nil
}

// piece translates one token, or what belongs to it: a parenthesis with its content, a call with its arguments.
func (t *translator) piece() (string, error) {
	at := t.peek(0)
	switch {
	case at.is("("):
		return t.parenthesis()
	case at.is(")"):
		return "", fmt.Errorf("%w: a parenthesis that nothing opens", ErrDialect)
	case at.kind == word:
		return t.word(at)
	}
	t.next++
	switch at.kind {
	case name:
		t.names = append(t.names, at.text)
		return sqltext.Ident(at.text), nil
	case value:
		return t.value(at.text)
	case text:
		return orSame(literals, at.text), nil
	case sign:
		return t.sign(at)
	default:
		return at.text, nil
	}
}

// sign writes an operator of two characters as one. Those of DuckDB alone are refused: its :: and its //.
func (t *translator) sign(at token) (string, error) {
	both := at.text + t.peek(0).text
	switch {
	case at.is(":"), both == "//":
		return "", fmt.Errorf("%w: %s", ErrDialect, both)
	case t.peek(0).kind == sign && strings.Contains(" <> <= >= || ", " "+both+" "):
		t.next++
		return both, nil
	}
	return at.text, nil
}

func (t *translator) word(at token) (string, error) {
	lower := strings.ToLower(at.text)
	switch {
	case refused[lower]:
		return "", fmt.Errorf("%w: %s", ErrDialect, at.text)
	case lower == "lambda":
		return t.lambda()
	case lower == "filter" && t.peek(1).is("(") && !t.peek(2).says("where"):
		t.next++
		inside, err := t.parenthesis()
		return "FILTER (WHERE " + strings.TrimPrefix(inside, "("), err
	case (lower == "cast" || lower == "try_cast") && t.peek(1).is("("):
		t.next++
		return t.cast(at.text)
	case t.peek(1).is("(") && !openers[lower]:
		t.next++
		return t.call(lower)
	}
	t.next++
	t.names = append(t.names, at.text)
	return at.text, nil
}

// parenthesis translates a group with its parentheses.
func (t *translator) parenthesis() (string, error) {
	t.next++
	inside, err := t.until(func(at token) bool { return at.is(")") })
	if err != nil {
		return "", err
	}
	if !t.peek(0).is(")") {
		return "", fmt.Errorf("%w: a parenthesis that does not end", ErrDialect)
	}
	t.next++
	return "(" + inside + ")", nil
}

// lambda is "lambda x: body".
func (t *translator) lambda() (string, error) {
	parameter := t.peek(1)
	if parameter.kind != word || !t.peek(2).is(":") {
		return "", fmt.Errorf("%w: a lambda", ErrDialect)
	}
	t.next += 3
	body, err := t.until(func(at token) bool { return at.is(")") || at.is(",") })
	return parameter.text + " -> " + body, err
}

// cast translates "CAST(x AS TYPE)", of which the next token is the parenthesis.
func (t *translator) cast(function string) (string, error) {
	t.next++
	inner, err := t.until(func(at token) bool { return at.says("as") || at.is(")") })
	if err != nil || !t.peek(0).says("as") {
		return "", fmt.Errorf("%w: a cast: %w", ErrDialect, err)
	}
	t.next++
	to, err := t.until(func(at token) bool { return at.is(")") })
	if err != nil || !t.peek(0).is(")") {
		return "", fmt.Errorf("%w: a cast: %w", ErrDialect, err)
	}
	t.next++
	if strings.EqualFold(to, "TIMESTAMPTZ") {
		return t.moment(inner)
	}
	return function + "(" + inner + " AS " + orSame(types, strings.ToUpper(to)) + ")", nil
}

// moment reads a text with an offset as UTC: TRY_CAST(x AS TIMESTAMPTZ) AT TIME ZONE 'UTC', which is a TIMESTAMP in DuckDB and has a zone still in Trino.
func (t *translator) moment(inner string) (string, error) {
	if !t.peek(0).says("at") || t.peek(3).text != "'UTC'" {
		return "", fmt.Errorf("%w: a moment in another zone than UTC", ErrDialect)
	}
	t.next += 4
	return "CAST(try(from_iso8601_timestamp_nanos(" + inner + ")) AT TIME ZONE 'UTC' AS TIMESTAMP(6))", nil
}

// call translates a function with its arguments, of which the next token is the parenthesis.
func (t *translator) call(function string) (string, error) {
	form, known := calls[function]
	if !known {
		return "", fmt.Errorf("%w: %s()", ErrDialect, function)
	}
	t.next++
	var arguments []string
	first := t.positions()
	for !t.peek(0).is(")") {
		if t.next >= len(t.tokens) {
			return "", fmt.Errorf("%w: %s( does not end", ErrDialect, function)
		}
		a, err := t.until(func(at token) bool { return at.is(",") || at.is(")") })
		if err != nil {
			return "", err
		}
		arguments, first = append(arguments, a), append(first, len(t.values))
		if t.peek(0).is(",") {
			t.next++
		}
	}
	t.next++
	if form == "" {
		return function + "(" + strings.Join(arguments, ", ") + ")", nil
	}
	return t.fill(function, form, arguments, first)
}

// positions begins the list of where in values each argument's begin.
func (t *translator) positions() []int { return []int{len(t.values)} }

// fill puts arguments into a form. Where they change places, so do the values that are bound in them.
func (t *translator) fill(function, form string, arguments []string, from []int) (string, error) {
	var out strings.Builder
	bound := append([]string{}, t.values[:from[0]]...)
	for form != "" {
		plain, rest, more := strings.Cut(form, "$")
		out.WriteString(plain)
		if !more {
			break
		}
		i, err := strconv.Atoi(rest[:1])
		if err != nil || i > len(arguments) {
			return "", fmt.Errorf("%w: %s() of %d arguments", ErrDialect, function, len(arguments))
		}
		out.WriteString(arguments[i-1])
		bound = append(bound, t.values[from[i-1]:from[i]]...)
		form = rest[1:]
	}
	t.values = bound
	return out.String(), nil
}

// value binds an argument where it is used.
func (t *translator) value(number string) (string, error) {
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > len(t.args) {
		return "", fmt.Errorf("%w: no value $%s", ErrDialect, number)
	}
	l, err := literal(t.args[n-1])
	t.values = append(t.values, l)
	return "?", err
}

func orSame(names map[string]string, s string) string {
	if other, ok := names[s]; ok {
		return other
	}
	return s
}

func words(list string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(list) {
		out[w] = true
	}
	return out
}
