// Package template is what a campaign says: subject, HTML and plain text in Liquid, checked when they are written and filled for one receiver at a time.
//
// A template can read the variables of Variables and nothing else, and its cost is bounded: no includes, no ranges, one loop deep, limited sizes. Every value
// that is printed into the HTML part is escaped there; nothing that a customer typed can become markup.
package template

import (
	"errors"
	"slices"
	"strings"

	"github.com/osteele/liquid"

	"github.com/dangol/dangol/shared/crm/templates"
	"github.com/dangol/dangol/shared/errs"
)

// Limits.
const (
	MaxSubject = 2 << 10 // bytes of Liquid
	MaxSource  = 1 << 20 // bytes of Liquid, HTML and text each
	MaxOutput  = 2 << 20 // bytes that a part may render to
	MaxTags    = 2000    // {% tags %} of a part
	MaxValue   = 64 << 10
)

// Source is a template as it is written.
type Source = templates.Source

// Mail is a template filled for one receiver.
type Mail struct {
	Subject string
	HTML    string // "" when the template has none
	Text    string
}

// Template is a checked template. It is safe for concurrent use: compile once per campaign, fill per receiver.
type Template struct {
	subject, html, text *part
	variables           []string
	bound               []binding
	optional            map[string]bool // read only with a default or in conditions
	links               []string
}

// Problems returns what keeps a template from being sent, nil when nothing does.
func Problems(s Source) []errs.Field {
	_, err := Compile(s)
	var refused *errs.Error
	if errors.As(err, &refused) {
		return refused.Fields
	}
	return nil
}

// Compile checks a template. Everything that is wrong is reported in one *errs.Error of kind Invalid; pointers are /subject, /html, /text, and each field has
// the line. The codes: required_missing, value_too_long, template_syntax {line, detail}, template_variable_unknown {line, name},
// template_tag_forbidden {line, name}, template_filter_unknown {line, name}, template_too_many_tags, template_loop_nested {line}.
func Compile(s Source) (*Template, error) {
	c := compiler{Error: errs.New(errs.Invalid, "validation_failed"), used: map[string]bool{}, engine: newEngine()}
	if strings.TrimSpace(s.Subject) == "" {
		c.Add("/subject", "required_missing")
	}
	if strings.TrimSpace(s.HTML) == "" && strings.TrimSpace(s.Text) == "" {
		c.Add("/html", "required_missing")
	}
	text := s.Text
	if strings.TrimSpace(text) == "" && len(s.HTML) <= MaxSource {
		text = TextOf(s.HTML)
	}
	t := &Template{
		subject: c.part("/subject", s.Subject, MaxSubject, false),
		html:    c.part("/html", s.HTML, MaxSource, true),
		links:   Links(s.HTML),
	}
	if len(c.Fields) == 0 || s.Text != "" { // a text made from bad HTML would repeat its mistakes
		t.text = c.part("/text", text, MaxSource, false)
	}
	t.variables, t.optional = c.variables()
	t.bound = bindingsOf(t.variables)
	if err := c.OrNil(); err != nil {
		return nil, err
	}
	return t, nil
}

// Variables lists the variables that the template reads, each once, sorted.
func (t *Template) Variables() []string { return slices.Clone(t.variables) }

// Links lists the web addresses that the HTML links to, each once, in their order; parts that are filled stand as they are written.
func (t *Template) Links() []string { return slices.Clone(t.links) }

// part is one of subject, HTML and text.
type part struct {
	liquid *liquid.Template
	plain  string // the part itself when it holds no Liquid
}

// compiler collects what is refused and what is read.
type compiler struct {
	*errs.Error
	engine *liquid.Engine
	used   map[string]bool // variable -> whether it is read somewhere without a default
}

func (c *compiler) part(pointer, source string, most int, escaped bool) *part {
	if len(source) > most {
		c.Add(pointer, "value_too_long", "max", most)
		return nil
	}
	s := scanner{compiler: c, pointer: pointer, locals: map[string]bool{}, escaped: escaped}
	before := len(c.Fields)
	rewritten := s.scan(source)
	if len(c.Fields) > before {
		return nil
	}
	if !s.liquid {
		return &part{plain: source}
	}
	parsed, err := c.parse(rewritten)
	if err != nil {
		c.Add(pointer, "template_syntax", "line", line(err), "detail", detail(err))
		return nil
	}
	return &part{liquid: parsed}
}

// parse keeps the library's panics (numbers too large for it) from reaching anyone.
func (c *compiler) parse(source string) (t *liquid.Template, err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("unreadable expression")
		}
	}()
	parsed, sourceErr := c.engine.ParseTemplateLocation([]byte(source), "", 1)
	if sourceErr != nil {
		return nil, sourceErr
	}
	return parsed, nil
}

func line(err error) int {
	if e := liquid.SourceError(nil); errors.As(err, &e) {
		return max(e.LineNumber(), 1)
	}
	return 1
}

// detail is what the library says of a mistake, without its own words around.
func detail(err error) string {
	s := err.Error()
	if _, rest, ok := strings.Cut(s, "): "); ok {
		s = rest
	}
	if i := strings.LastIndex(s, " in "); i > 0 {
		s = s[:i]
	}
	return strings.NewReplacer(" | "+escapeFilter, "", printedPath, customPath).Replace(s)
}

func (c *compiler) variables() (names []string, optional map[string]bool) {
	optional = map[string]bool{}
	for name, bare := range c.used {
		names = append(names, name)
		if !bare {
			optional[name] = true
		}
	}
	slices.Sort(names)
	return names, optional
}
