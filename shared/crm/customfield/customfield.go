// Package customfield is what a workspace says of its own fields of customers (사용자 정의 항목): their definitions, the rules of these, and what a value
// must be to fit. Keys that nobody has defined are free, see customer.Fields.Custom: any text, number, yes or no, or list goes there.
package customfield

import (
	"slices"
	"time"
)

// Type is what a field holds.
type Type string

// The types, with the form in which a customer's custom.<key> holds their values.
const (
	Text    Type = "text"    // text
	Number  Type = "number"  // number
	Money   Type = "money"   // {"amount": "12.50", "currency": "USD"}
	Date    Type = "date"    // text: YYYY-MM-DD, a day of no zone
	Choice  Type = "choice"  // text: the key of the choice
	Choices Type = "choices" // list of texts: keys of choices
	YesNo   Type = "yesNo"   // true or false
	Link    Type = "link"    // text: an absolute http or https URL
)

// Types lists them, in the order that screens show.
func Types() []Type { return []Type{Text, Number, Money, Date, Choice, Choices, YesNo, Link} }

// Label is a name on screens. One language is enough: it is then shown in both.
type Label struct {
	Korean  string `json:"ko,omitempty"`
	English string `json:"en,omitempty"`
}

// In returns the label in a language (ko or en), else in the other.
func (l Label) In(language string) string {
	if language == "ko" && l.Korean != "" || l.English == "" {
		return l.Korean
	}
	return l.English
}

// Option is one choice of a field of the types choice and choices. One that is archived stays on the records that hold it, and cannot be set anew.
type Option struct {
	Key      string `json:"key"`
	Label    Label  `json:"label"`
	Archived bool   `json:"archived,omitempty"`
}

// Field is one definition. Its key and type never change: whoever needs another makes another field.
type Field struct {
	Key   string `json:"key"`
	Type  Type   `json:"type"`
	Label Label  `json:"label"`
	// Required: a new customer must have a value, and one that is there cannot be cleared. Customers from before, and those
	// who were leads, may lack it.
	Required bool `json:"required,omitempty"`
	// Unique: no two customers that are not archived hold the same value. Only texts, numbers, dates and links can be.
	Unique bool `json:"unique,omitempty"`
	// Default is the value of a new customer that names none.
	Default any `json:"default,omitempty"`
	// Currency (ISO 4217) of a field of money: that of amounts which name none.
	Currency string   `json:"currency,omitempty"`
	Choices  []Option `json:"choices,omitempty"`
	// Archived: not offered any more. Values that are there stay and can be cleared, no others can be set.
	Archived bool `json:"archived,omitempty"`
}

// Set holds the definitions of one workspace, in their order on screens. The zero value has none.
type Set struct {
	Fields    []Field   `json:"fields"`
	UpdatedAt time.Time `json:"updatedAt"`
	Version   int64     `json:"-"`
}

// At returns the definition of a key, nil when the key is free.
func (s *Set) At(key string) *Field {
	if i := s.index(key); i >= 0 {
		return &s.Fields[i]
	}
	return nil
}

func (s *Set) index(key string) int {
	return slices.IndexFunc(s.Fields, func(f Field) bool { return f.Key == key })
}

// Live lists the definitions that are not archived.
func (s *Set) Live() []Field {
	out := make([]Field, 0, len(s.Fields))
	for _, f := range s.Fields {
		if !f.Archived {
			out = append(out, f)
		}
	}
	return out
}

// option returns a choice by its key, nil when the field has none of it.
func (f *Field) option(key string) *Option {
	i := slices.IndexFunc(f.Choices, func(o Option) bool { return o.Key == key })
	if i < 0 {
		return nil
	}
	return &f.Choices[i]
}

// offered lists the keys that can be set.
func (f *Field) offered() []string {
	out := make([]string, 0, len(f.Choices))
	for _, o := range f.Choices {
		if !o.Archived {
			out = append(out, o.Key)
		}
	}
	return out
}
