package errs

import (
	"fmt"
	"strings"

	"github.com/dangol/dangol/shared/lazyregexp"
)

// Text is what people read, in both languages. {name} is replaced by the argument of that name; a part in [brackets] is left out when the
// argument in it is not given. Korean is written in 해요체.
type Text struct{ Ko, En string }

// In returns the text in a language: Korean for "ko", English otherwise.
func (t Text) In(language string) string {
	if language == "ko" {
		return t.Ko
	}
	return t.En
}

// Term is an argument that is itself a word of the language, such as "integer"; it is looked up in the terms.
type Term string

// Title returns the short name of a kind of refusal.
func Title(k Kind, language string) string { return titles[k].In(language) }

// Detail returns the words of a code. A code without words, which the closure test refuses, is shown as it is.
func Detail(code string, args map[string]any, language string) string {
	t, ok := texts[code]
	if !ok {
		return code
	}
	return fill(t.In(language), args, language)
}

// Codes returns every code with its words, for the reference page.
func Codes() map[string]Text {
	c := make(map[string]Text, len(texts))
	for code, t := range texts {
		c[code] = t
	}
	return c
}

var optionalPart = lazyregexp.New(`\[[^\]]*\]`)

// fill puts the arguments into the text; arguments themselves are not looked into.
func fill(s string, args map[string]any, language string) string {
	if !strings.Contains(s, "{") {
		return s
	}
	s = optionalPart().ReplaceAllStringFunc(s, func(part string) string {
		for name := range args {
			if strings.Contains(part, "{"+name+"}") {
				return part[1 : len(part)-1]
			}
		}
		return ""
	})
	pairs := make([]string, 0, 2*len(args))
	for name, v := range args {
		pairs = append(pairs, "{"+name+"}", word(v, language))
	}
	return strings.NewReplacer(pairs...).Replace(s)
}

func word(v any, language string) string {
	switch v := v.(type) {
	case Term:
		if t, ok := terms[v]; ok {
			return t.In(language)
		}
		return string(v)
	case float64:
		return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%f", v), "0"), ".")
	default:
		return fmt.Sprint(v)
	}
}
