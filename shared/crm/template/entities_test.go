package template

import (
	"math/rand/v2"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// pieces make markup that a person, an editor or an attacker might write.
var pieces = []string{
	"<a href=", "<A HREF = ", "<area href=", "<img alt=", "<img/alt=", "<br/>", "<p>", "</p>", "</a>", "<td>", "<div class=x ", "<li", "<script>", "</script>", "<style>", "</style>",
	"<textarea>", "</textarea>", "<title>", "</title>", "<iframe>", "</iframe>", "<noscript>", "</noscript>", "<xmp>", "</xmp>", "<!--", "-->", "<!doctype html>", "<?x?>",
	`"`, "'", ">", "/>", "=", " ", "\n", "\r\n", "/", "&", ";", "#", "x41", "&amp;", "&amp", "&copy=1", "&copy", "&copyright", "&notit;", "&#39;", "&#x27", "&#128;", "&#0;",
	"&nbsp;", "&unknown;", "&lt;b&gt;", "https://example.com/?a=1&b=2", "{{ customer.name }}", "{% if x > 1 %}", "김단골", "word", "<", "</", "<3", `alt="a&amp;b"`, "href='/x?q=1&lt=2'",
}

func TestTokensReadAsTheTokenizerWouldReadThem(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 30_000 {
		var b strings.Builder
		for range 1 + random.IntN(14) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		sameTokens(t, b.String())
		if t.Failed() {
			return
		}
	}
}

// sameTokens reads the markup with x/net's tokenizer alone, and beside it as TextOf does.
func sameTokens(t *testing.T, markup string) {
	t.Helper()
	z, raw := html.NewTokenizer(strings.NewReader(markup)), false
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		source := strings.Clone(string(z.Raw()))
		switch kind {
		case html.TextToken:
			if got, want := strings.Fields(plainText(source, raw)), strings.Fields(string(z.Text())); strings.Join(got, " ") != strings.Join(want, " ") {
				t.Errorf("in %q the text %q: got %q, want %q", markup, source, got, want)
			}
			raw = false
		case html.StartTagToken, html.SelfClosingTagToken:
			ours, theirs := tagOf(z, kind), tokenOf(source)
			raw = verbatim[ours.name]
			if ours.name != theirs.DataAtom {
				t.Errorf("in %q the tag %q: got %s, want %s", markup, source, ours.name, theirs.DataAtom)
			}
			for _, name := range []string{"href", "alt"} {
				if got, want := ours.attribute(name), valueOf(theirs, name); got != want {
					t.Errorf("in %q the tag %q: %s is %q, want %q", markup, source, name, got, want)
				}
			}
		default:
			raw = false
		}
	}
}

func tokenOf(source string) html.Token {
	z := html.NewTokenizer(strings.NewReader(source))
	z.Next()
	return z.Token()
}

func valueOf(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}
