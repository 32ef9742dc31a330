package story

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Names are the values that a story has bound.
type Names map[string]string

var reference = regexp.MustCompile(`\{([a-zA-Z][a-zA-Z0-9_]*)\}`)

// Fill replaces every {name} that is bound.
func (n Names) Fill(text string) string {
	return reference.ReplaceAllStringFunc(text, func(ref string) string {
		if v, ok := n[ref[1:len(ref)-1]]; ok {
			return v
		}
		return ref
	})
}

// Match compares a reply with what the story expects and binds new names. The error says where they differ.
func (n Names) Match(want string, got []byte) error {
	if strings.HasPrefix(want, "~") || strings.HasPrefix(want, "!~") {
		return n.lines(want, string(got))
	}
	if want == "" {
		return nil
	}
	var w, g any
	if err := decode(want, &w); err != nil {
		return fmt.Errorf("the story's JSON: %w", err)
	}
	if err := decode(string(got), &g); err != nil {
		return fmt.Errorf("the reply's JSON: %w", err)
	}
	return n.value("$", w, g)
}

// lines matches a reply that is no JSON: each line of the story says what must stand in it or must not.
func (n Names) lines(want, got string) error {
	for line := range strings.Lines(want) {
		line = strings.TrimSpace(line)
		if text, ok := strings.CutPrefix(line, "!~ "); ok {
			if n.within(text, got) == nil {
				return fmt.Errorf("contains %q", n.Fill(text))
			}
			continue
		}
		if err := n.within(strings.TrimPrefix(line, "~ "), got); err != nil {
			return err
		}
	}
	return nil
}

// within looks for a text and binds the new names in it to what stands in their place.
func (n Names) within(want, got string) error {
	pattern, names, end := "", []string{}, 0
	for _, at := range reference.FindAllStringIndex(want, -1) {
		name := want[at[0]+1 : at[1]-1]
		pattern += regexp.QuoteMeta(want[end:at[0]])
		if v, bound := n[name]; bound {
			pattern += regexp.QuoteMeta(v)
		} else {
			pattern, names = pattern+`([\w.-]+)`, append(names, name)
		}
		end = at[1]
	}
	found := regexp.MustCompile(pattern + regexp.QuoteMeta(want[end:])).FindStringSubmatch(got)
	if found == nil {
		return fmt.Errorf("does not contain %q", n.Fill(want))
	}
	for i, name := range names {
		n[name] = found[i+1]
	}
	return nil
}

func decode(text string, v *any) error {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	return d.Decode(v)
}

func (n Names) value(at string, want, got any) error {
	switch w := want.(type) {
	case map[string]any:
		return n.object(at, w, got)
	case []any:
		return n.array(at, w, got)
	case string:
		return n.text(at, w, got)
	}
	if fmt.Sprint(want) != fmt.Sprint(got) {
		return fmt.Errorf("%s is %s, want %s", at, show(got), show(want))
	}
	return nil
}

func (n Names) object(at string, want map[string]any, got any) error {
	g, ok := got.(map[string]any)
	if !ok {
		return fmt.Errorf("%s is %s, want an object", at, show(got))
	}
	for name, w := range want {
		v, there := g[name]
		if w == "<absent>" {
			if there {
				return fmt.Errorf("%s.%s is %s, want it absent", at, name, show(v))
			}
			continue
		}
		if !there {
			return fmt.Errorf("%s.%s is absent, want %s", at, name, show(w))
		}
		if err := n.value(at+"."+name, w, v); err != nil {
			return err
		}
	}
	return nil
}

func (n Names) array(at string, want []any, got any) error {
	g, ok := got.([]any)
	if !ok {
		return fmt.Errorf("%s is %s, want an array", at, show(got))
	}
	open := len(want) > 0 && want[len(want)-1] == "..."
	if open {
		want = want[:len(want)-1]
	}
	if len(g) < len(want) || !open && len(g) != len(want) {
		return fmt.Errorf("%s has %d elements, want %d: %s", at, len(g), len(want), show(got))
	}
	for i, w := range want {
		if err := n.value(fmt.Sprintf("%s[%d]", at, i), w, g[i]); err != nil {
			return err
		}
	}
	return nil
}

// text matches a text of the story: a name, a kind of value, a bound, or the text itself.
func (n Names) text(at, want string, got any) error {
	if ref := reference.FindString(want); ref == want && want != "" {
		name := want[1 : len(want)-1]
		if _, bound := n[name]; !bound {
			n[name] = plain(got)
			return nil
		}
	}
	if within, ok := strings.CutPrefix(want, "~ "); ok {
		if err := n.within(within, plain(got)); err != nil {
			return fmt.Errorf("%s is %s: %w", at, show(got), err)
		}
		return nil
	}
	if ok, known := kinds(want, got); known {
		if !ok {
			return fmt.Errorf("%s is %s, want %s", at, show(got), want)
		}
		return nil
	}
	if want = n.Fill(want); plain(got) != want || got == nil {
		return fmt.Errorf("%s is %s, want %q", at, show(got), want)
	}
	return nil
}

func kinds(want string, got any) (ok, known bool) {
	if bound, is := strings.CutPrefix(want, ">= "); is {
		least, err1 := strconv.ParseFloat(bound, 64)
		value, err2 := strconv.ParseFloat(plain(got), 64)
		return err1 == nil && err2 == nil && value >= least, true
	}
	switch want {
	case "<any>":
		return true, true
	case "<number>":
		_, ok := got.(json.Number)
		return ok, true
	case "<time>":
		_, err := time.Parse(time.RFC3339, plain(got))
		return err == nil, true
	}
	return false, false
}

// plain is the value as a request would carry it.
func plain(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	return show(v)
}

func show(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	if len(b) > 400 {
		return string(b[:400]) + "…"
	}
	return string(b)
}
