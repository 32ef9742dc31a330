package template

import (
	"errors"
	"fmt"
	"html"
	"strings"
	"sync"

	"github.com/osteele/liquid"
)

// escapeFilter is put behind every value that an HTML part prints. No template can name it, since its name is not among filters.
const escapeFilter = "dangol_html"

// filters may stand in a template. "escape" does nothing, since everything printed into HTML is escaped anyway and would be twice.
var filters = sync.OnceValue(func() map[string]bool {
	return set(`default upcase downcase capitalize strip lstrip rstrip strip_html strip_newlines truncate truncatewords append prepend replace
	replace_first remove remove_first escape escape_once url_encode date size first last join sort uniq reverse slice
	plus minus times divided_by modulo round floor ceil abs`)
})

func set(names string) map[string]bool {
	out := map[string]bool{}
	for _, n := range strings.Fields(names) {
		out[n] = true
	}
	return out
}

var errValue = errors.New("a value grew too large")

func newEngine() *liquid.Engine {
	e := liquid.NewEngine()
	e.RegisterFilter(escapeFilter, escape)
	e.RegisterFilter("escape", func(s string) string { return s })
	e.RegisterFilter("escape_once", func(s string) string { return s })
	e.RegisterFilter("append", func(s, suffix string) (string, error) {
		return bound(len(s)+len(suffix), func() string { return s + suffix })
	})
	e.RegisterFilter("prepend", func(s, prefix string) (string, error) {
		return bound(len(s)+len(prefix), func() string { return prefix + s })
	})
	e.RegisterFilter("replace", func(s, old, by string) (string, error) {
		return bound(len(s)+strings.Count(s, old)*len(by), func() string { return strings.ReplaceAll(s, old, by) })
	})
	e.RegisterFilter("replace_first", func(s, old, by string) (string, error) {
		return bound(len(s)+len(by), func() string { return strings.Replace(s, old, by, 1) })
	})
	return e
}

// bound keeps a value that is built up step by step from doubling itself without end.
func bound(size int, build func() string) (string, error) {
	if size > MaxValue {
		return "", errValue
	}
	return build(), nil
}

// escape prints a value into HTML: text or attribute, as long as attributes are quoted.
func escape(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return html.EscapeString(v)
	case []string:
		return html.EscapeString(strings.Join(v, ""))
	case []any:
		var b strings.Builder
		for _, e := range v {
			b.WriteString(escape(e))
		}
		return b.String()
	default:
		return html.EscapeString(fmt.Sprint(v))
	}
}
