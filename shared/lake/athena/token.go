package athena

import (
	"fmt"
	"strings"
)

// token is a piece of SQL.
type token struct {
	kind kind
	text string // as it is written; a quoted name without its quotes
}

type kind int

const (
	word   kind = iota // a bare name or keyword
	name               // a quoted name
	text               // a literal text, with its quotes
	number             // a literal figure
	value              // a placeholder: its number
	sign               // anything else, one character
)

// tokens cuts a statement into its pieces. Statements are written by this program (shared/lake/rules); what they never have is refused.
func tokens(sql string) (out []token, err error) {
	for i := 0; i < len(sql); {
		t, n := token{sign, sql[i : i+1]}, 1
		switch c := sql[i]; {
		case strings.IndexByte(" \t\n", c) >= 0:
			i++
			continue
		case c == '\'' || c == '"':
			if n = quoted(sql[i:]); n == 0 {
				return nil, fmt.Errorf("%w: a quote that does not end", ErrDialect)
			}
			t = token{text, sql[i : i+n]}
			if c == '"' {
				t = token{name, strings.ReplaceAll(sql[i+1:i+n-1], `""`, `"`)}
			}
		case isLetter(c):
			n = run(sql[i:], func(c byte) bool { return isLetter(c) || isDigit(c) })
			t = token{word, sql[i : i+n]}
		case isDigit(c):
			n = run(sql[i:], func(c byte) bool { return isDigit(c) || c == '.' })
			t = token{number, sql[i : i+n]}
		case c == '$':
			n = 1 + run(sql[i+1:], isDigit)
			t = token{value, sql[i+1 : i+n]}
		case strings.IndexByte("(),.:=<>+-*/|", c) < 0:
			return nil, fmt.Errorf("%w: %q", ErrDialect, c)
		}
		out, i = append(out, t), i+n
	}
	return out, nil
}

// quoted is the length of the quoted piece at the beginning, whose quotes inside are doubled; 0 where it does not end.
func quoted(sql string) int {
	for i := 1; i < len(sql); i++ {
		if sql[i] != sql[0] {
			continue
		}
		if i+1 == len(sql) || sql[i+1] != sql[0] {
			return i + 1
		}
		i++
	}
	return 0
}

func run(s string, is func(byte) bool) (n int) {
	for n < len(s) && is(s[n]) {
		n++
	}
	return n
}

func isLetter(c byte) bool { return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }

func (t token) is(s string) bool { return t.kind == sign && t.text == s }

// says compares a bare word, whatever the case.
func (t token) says(s string) bool { return t.kind == word && strings.EqualFold(t.text, s) }
