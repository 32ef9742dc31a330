package template_test

import (
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/crm/template"
)

func TestInstrument(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"a link":                       {`<a href="https://x.kr/">x</a>`, `<a href="T:https://x.kr/">x</a>`},
		"entities are read":            {`<a href="https://x.kr/?a=1&amp;b=2">x</a>`, `<a href="T:https://x.kr/?a=1&amp;b=2">x</a>`},
		"any case, quotes, places":     {`<A class=b HREF = 'HTTP://x.kr/a' id=c>x</A>`, `<A class=b HREF = 'T:HTTP://x.kr/a' id=c>x</A>`},
		"without quotes":               {`<a href=https://x.kr/a/b>x</a>`, `<a href=T:https://x.kr/a/b>x</a>`},
		"a map":                        {`<area href="https://x.kr/">`, `<area href="T:https://x.kr/">`},
		"other schemes stay":           {`<a href="mailto:a@x.kr">x</a><a href="tel:1">x</a><a href="#top">x</a><a href="">x</a>`, `<a href="mailto:a@x.kr">x</a><a href="tel:1">x</a><a href="#top">x</a><a href="">x</a>`},
		"other elements stay":          {`<link href="https://x.kr/a.css"><img src="https://x.kr/a.png"><abbr href="https://x.kr/">`, `<link href="https://x.kr/a.css"><img src="https://x.kr/a.png"><abbr href="https://x.kr/">`},
		"an attribute that ends alike": {`<a data-href="https://x.kr/">x</a>`, `<a data-href="https://x.kr/">x</a>`},
		"a > in an attribute":          {`<a title="a>b" href="https://x.kr/">x</a>`, `<a title="a>b" href="T:https://x.kr/">x</a>`},
		"links kept by choice":         {`<a href="https://keep.kr/">x</a>`, `<a href="https://keep.kr/">x</a>`},
		"broken markup":                {`<a href="https://x.kr/`, `<a href="T:https://x.kr/`},
		"not a link":                   {`1 < 2 <a`, `1 < 2 <a`},
	} {
		t.Run(name, func(t *testing.T) {
			link := func(url string) string {
				if strings.Contains(url, "keep") {
					return url
				}
				return "T:" + url
			}
			if got := template.Instrument(c.in, link, ""); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestThePixelStandsAtTheEndOfTheBody(t *testing.T) {
	same := func(url string) string { return url }
	const pixel = `<img src="https://x.kr/o?a=1&amp;b=2" width="1" height="1" alt="" style="display:block;width:1px;height:1px;border:0">`
	for in, want := range map[string]string{
		"<html><body><p>x</p></body></html>": "<html><body><p>x</p>" + pixel + "</body></html>",
		"<BODY>x</BODY>":                     "<BODY>x" + pixel + "</BODY>",
		"<p>x</p>":                           "<p>x</p>" + pixel,
	} {
		if got := template.Instrument(in, same, "https://x.kr/o?a=1&b=2"); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

func TestLinksAreListedOnce(t *testing.T) {
	compiled, err := template.Compile(html(`<a href="https://b.kr/?x={{ customer.email }}">1</a><a href="https://a.kr/">2</a><a href="https://a.kr/">3</a><a href="{{ view_url }}">4</a>`))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(compiled.Links(), " "), "https://b.kr/?x={{ customer.email }} https://a.kr/"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestTextOf(t *testing.T) {
	for in, want := range map[string]string{
		"<p>하나</p><p>둘 <b>셋</b>넷</p>":                                     "하나\n\n둘 셋넷",
		"a<br>b<div>c</div>d":                                             "a\nb\nc\nd",
		"<h1>제목</h1><ul><li>하나</li><li>둘</li></ul>끝":                      "제목\n\n- 하나\n- 둘\n\n끝",
		`<a href="https://x.kr/?a=1&amp;b=2">보기</a>.`:                     "보기 (https://x.kr/?a=1&b=2).",
		`<a href="https://x.kr/">https://x.kr/</a>`:                       "https://x.kr/",
		`<a href="https://x.kr/"><img alt="배너" src="b"></a>`:              "배너 (https://x.kr/)",
		"<head><title>t</title><style>p{}</style></head>  a\n\t b":        "a b",
		"a &amp; b &lt;c&gt;":                                             "a & b <c>",
		"{{ customer.name }} &amp; {% if a %}b{% endif %}":                "{{ customer.name }} & {% if a %}b{% endif %}",
		"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>": "a b\nc",
	} {
		if got := template.TextOf(in); got != want {
			t.Errorf("%s: got %q, want %q", in, got, want)
		}
	}
}

func FuzzInstrument(f *testing.F) {
	f.Add(`<a href="https://x.kr/">x</a><area href=http://y>`)
	f.Fuzz(func(t *testing.T, markup string) {
		same := func(url string) string { return url }
		if got := template.Instrument(markup, same, ""); got != markup {
			t.Errorf("%q became %q", markup, got)
		}
		template.TextOf(markup)
	})
}
