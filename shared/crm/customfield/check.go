package customfield

import (
	"encoding/json"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/errs"
)

// Bounds of a workspace's definitions; lengths in characters.
const (
	MaxFields  = 100 // that are not archived
	MaxUnique  = 10  // each unique value is one more item of a customer's transaction
	MaxChoices = 200
	MaxLabel   = 60
	MaxChoice  = 40        // of a choice's key
	MaxSize    = 64 * 1024 // bytes of all definitions: they are read with every new customer
)

// Check brings a definition into one form and refuses it, with JSON pointers, where it breaks a rule.
func (f *Field) Check() error {
	e := errs.New(errs.Invalid, "validation_failed")
	if !customer.ValidCustomKey(f.Key) {
		e.Add("/key", "custom_key_invalid", "key", f.Key)
	}
	if !slices.Contains(Types(), f.Type) {
		e.Add("/type", "option_unknown")
	}
	checkLabel(e, "/label", &f.Label, "")
	f.checkUnique(e)
	f.checkCurrency(e)
	f.checkChoices(e)
	if f.Default != nil && len(e.Fields) == 0 {
		f.Default = f.value(e, "/default", f.Default, nil)
	}
	return e.OrNil()
}

// checkLabel wants a text in one language, or takes the key.
func checkLabel(e *errs.Error, pointer string, l *Label, key string) {
	l.Korean, l.English = customer.Text(l.Korean), customer.Text(l.English)
	if l.Korean == "" && l.English == "" {
		l.Korean = key
	}
	if l.Korean == "" && l.English == "" {
		e.Add(pointer, "required_missing")
	}
	longer(e, pointer+"/ko", l.Korean, MaxLabel)
	longer(e, pointer+"/en", l.English, MaxLabel)
}

func (f *Field) checkUnique(e *errs.Error) {
	if f.Unique && !slices.Contains([]Type{Text, Number, Date, Link}, f.Type) {
		e.Add("/unique", "custom_unique_unfit")
	}
	if f.Unique && f.Default != nil {
		e.Add("/default", "custom_default_unique")
	}
}

func (f *Field) checkCurrency(e *errs.Error) {
	if f.Type != Money {
		f.Currency = ""
	} else if !money.ValidCurrency(f.Currency) {
		e.Add("/currency", "currency_unknown", "value", f.Currency)
	}
}

func (f *Field) checkChoices(e *errs.Error) {
	if f.Type != Choice && f.Type != Choices {
		f.Choices = nil
		return
	}
	if len(f.offered()) == 0 {
		e.Add("/choices", "required_missing")
	}
	if len(f.Choices) > MaxChoices {
		e.Add("/choices", "too_many", "max", MaxChoices)
		return
	}
	f.Choices = slices.Clone(f.Choices)
	seen := make(map[string]bool, len(f.Choices))
	for i := range f.Choices {
		f.Choices[i].check(e, "/choices/"+strconv.Itoa(i), seen)
	}
}

func (o *Option) check(e *errs.Error, pointer string, seen map[string]bool) {
	o.Key = customer.Text(o.Key)
	switch {
	case o.Key == "":
		e.Add(pointer+"/key", "required_missing")
	case seen[o.Key]:
		e.Add(pointer+"/key", "items_repeated")
	}
	seen[o.Key] = true
	longer(e, pointer+"/key", o.Key, MaxChoice)
	checkLabel(e, pointer+"/label", &o.Label, o.Key)
}

func longer(e *errs.Error, pointer, s string, most int) {
	if utf8.RuneCountInString(s) > most {
		e.Add(pointer, "too_long", "max", most)
	}
}

// Add puts a definition behind the others. Errors: validation_failed, custom_field_taken, custom_fields_full, custom_fields_large.
func (s *Set) Add(f Field) error {
	if err := f.Check(); err != nil {
		return err
	}
	if s.At(f.Key) != nil {
		return errs.New(errs.Conflict, "custom_field_taken").Add("/key", "custom_field_taken")
	}
	s.Fields = append(s.Fields, f)
	return s.fits()
}

// Put replaces the definition of the same key. Errors: as Add, and custom_field_not_found.
func (s *Set) Put(f Field) error {
	if err := f.Check(); err != nil {
		return err
	}
	was := s.At(f.Key)
	if was == nil {
		return errs.New(errs.NotFound, "custom_field_not_found")
	}
	*was = f
	return s.fits()
}

// Order puts the definitions into the order of the keys. Every key must be named once.
func (s *Set) Order(keys []string) error {
	out := make([]Field, 0, len(s.Fields))
	for _, key := range keys {
		f := s.At(key)
		if f == nil || slices.ContainsFunc(out, func(o Field) bool { return o.Key == key }) {
			return errs.InvalidField("/keys", "custom_order_incomplete")
		}
		out = append(out, *f)
	}
	if len(out) != len(s.Fields) {
		return errs.InvalidField("/keys", "custom_order_incomplete")
	}
	s.Fields = out
	return nil
}

// fits holds the whole to its bounds.
func (s *Set) fits() error {
	unique := 0
	for _, f := range s.Fields {
		if f.Unique {
			unique++
		}
	}
	size, err := json.Marshal(s.Fields)
	switch {
	case err != nil:
		return err
	case len(s.Live()) > MaxFields:
		return errs.Newf(errs.Conflict, "custom_fields_full", "max", MaxFields)
	case unique > MaxUnique:
		return errs.Newf(errs.Conflict, "custom_fields_unique_full", "max", MaxUnique).Add("/unique", "custom_fields_unique_full", "max", MaxUnique)
	case len(size) > MaxSize:
		return errs.New(errs.Conflict, "custom_fields_large")
	}
	return nil
}
