package customer

import (
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/lazyregexp"
)

var customKey = lazyregexp.New(`^[a-z][a-zA-Z0-9_]{0,39}$`)

// ValidCustomKey says whether a custom field may have this key.
func ValidCustomKey(key string) bool { return customKey().MatchString(key) }

// custom brings every value to string, float64, bool, []string or an amount of money; a null takes the key away.
func (n normaliser) custom(in map[string]any) map[string]any {
	if len(in) == 0 {
		return nil
	}
	if len(in) > MaxCustom {
		n.Add("/custom", "too_many", "max", MaxCustom)
		return in
	}
	out := make(map[string]any, len(in))
	for _, key := range slices.Sorted(maps.Keys(in)) {
		v, p := in[key], pointer("/custom", key)
		if !ValidCustomKey(key) {
			n.Add(p, "custom_key_invalid", "key", key)
		}
		if v = n.customValue(p, v); v != nil {
			out[key] = v
		}
	}
	return out
}

func (n normaliser) customValue(p string, v any) any {
	switch v := v.(type) {
	case nil, bool:
		return v
	case string:
		return n.text(p, v, MaxCustomText)
	case []string:
		return n.customList(p, v)
	case []any:
		return n.customList(p, n.texts(p, v))
	case map[string]any:
		return n.customMoney(p, v)
	default:
		f, ok := number(v)
		if !ok {
			n.Add(p, "custom_value_invalid")
		}
		return f
	}
}

// customMoney takes the form of Amount and no other.
func (n normaliser) customMoney(p string, in map[string]any) any {
	amount, ok := in["amount"].(string)
	code, named := in["currency"].(string)
	m, err := money.Parse(amount, code)
	switch {
	case !ok || !named || len(in) != 2:
		n.Add(p, "custom_value_invalid")
		return in
	case err != nil:
		n.Add(p, "money_invalid")
		return in
	}
	return Amount(m)
}

func (n normaliser) texts(p string, in []any) []string {
	out := make([]string, 0, len(in))
	for i, e := range in {
		s, ok := e.(string)
		if !ok {
			n.Add(pointer(p, i), "custom_value_invalid")
		}
		out = append(out, s)
	}
	return out
}

func (n normaliser) customList(p string, in []string) []string {
	if len(in) > MaxCustomValues {
		n.Add(p, "too_many", "max", MaxCustomValues)
		return in
	}
	out := make([]string, len(in))
	for i, s := range in {
		out[i] = n.text(pointer(p, i), s, MaxCustomText)
	}
	return out
}

func number(v any) (float64, bool) {
	switch v := v.(type) {
	case float64:
		return v, !math.IsInf(v, 0) && !math.IsNaN(v)
	case int:
		return float64(v), true
	case int64:
		return float64(v), true
	case json.Number:
		f, err := v.Float64()
		return f, err == nil
	default:
		return 0, false
	}
}

var escape = strings.NewReplacer("~", "~0", "/", "~1")

// pointer appends a step to a JSON pointer, escaped as RFC 6901 section 3 says.
func pointer[T int | string](base string, step T) string {
	switch s := any(step).(type) {
	case int:
		return base + "/" + strconv.Itoa(s)
	case string:
		return base + "/" + escape.Replace(s)
	}
	return base
}
