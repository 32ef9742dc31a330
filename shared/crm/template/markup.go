package template

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// hidden elements have no place in plain text.
var hidden = map[atom.Atom]bool{atom.Head: true, atom.Style: true, atom.Script: true, atom.Title: true}

// breaks start a new line, and some a blank one.
var breaks = map[atom.Atom]string{
	atom.Br: "\n", atom.Div: "\n", atom.Tr: "\n", atom.Li: "\n", atom.Table: "\n", atom.P: "\n\n", atom.Ul: "\n\n", atom.Ol: "\n\n", atom.Blockquote: "\n\n",
	atom.H1: "\n\n", atom.H2: "\n\n", atom.H3: "\n\n", atom.H4: "\n\n", atom.Hr: "\n\n",
}

// TextOf makes plain text of HTML: paragraphs and list items on lines of their own, links with their address behind in brackets, pictures as their alt text.
// Liquid in it stays as it is.
func TextOf(markup string) string {
	w := textWriter{}
	z := html.NewTokenizer(strings.NewReader(markup))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return w.String()
		case html.TextToken:
			if w.hidden == 0 {
				w.words(string(z.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			w.start(z.Token())
		case html.EndTagToken:
			w.end(z.Token().DataAtom)
		}
	}
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

func (w *textWriter) start(t html.Token) {
	switch {
	case hidden[t.DataAtom] && t.Type == html.StartTagToken:
		w.hidden++
	case w.hidden > 0:
		return
	case t.DataAtom == atom.A:
		w.href, w.from = attribute(t, "href"), w.out.Len()
	case t.DataAtom == atom.Img:
		w.words(attribute(t, "alt"))
	case t.DataAtom == atom.Td || t.DataAtom == atom.Th:
		w.space = true
	}
	if b, ok := breaks[t.DataAtom]; ok {
		w.line(b)
	}
	if t.DataAtom == atom.Li {
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

func attribute(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
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
