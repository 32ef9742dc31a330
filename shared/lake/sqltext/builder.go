package sqltext

import (
	"strconv"
	"strings"
)

// Values collects what a statement binds while it is written.
type Values struct{ list []any }

// Bind keeps a value and returns the placeholder that stands for it.
func (v *Values) Bind(value any) string {
	v.list = append(v.list, value)
	return "$" + strconv.Itoa(len(v.list))
}

// BindAll is Bind for a list, the placeholders joined by commas.
func (v *Values) BindAll(values []string) string {
	out := make([]string, len(values))
	for i, s := range values {
		out[i] = v.Bind(s)
	}
	return strings.Join(out, ", ")
}

// List returns the values in the order of their placeholders.
func (v *Values) List() []any { return v.list }
