package segment

import (
	"strings"
)

// Names are what a workspace calls the things that its rules name. A nil one leaves keys and ids as they are.
type Names struct {
	Record func(id string) string // of a segment or a campaign
	// Field is the label of a custom field, by its key, and how its values are written for people; false for a key that nobody defined.
	Field func(key string) (label string, written func(value any) string, defined bool)
}

// Describe says a rule in words, in Korean ("ko") or English, for chips, lists and the audit log.
func Describe(r Rule, language string, names Names) string {
	d := describer{words: english, names: names}
	if language == "ko" {
		d.words = korean
	}
	return d.rule(r, false)
}

type describer struct {
	words phrases
	names Names
}

func (d describer) name(id string) string {
	if d.names.Record == nil {
		return id
	}
	return d.names.Record(id)
}

func (d describer) rule(r Rule, inside bool) string {
	switch n := r.Node.(type) {
	case All:
		return d.group(n, d.words.and, d.words.everybody, inside)
	case Any:
		return d.group(n, d.words.or, d.words.nobody, inside)
	case Not:
		return d.words.not + " (" + d.rule(n.Rule, false) + ")"
	case Field:
		return d.field(n)
	case Tally:
		return d.tally(n)
	case Response:
		return fill(d.words.response, "campaign", d.name(n.CampaignID), "kind", d.words.value(n.Kind))
	case Segment:
		return fill(d.words.segment, "segment", d.name(n.ID))
	default:
		return d.words.nobody
	}
}

// group joins the parts; one inside another stands in brackets.
func (d describer) group(rules []Rule, joint, none string, inside bool) string {
	if len(rules) == 0 {
		return none
	}
	if len(rules) == 1 {
		return d.rule(rules[0], inside)
	}
	parts := make([]string, len(rules))
	for i, r := range rules {
		parts[i] = d.rule(r, true)
	}
	s := strings.Join(parts, joint)
	if inside {
		return "(" + s + ")"
	}
	return s
}

func (d describer) field(n Field) string {
	key, custom := strings.CutPrefix(n.Path, customPrefix)
	if custom && d.names.Field != nil {
		if label, written, defined := d.names.Field(key); defined {
			return d.comparison(label, n.Op, d.values(n.Op, n.Value, func(v any) string { return d.own(v, written) }))
		}
	}
	f, ok := find(n.Path, ofOrders)
	label := d.words.label(f)
	if !ok {
		label = n.Path
	}
	return d.comparison(label, n.Op, d.values(n.Op, n.Value, d.value))
}

// own writes a value of a custom field. A text that its definition leaves as it is stands in quotes, like other texts.
func (d describer) own(v any, written func(any) string) string {
	text, _ := v.(string)
	if words := written(v); text != "" && words != text {
		return d.words.quote(words)
	}
	return d.value(v)
}

func (d describer) values(op Op, v any, word func(any) string) []string {
	if op == InLast {
		return []string{d.period(asText(v))}
	}
	var out []string
	for _, e := range list(v) {
		out = append(out, word(e))
	}
	return out
}

func (d describer) value(v any) string {
	switch v := v.(type) {
	case string:
		if isDate(v) {
			return v
		}
		if word := d.words.value(v); word != v {
			return word
		}
		return d.words.quote(v)
	case bool:
		if v {
			return d.words.yes
		}
		return d.words.no
	case map[string]any:
		return asText(v["amount"]) + " " + asText(v["currency"])
	default:
		return asText(v)
	}
}

func (d describer) comparison(label string, op Op, values []string) string {
	first, last := "", ""
	if len(values) > 0 {
		first, last = values[0], values[len(values)-1]
	}
	return fill(d.words.ops[op], "field", label, "value", first, "last", last, "list", strings.Join(values, ", "))
}

func (d describer) period(s string) string {
	p, _ := parsePeriod(s)
	var out []string
	for _, part := range []struct {
		n    int
		unit string
	}{{p.years, "Y"}, {p.months, "M"}, {p.days, "D"}, {int(p.clock.Hours()), "h"}, {int(p.clock.Minutes()) % 60, "m"}} {
		if part.n > 0 {
			out = append(out, d.words.count(part.n, part.unit))
		}
	}
	return strings.Join(out, " ")
}

func (d describer) tally(n Tally) string {
	subject := d.words.orders
	switch {
	case n.Events:
		subject = fill(d.words.events, "type", n.Type)
	case n.Sum:
		subject = d.words.sum
	}
	if n.InLast != "" {
		subject = fill(d.words.recent, "period", d.period(n.InLast), "subject", subject)
	}
	if n.Where != nil {
		subject += " [" + d.rule(*n.Where, false) + "]"
	}
	var values []string
	for _, v := range n.Value {
		s := v.String()
		if n.Code != "" {
			s += " " + n.Code
		}
		values = append(values, s)
	}
	return d.comparison(subject, n.Op, values)
}

// fill puts values in the place of {names}; a Korean particle such as {field|이/가} follows the sound that the value ends with.
func fill(phrase string, pairs ...string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		name, value := pairs[i], pairs[i+1]
		phrase = strings.ReplaceAll(phrase, "{"+name+"}", value)
		for _, particle := range []string{"이/가", "으로/로"} {
			phrase = strings.ReplaceAll(phrase, "{"+name+"|"+particle+"}", value+chosen(particle, value))
		}
	}
	return phrase
}

// chosen picks the form behind a consonant or a vowel, judged by the last letter or digit; Latin letters count as vowels.
func chosen(particle, word string) string {
	closed, open, _ := strings.Cut(particle, "/")
	last := rune(0)
	for _, r := range word {
		if r >= '가' && r <= '힣' || r >= '0' && r <= '9' || r >= 'A' && r <= 'z' {
			last = r
		}
	}
	final := 0
	switch {
	case last >= '가' && last <= '힣':
		final = int(last-'가') % 28
	case strings.ContainsRune("0136", last):
		final = 1
	case strings.ContainsRune("78", last):
		final = rieul
	}
	if final == 0 || final == rieul && open == "로" {
		return open
	}
	return closed
}

// rieul is the final ㄹ, which takes 로 instead of 으로.
const rieul = 8
