package dynamo

import (
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/dangol/dangol/shared/table"
)

// Sort keys are UTF-8 and ordered by their bytes, which is the order of their code points; the bounds of a query may be any bytes, and DynamoDB takes
// text alone. The functions here find the text next to a bound, so that the bound stays exact.

const (
	surrogates    = 0xd800 // 0xd800 to 0xdfff are no characters
	surrogatesEnd = 0xe000
)

// ceiling returns the least text that is not before b; false when every text is.
func ceiling(b string) (string, bool) {
	valid := validPrefix(b)
	if valid == b {
		return b, true
	}
	if r, ok := leastRune(b[len(valid):]); ok {
		return valid + string(r), true
	}
	for valid != "" {
		r, size := utf8.DecodeLastRuneInString(valid)
		valid = valid[:len(valid)-size]
		if r < utf8.MaxRune {
			return valid + string(following(r)), true
		}
	}
	return "", false
}

// validPrefix returns the text with which b begins.
func validPrefix(b string) string {
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRuneInString(b[i:])
		if r == utf8.RuneError && size == 1 {
			return b[:i]
		}
		i += size
	}
	return b
}

// leastRune returns the first character that is not before b, which begins with none.
func leastRune(b string) (rune, bool) {
	n := sort.Search(utf8.MaxRune+1, func(n int) bool { return string(character(n)) >= b })
	return character(n), n <= utf8.MaxRune
}

// character is the code point, or the next when that is a surrogate.
func character(n int) rune {
	if n >= surrogates && n < surrogatesEnd {
		return surrogatesEnd
	}
	return rune(n)
}

func following(r rune) rune { return character(int(r) + 1) }

func preceding(r rune) rune {
	if r == surrogatesEnd {
		return surrogates - 1
	}
	return r - 1
}

// floor returns the greatest sort key before the text; "" when there is none.
func floor(text string) string {
	r, size := utf8.DecodeLastRuneInString(text)
	text = text[:len(text)-size]
	if r == 0 || size == 0 {
		return text
	}
	var b strings.Builder
	b.WriteString(text)
	b.WriteRune(preceding(r))
	for _, last := range []rune{utf8.MaxRune, '\uffff', '\u07ff', '\u007f'} { // the greatest of 4, 3, 2 and 1 bytes
		for b.Len()+utf8.RuneLen(last) <= table.MaxSortKey {
			b.WriteRune(last)
		}
	}
	return b.String()
}

// span is the sort keys of a query: from <= key < to, or all from from on when to is "".
type span struct{ from, to string }

// spanOf returns what the query asks for; false when that is nothing.
func spanOf(q table.Query) (s span, ok bool) {
	if s.from, ok = ceiling(q.From); !ok {
		return span{}, false
	}
	if s.to, ok = ceiling(q.To); !ok {
		s.to = ""
	}
	return s, s.to == "" || s.from < s.to
}

// begins returns the prefix, when the query is for what begins with one.
func begins(q table.Query) (prefix string, ok bool) {
	return q.From, q.From != "" && utf8.ValidString(q.From) && q.To == table.After(q.From)
}

// position is where a query goes on.
type position int

const (
	inside position = iota // DynamoDB goes on there
	ahead                  // all of the span follows
	behind                 // nothing of it follows
)

// locate says where a place lies, seen in the direction of reading. DynamoDB refuses to go on from outside the bounds.
func (s span) locate(sk string, reverse bool) position {
	switch before, after := sk < s.from, s.to != "" && sk >= s.to; {
	case before && reverse, after && !reverse:
		return behind
	case before, after:
		return ahead
	}
	return inside
}
