package customfield

import (
	"strconv"
	"strings"

	"github.com/dangol/dangol/shared/crm/customer"
)

// yesNo are the words of files for true and false; imports read them.
var yesNo = map[string][2]string{"ko": {"예", "아니요"}, "en": {"yes", "no"}}

// Words writes a value as a file for people has it, in a language (ko or en): choices by their labels, an amount with its currency. An import of the
// same definitions reads it back.
func (f *Field) Words(v any, language string) string {
	switch v := v.(type) {
	case nil:
		return ""
	case bool:
		words, known := yesNo[language]
		if !known {
			words = yesNo["en"]
		}
		if v {
			return words[0]
		}
		return words[1]
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case map[string]any:
		m, _ := customer.AmountIn(v)
		return strings.TrimSpace(m.Text() + " " + m.Currency)
	default:
		keys, _ := List(v)
		return strings.Join(f.labels(keys, language), ", ")
	}
}

func (f *Field) labels(keys []string, language string) []string {
	out := make([]string, len(keys))
	for i, key := range keys {
		out[i] = key
		if o := f.option(key); o != nil {
			out[i] = o.Label.In(language)
		}
	}
	return out
}
