package customfield

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/errs"
)

// MaxUniqueText is how long a unique text or link may be, in characters: it is part of a key.
const MaxUniqueText = 200

// value brings a value, as customer.Normalise leaves it, into the form of the field's type. What does not fit is added to e at the pointer. A choice
// that is no longer offered fits where it was already there.
func (f *Field) value(e *errs.Error, p string, v, was any) any {
	switch f.Type {
	case Number:
		return number(e, p, v)
	case Money:
		return f.money(e, p, v)
	case Date:
		return date(e, p, v)
	case Choice:
		return f.choice(e, p, v, was)
	case Choices:
		return f.choices(e, p, v, was)
	case YesNo:
		if _, ok := v.(bool); !ok {
			e.Add(p, "yes_no_invalid")
		}
		return v
	case Link:
		return f.link(e, p, v)
	default:
		return f.text(e, p, v)
	}
}

func (f *Field) text(e *errs.Error, p string, v any) any {
	s, ok := v.(string)
	most := customer.MaxCustomText
	if f.Unique {
		most = MaxUniqueText
	}
	switch s = customer.Text(s); {
	case !ok:
		e.Add(p, "custom_text_wanted")
	case utf8.RuneCountInString(s) > most:
		e.Add(p, "value_too_long", "max", most)
	}
	return s
}

func number(e *errs.Error, p string, v any) any {
	switch v := v.(type) {
	case float64:
		return v
	case int:
		return float64(v)
	default:
		e.Add(p, "number_invalid")
		return v
	}
}

// money takes an amount with its currency, or a number in the field's own.
func (f *Field) money(e *errs.Error, p string, v any) any {
	amount, code := "", f.Currency
	switch v := v.(type) {
	case float64:
		amount = strconv.FormatFloat(v, 'f', -1, 64)
	case string:
		amount = v
	case map[string]any:
		amount, _ = v["amount"].(string)
		code, _ = v["currency"].(string)
	}
	m, err := money.Parse(amount, code)
	if err != nil {
		e.Add(p, "money_invalid")
		return v
	}
	return customer.Amount(m)
}

func date(e *errs.Error, p string, v any) any {
	s, _ := v.(string)
	s = strings.TrimSpace(s)
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		e.Add(p, "date_invalid")
		return v
	}
	return s
}

func (f *Field) choice(e *errs.Error, p string, v, was any) any {
	key, _ := v.(string)
	f.offers(e, p, key, key == was)
	return key
}

func (f *Field) offers(e *errs.Error, p, key string, was bool) {
	switch o := f.option(key); {
	case was:
	case o == nil:
		e.Add(p, "option_unknown", "options", strings.Join(f.offered(), ", "))
	case o.Archived:
		e.Add(p, "custom_choice_archived")
	}
}

// choices keeps each key once, in the order in which the field offers them; keys that it no longer knows come last. One text is a list of one.
func (f *Field) choices(e *errs.Error, p string, v, was any) any {
	keys, ok := List(v)
	if !ok {
		e.Add(p, "custom_list_wanted")
		return v
	}
	before, _ := List(was)
	out := make([]string, 0, len(keys))
	for i, key := range keys {
		f.offers(e, p+"/"+strconv.Itoa(i), key, slices.Contains(before, key))
		if !slices.Contains(out, key) {
			out = append(out, key)
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return f.place(a) - f.place(b) })
	return out
}

func (f *Field) place(key string) int {
	i := slices.IndexFunc(f.Choices, func(o Option) bool { return o.Key == key })
	if i < 0 {
		return len(f.Choices)
	}
	return i
}

// List reads a list of texts, as code makes it or JSON decodes it.
func List(v any) ([]string, bool) {
	switch v := v.(type) {
	case string:
		return []string{v}, true
	case []string:
		return v, true
	case []any:
		out := make([]string, len(v))
		for i, one := range v {
			s, ok := one.(string)
			if !ok {
				return nil, false
			}
			out[i] = s
		}
		return out, true
	default:
		return nil, false
	}
}

func (f *Field) link(e *errs.Error, p string, v any) any {
	s, _ := f.text(e, p, v).(string)
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		e.Add(p, "web_link_invalid")
	}
	return s
}
