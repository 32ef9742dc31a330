// Package lazyregexp is for regular expressions that are compiled at their first use. One in a package variable is compiled at the start of every process
// that links the package, whether or not it is ever used: some 40 µs each, and a function of Lambda is waited for while it starts.
package lazyregexp

import (
	"regexp"
	"sync"
)

// New returns what gives the expression. It panics at its first call, and each later one, when the text is no expression.
func New(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}
