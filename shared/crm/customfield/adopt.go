package customfield

import (
	"strconv"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/errs"
)

// Reader reads what a text says of a field, in the ways that people write; "" is no problem, else the code of what is wrong.
type Reader func(f *Field, text string) (any, string)

// Adopt brings the value of a key that was free into the form of its definition: one that fits stays, a text is read, and a number becomes a text where
// one is wanted. It says whether the value is another now. Errors: validation_failed, with the pointer /custom/<key>.
func (s *Set) Adopt(key string, custom map[string]any, read Reader) (adopted map[string]any, changed bool, err error) {
	f, v, p := s.At(key), custom[key], "/custom/"+key
	if f == nil || customer.NoValue(v) {
		return custom, false, nil
	}
	first := errs.New(errs.Invalid, "validation_failed")
	is := f.value(first, p, v, nil)
	if len(first.Fields) > 0 {
		if is, err = f.readInto(p, v, read); err != nil {
			return custom, false, err
		}
	}
	if same(v, is) {
		return custom, false, nil
	}
	return with(custom, key, is), true, nil
}

func (f *Field) readInto(p string, v any, read Reader) (any, error) {
	e := errs.New(errs.Invalid, "validation_failed")
	text, ok := asText(v)
	if !ok {
		f.value(e, p, v, nil)
		return v, e.OrNil()
	}
	is, code := read(f, text)
	if code != "" {
		return v, e.Add(p, code)
	}
	is = f.value(e, p, is, nil)
	return is, e.OrNil()
}

func asText(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), true
	default:
		return "", false
	}
}
