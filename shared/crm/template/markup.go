package template

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// hidden elements have no place in plain text.
var hidden = map[atom.Atom]bool{atom.Head: true, atom.Style: true, atom.Script: true, atom.Title: true}

// verbatim elements hold text without entities (HTML standard, section 13.1.2).
var verbatim = map[atom.Atom]bool{atom.Script: true, atom.Style: true, atom.Iframe: true, atom.Noembed: true, atom.Noframes: true, atom.Noscript: true,
	atom.Plaintext: true, atom.Xmp: true}

// breaks start a new line, and some a blank one.
var breaks = map[atom.Atom]string{
	atom.Br: "\n", atom.Div: "\n", atom.Tr: "\n", atom.Li: "\n", atom.Table: "\n", atom.P: "\n\n", atom.Ul: "\n\n", atom.Ol: "\n\n", atom.Blockquote: "\n\n",
	atom.H1: "\n\n", atom.H2: "\n\n", atom.H3: "\n\n", atom.H4: "\n\n", atom.Hr: "\n\n",
}

// TextOf makes plain text of HTML: paragraphs and list items on lines of their own, links with their address behind in brackets, pictures as their alt text.
// Liquid in it stays as it is.
//
// Of x/net's tokenizer it uses only what tells the tokens apart. Text and attributes are read here: the tokenizer's own reading would link its table of
// entities, which every start of a function would fill, 113 KB and 0.08 ms; the one of the standard library is filled at its first use.
func TextOf(markup string) string {
	w := textWriter{}
	z := html.NewTokenizer(strings.NewReader(markup))
	raw := false // the token follows the start of an element whose text has no entities
	for {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			return w.String()
		case html.TextToken:
			if w.hidden == 0 {
				w.words(plainText(string(z.Raw()), raw))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			t := tagOf(z, kind)
			w.start(t)
			raw = verbatim[t.name]
			continue
		case html.EndTagToken:
			w.end(tagOf(z, kind).name)
		}
		raw = false
	}
}

// tag is the name of an element and what stands between its pointed brackets.
type tag struct {
	name  atom.Atom // 0 for one that HTML does not know
	kind  html.TokenType
	inner string
}

func tagOf(z *html.Tokenizer, kind html.TokenType) tag {
	inner := strings.TrimSuffix(strings.TrimLeft(string(z.Raw()), "</"), ">") // before TagName, which turns the name into small letters in place
	name, _ := z.TagName()
	return tag{name: atom.Lookup(name), kind: kind, inner: inner[min(len(name), len(inner)):]}
}

// textWriter collects text; line ends are held back until words follow.
type textWriter struct {
	out     strings.Builder
	pending string
	space   bool
	hidden  int
	href    string
	from    int // where the text of the link begins
}

func (w *textWriter) String() string { return strings.TrimSpace(w.out.String()) }

func (w *textWriter) words(s string) {
	for i, word := range strings.Fields(s) {
		if i > 0 || startsBlank(s) || w.space {
			w.blank()
		}
		w.out.WriteString(w.pending + word)
		w.pending, w.space = "", false
	}
	w.space = w.space || endsBlank(s)
}

func startsBlank(s string) bool { return s != "" && strings.TrimLeft(s[:1], " \t\r\n") == "" }
func endsBlank(s string) bool   { return s != "" && strings.TrimLeft(s[len(s)-1:], " \t\r\n") == "" }

// blank puts a blank between two words of a line.
func (w *textWriter) blank() {
	if w.pending == "" && w.out.Len() > 0 && !strings.HasSuffix(w.out.String()[w.out.Len()-1:], "\n") {
		w.pending = " "
	}
}

func (w *textWriter) line(b string) {
	if w.pending = strings.TrimRight(w.pending, " "); len(b) > len(w.pending) && w.out.Len() > 0 {
		w.pending = b
	}
	w.space = false
}

func (w *textWriter) start(t tag) {
	switch {
	case hidden[t.name] && t.kind == html.StartTagToken:
		w.hidden++
	case w.hidden > 0:
		return
	case t.name == atom.A:
		w.href, w.from = t.attribute("href"), w.out.Len()
	case t.name == atom.Img:
		w.words(t.attribute("alt"))
	case t.name == atom.Td || t.name == atom.Th:
		w.space = true
	}
	if b, ok := breaks[t.name]; ok {
		w.line(b)
	}
	if t.name == atom.Li {
		w.words("- ")
	}
}

func (w *textWriter) end(a atom.Atom) {
	if hidden[a] {
		w.hidden = max(w.hidden-1, 0)
	}
	if a == atom.A && w.href != "" {
		if text := strings.TrimSpace(w.out.String()[w.from:]); text == "" {
			w.words(" " + w.href)
		} else if text != w.href && !strings.HasPrefix(w.href, "#") {
			w.words(" (" + w.href + ")")
		}
		w.href = ""
	}
	if b, ok := breaks[a]; ok {
		w.line(b)
	}
}

// attribute is the value of the first attribute of that name.
func (t tag) attribute(name string) string {
	from, to, ok := valueIn(t.inner, name)
	if !ok {
		return ""
	}
	return strings.TrimSpace(attributeText(t.inner[from:to]))
}

// Links lists the web addresses (http and https) that HTML links to, each once, in their order.
func Links(markup string) []string {
	var out []string
	Instrument(markup, func(url string) string {
		if !slices.Contains(out, url) {
			out = append(out, url)
		}
		return url
	}, "")
	return out
}
