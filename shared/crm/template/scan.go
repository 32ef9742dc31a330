package template

import (
	"strings"

	"github.com/osteele/liquid/parser"

	"github.com/dangol/dangol/shared/lazyregexp"
)

// tags may stand in a template. Missing on purpose: include and render (there is nothing to include), capture (a text that doubles itself), cycle, tablerow.
var tags = map[string]bool{
	"if": true, "elsif": true, "else": true, "endif": true, "unless": true, "endunless": true, "case": true, "when": true, "endcase": true,
	"for": true, "endfor": true, "break": true, "continue": true, "assign": true, "comment": true, "endcomment": true, "raw": true, "endraw": true,
}

// scanner checks one part token by token before the library sees it, notes what is read, and has every value of an HTML part escaped.
type scanner struct {
	*compiler
	pointer string
	escaped bool
	liquid  bool // the part holds Liquid at all
	tags    int
	loops   int
	verb    string          // "raw" or "comment" inside one of them
	locals  map[string]bool // names that assign and for have made
}

// scan returns the source as the library is given it: the same lines, each printed value behind the escape filter.
func (s *scanner) scan(source string) string {
	var out strings.Builder
	out.Grow(len(source) + 256)
	for _, t := range parser.Scan(source, parser.SourceLoc{LineNo: 1}, nil) {
		switch t.Type {
		case parser.TagTokenType:
			s.tag(t)
			out.WriteString(t.Source)
		case parser.ObjTokenType:
			out.WriteString(s.object(t))
		case parser.TextTokenType:
			s.text(t)
			out.WriteString(t.Source)
		}
	}
	return out.String()
}

func (s *scanner) refuse(t parser.Token, code string, args ...any) {
	s.Add(s.pointer, code, append([]any{"line", t.SourceLoc.LineNo}, args...)...)
}

// text refuses an opening mark that nothing closes.
func (s *scanner) text(t parser.Token) {
	for _, mark := range []string{"{{", "{%"} {
		if i := strings.Index(t.Source, mark); i >= 0 && s.verb == "" {
			t.SourceLoc.LineNo += strings.Count(t.Source[:i], "\n")
			s.refuse(t, "template_syntax", "detail", "unclosed "+mark)
			return
		}
	}
}

func (s *scanner) tag(t parser.Token) {
	s.liquid = true
	if s.verb != "" {
		if t.Name == "end"+s.verb {
			s.verb = ""
		}
		return
	}
	if s.tags++; s.tags == MaxTags+1 {
		s.refuse(t, "template_too_many_tags", "max", MaxTags)
	}
	if !tags[t.Name] {
		s.refuse(t, "template_tag_forbidden", "name", t.Name)
		return
	}
	switch t.Name {
	case "raw", "comment":
		s.verb = t.Name
	case "for":
		s.loop(t)
	case "endfor":
		s.loops--
	case "assign":
		name, value, _ := strings.Cut(t.Args, "=")
		s.expression(t, value, false)
		s.locals[strings.TrimSpace(name)] = true
	default:
		s.expression(t, t.Args, false)
	}
}

var loopForm = lazyregexp.New(`^\s*([A-Za-z_]\w*)\s+in\s+(.*)$`)

// loop reads "name in list"; loops do not stand in loops, so that a part costs at most its size times the longest list.
func (s *scanner) loop(t parser.Token) {
	if s.loops++; s.loops > 1 {
		s.refuse(t, "template_loop_nested")
	}
	m := loopForm().FindStringSubmatch(t.Args)
	if m == nil {
		s.refuse(t, "template_syntax", "detail", "for NAME in LIST")
		return
	}
	s.expression(t, m[2], false)
	s.locals[m[1]], s.locals["forloop"] = true, true
}

func (s *scanner) object(t parser.Token) string {
	s.liquid = true
	if s.verb != "" {
		return t.Source
	}
	s.expression(t, t.Args, true)
	source := t.Source
	if onlyPrinted(t.Args) {
		source = strings.Replace(source, customPath, printedPath, 1)
	}
	if !s.escaped {
		return source
	}
	end := len(source) - len("}}")
	if source[end-1] == '-' {
		end--
	}
	return source[:end] + " | " + escapeFilter + " " + source[end:]
}

var (
	textForm = lazyregexp.New(`"[^"]*"|'[^']*'`)
	wordForm = lazyregexp.New(`\|?\s*[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*\s*:?`)
	keywords = map[string]bool{"and": true, "or": true, "contains": true, "in": true, "true": true, "false": true, "nil": true, "empty": true, "blank": true, "reversed": true, "limit": true, "offset": true}
)

// expression notes the variables and checks the filters of an expression. Printed without a default means that a missing value leaves a hole.
func (s *scanner) expression(t parser.Token, source string, printed bool) {
	bare := textForm().ReplaceAllString(source, "''")
	if strings.ContainsAny(bare, "[]") || strings.Contains(bare, "..") {
		s.refuse(t, "template_syntax", "detail", "[ ] and .. are not available")
		return
	}
	var found []string
	defaulted := false
	for _, word := range wordForm().FindAllString(bare, -1) {
		filter := strings.HasPrefix(word, "|")
		name := strings.Trim(word, "|: \t\r\n")
		switch {
		case filter && !filters()[name]:
			s.refuse(t, "template_filter_unknown", "name", name)
		case filter:
			defaulted = defaulted || name == "default"
		case !keywords[name] && !strings.HasSuffix(word, ":"):
			found = append(found, name)
		}
	}
	for _, name := range found {
		s.variable(t, name, printed && !defaulted)
	}
}

func (s *scanner) variable(t parser.Token, name string, hole bool) {
	root, _, _ := strings.Cut(name, ".")
	if s.locals[root] {
		return
	}
	if reader(name) == nil {
		name = property().ReplaceAllString(name, "")
	}
	if reader(name) == nil {
		s.refuse(t, "template_variable_unknown", "name", name)
		return
	}
	s.used[name] = s.used[name] || hole
}

// property is what a list or text has beside its value.
var property = lazyregexp.New(`\.(size|first|last)$`)
