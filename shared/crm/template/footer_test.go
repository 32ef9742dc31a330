package template_test

import (
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/crm/template"
)

func TestAPartWithoutAWayOutGetsAFooter(t *testing.T) {
	const out, linked = "{{ unsubscribe_url }}", `<a href="{{ unsubscribe_url }}">x</a>`
	for name, c := range map[string]struct {
		html, text string
		want       string // the parts that have a footer
	}{
		"plain HTML":                         {"<p>hi</p>", "", "html"},
		"plain text":                         {"", "hi", "text"},
		"both are plain":                     {"<p>hi</p>", "hi", "html text"},
		"both have a link":                   {linked, out, ""},
		"only the HTML has one":              {linked, "hi", "text"},
		"only the text has one":              {"<p>hi</p>", out, "html"},
		"through a filter":                   {`{{ unsubscribe_url | append: "?x" }}`, "", ""},
		"named in a comment of Liquid":       {"{% comment %}" + out + "{% endcomment %}", "", "html"},
		"named as text":                      {`{{ "unsubscribe_url" }} unsubscribe_url`, "", "html"},
		"nothing is left empty":              {" \n", "", ""},
		"what cannot be read stays":          {"<p>{{ customer.nmae }}</p>", "", ""},
		"what is not closed stays":           {"<p>{{ customer.name</p>", "", ""},
		"another variable of links is not a": {`<a href="{{ preferences_url }}">x</a>`, "", "html"},
	} {
		t.Run(name, func(t *testing.T) {
			was := template.Source{Subject: "s", HTML: c.html, Text: c.text}
			is := template.WithFooter(was, "en")
			var got []string
			if is.HTML != was.HTML {
				got = append(got, "html")
			}
			if is.Text != was.Text {
				got = append(got, "text")
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got footers in %q of %+v", got, is)
			}
			if template.WithFooter(is, "en") != is {
				t.Error("a second footer was added")
			}
		})
	}
}

func TestTheFooterStandsAtTheEndOfTheBody(t *testing.T) {
	for in, want := range map[string]string{
		"<html><body><p>x</p></body></html>": "<html><body><p>x</p>F</body></html>",
		"<BODY>x</BODY>":                     "<BODY>xF</BODY>",
		"<p>x</p>":                           "<p>x</p>F",
		"{% if customer.name %}<body>x</body>{% endif %}":              "{% if customer.name %}<body>x</body>{% endif %}F",
		"<body>x<!-- </body> -->":                                      "<body>x<!-- </body> -->F",
		"<body>x<!--[if mso]></td><![endif]--></body></html>":          "<body>x<!--[if mso]></td><![endif]-->F</body></html>",
		"<body>{% for t in customer.tags %}{{ t }}{% endfor %}</body>": "<body>{% for t in customer.tags %}{{ t }}{% endfor %}F</body>",
	} {
		got := template.WithFooter(template.Source{HTML: in}, "ko").HTML
		from, to := strings.Index(got, "<div"), strings.LastIndex(got, "</div>")
		if from < 0 || to < 0 || got[:from]+"F"+got[to+len("</div>"):] != want {
			t.Errorf("%s\ngot  %s\nwant %s", in, got, want)
		}
	}
}

func TestWhatTheFooterSays(t *testing.T) {
	const url = "https://example.com/u?a=1&b=2"
	for name, c := range map[string]struct{ language, address, html, text string }{
		"in Korean": {"ko", "서울 중구\n세종대로 110",
			"이 메일은 Kim &amp; Sons에서 보냈어요.<br>서울 중구\n세종대로 110<br>더 받고 싶지 않으면 언제든 거부할 수 있어요: ",
			"hi\n\n이 메일은 Kim & Sons에서 보냈어요.\n서울 중구\n세종대로 110\n더 받고 싶지 않으면 언제든 거부할 수 있어요: " + url + "\n"},
		"in English": {"en", "1 Main St <2>",
			"This mail was sent by Kim &amp; Sons.<br>1 Main St &lt;2&gt;<br>You can stop these mails at any time: ",
			"hi\n\nThis mail was sent by Kim & Sons.\n1 Main St <2>\nYou can stop these mails at any time: " + url + "\n"},
		"without an address": {"en", "",
			"This mail was sent by Kim &amp; Sons.<br>You can stop these mails at any time: ",
			"hi\n\nThis mail was sent by Kim & Sons.\nYou can stop these mails at any time: " + url + "\n"},
	} {
		t.Run(name, func(t *testing.T) {
			compiled, err := template.Compile(template.WithFooter(template.Source{Subject: "s", HTML: "<p>hi</p>", Text: "hi\n"}, c.language))
			if err != nil {
				t.Fatal(err)
			}
			v := kim()
			v.WorkspaceName, v.PostalAddress = "Kim & Sons", c.address
			mail, err := compiled.Render(v)
			if err != nil || mail.Text != c.text {
				t.Errorf("got text %q, %v, want %q", mail.Text, err, c.text)
			}
			if !strings.Contains(mail.HTML, ">"+c.html+`<a href="https://example.com/u?a=1&amp;b=2"`) {
				t.Errorf("got HTML %s, want %s in it", mail.HTML, c.html)
			}
		})
	}
}

// A text that is made from the HTML has the HTML's footer, with its link.
func TestAMadeTextHasTheFooterToo(t *testing.T) {
	compiled, err := template.Compile(template.WithFooter(template.Source{Subject: "s", HTML: "<p>hi</p>"}, "en"))
	if err != nil {
		t.Fatal(err)
	}
	const want = "hi\n\nThis mail was sent by 단골상회.\nYou can stop these mails at any time: Unsubscribe (https://example.com/u?a=1&b=2)"
	if mail, err := compiled.Render(kim()); err != nil || mail.Text != want {
		t.Errorf("got %q, %v, want %q", mail.Text, err, want)
	}
}
