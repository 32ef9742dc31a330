package template_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/template"
	"github.com/dangol/dangol/shared/errs"
)

func kim() *template.Values {
	return &template.Values{
		Customer: &customer.Customer{Fields: customer.Fields{
			Name: "Kim & <Sons>", Email: "kim@example.com", Tags: []string{"VIP", "단골"}, Address: customer.Address{City: "서울"},
			Custom: map[string]any{"points": 1250.0, "note": "a\r\nBcc: x@example.com", "shoes": []string{"270", "<b>"}},
		}},
		WorkspaceName: "단골상회", CampaignName: "가을 할인", UnsubscribeURL: "https://example.com/u?a=1&b=2", ViewURL: "https://example.com/v",
	}
}

func TestRender(t *testing.T) {
	for name, c := range map[string]struct{ html, want string }{
		"values are escaped":               {`<p>{{ customer.name }}</p>`, `<p>Kim &amp; &lt;Sons&gt;</p>`},
		"also in attributes":               {`<a href="{{ unsubscribe_url }}" title='{{customer.name}}'>x</a>`, `<a href="https://example.com/u?a=1&amp;b=2" title='Kim &amp; &lt;Sons&gt;'>x</a>`},
		"once, whoever asks for it":        {`{{ customer.name | escape | escape_once }}`, `Kim &amp; &lt;Sons&gt;`},
		"filters see the value itself":     {`{{ customer.name | upcase | append: "&" }}`, `KIM &amp; &lt;SONS&gt;&amp;`},
		"conditions too":                   {`{% if customer.name == "Kim & <Sons>" %}yes{% else %}no{% endif %}`, `yes`},
		"a missing value is nothing":       {`[{{ customer.phone }}]`, `[]`},
		"default":                          {`{{ customer.phone | default: "고객님" }}`, `고객님`},
		"missing is false":                 {`{% if customer.phone %}a{% elsif customer.address.city %}b{% endif %}`, `b`},
		"custom fields":                    {`{{ customer.custom.points | plus: 1 }} {{ customer.custom.shoes | join: ", " }}`, `1251 270, &lt;b&gt;`},
		"a list is printed in a row":       {`{{ customer.custom.shoes }}`, `270&lt;b&gt;`},
		"loops":                            {`{% for t in customer.tags %}{{ forloop.index }}{{ t }} {% endfor %}`, `1VIP 2단골 `},
		"a loop over markup":               {`{% for s in customer.custom.shoes %}<i>{{ s }}</i>{% endfor %}`, `<i>270</i><i>&lt;b&gt;</i>`},
		"names made on the way":            {`{% assign who = customer.name | default: "x" %}{{ who | downcase }}`, `kim &amp; &lt;sons&gt;`},
		"contains":                         {`{% if customer.tags contains "VIP" %}v{% endif %}`, `v`},
		"case":                             {`{% case customer.address.city %}{% when "서울" %}s{% else %}o{% endcase %}`, `s`},
		"size":                             {`{{ customer.tags.size }}`, `2`},
		"raw is left alone":                {`{% raw %}{{ anything }}{% endraw %}`, `{{ anything }}`},
		"comments are dropped":             {`a{% comment %}{{ anything }}{% endcomment %}b`, `ab`},
		"blanks are trimmed where asked":   {"a \n {{- customer.email -}} \n b", `akim@example.comb`},
		"no Liquid at all":                 {`<p>100% & more</p>`, `<p>100% & more</p>`},
		"quotes inside texts are not ends": {`{{ customer.phone | default: "a | b.c" }}`, `a | b.c`},
	} {
		t.Run(name, func(t *testing.T) {
			compiled, err := template.Compile(template.Source{Subject: "s", HTML: c.html})
			if err != nil {
				t.Fatal(err)
			}
			got, err := compiled.Render(kim())
			if err != nil || got.HTML != c.want {
				t.Errorf("got  %q, %v\nwant %q", got.HTML, err, c.want)
			}
		})
	}
}

func TestSubjectAndTextAreNotEscapedAndAddNoHeaders(t *testing.T) {
	compiled, err := template.Compile(template.Source{Subject: "Hi {{ customer.name }} {{ customer.custom.note }}", HTML: `<p>Dear {{ customer.name }},</p><a href="{{ view_url }}">see</a>`})
	if err != nil {
		t.Fatal(err)
	}
	got, err := compiled.Render(kim())
	if want := "Hi Kim & <Sons> a Bcc: x@example.com"; err != nil || got.Subject != want {
		t.Errorf("subject %q, %v; want %q", got.Subject, err, want)
	}
	if want := "Dear Kim & <Sons>,\n\nsee (https://example.com/v)"; got.Text != want {
		t.Errorf("text %q, want %q", got.Text, want)
	}
}

func TestCompileNamesEveryMistakeAndItsLine(t *testing.T) {
	for name, c := range map[string]struct {
		source template.Source
		want   string
	}{
		"nothing":              {template.Source{}, "/subject required_missing, /html required_missing"},
		"text alone is enough": {template.Source{Subject: "s", Text: "t"}, ""},
		"unknown variable":     {html("a\nb {{ customer.shoe }}"), "/html template_variable_unknown line 2 customer.shoe"},
		"in a condition":       {html("{% if order.total > 1 %}x{% endif %}"), "/html template_variable_unknown line 1 order.total"},
		"in the subject":       {template.Source{Subject: "{{ nme }}", Text: "t"}, "/subject template_variable_unknown line 1 nme"},
		"custom key":           {html("{{ customer.custom.Shoe }}"), "/html template_variable_unknown line 1 customer.custom.Shoe"},
		"unknown filter":       {html("\n\n{{ customer.name | shout }}"), "/html template_filter_unknown line 3 shout"},
		"the inner filter":     {html("{{ customer.name | dangol_html }}"), "/html template_filter_unknown line 1 dangol_html"},
		"includes":             {html("{% include 'x' %}"), "/html template_tag_forbidden line 1 include"},
		"capture":              {html("{% capture x %}y{% endcapture %}"), "/html template_tag_forbidden line 1 capture, /html template_tag_forbidden line 1 endcapture"},
		"ranges":               {html("{% for i in (1..1000000000) %}x{% endfor %}"), "/html template_syntax line 1 [ ] and .. are not available"},
		"loops in loops":       {html("{% for a in customer.tags %}\n{% for b in customer.tags %}{% endfor %}{% endfor %}"), "/html template_loop_nested line 2"},
		"unclosed value":       {html("a\n{{ customer.name"), "/html template_syntax line 2 unclosed {{"},
		"unclosed tag":         {html("a\n\n{% if customer.name "), "/html template_syntax line 3 unclosed {%"},
		"unclosed block":       {html("a\n{% if customer.name %}b"), "/html template_syntax line 2 unterminated \"if\" block"},
		"end without block":    {html("a\n{% endif %}"), "/html template_syntax line 2 endif not inside"},
		"bad expression":       {html("\n{{ customer.name | }}"), "/html template_syntax line 2 syntax error"},
		"huge number":          {html("{{ 99999999999999999999 | plus: 1 }}"), "/html template_syntax line 1 unreadable expression"},
		"two at once":          {html("{{ a }}\n{{ b }}"), "/html template_variable_unknown line 1 a, /html template_variable_unknown line 2 b"},
		"too long":             {html(strings.Repeat("x", template.MaxSource+1)), "/html value_too_long"},
		"too many tags":        {html(strings.Repeat("{% if customer.name %}{% endif %}", 1001)), "/html template_too_many_tags line 1"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := template.Compile(c.source)
			if got := mistakes(err); !strings.HasPrefix(got, c.want) || c.want == "" && got != "" {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func html(s string) template.Source { return template.Source{Subject: "s", HTML: s} }

func mistakes(err error) string {
	refused := (*errs.Error)(nil)
	if !errors.As(err, &refused) {
		return ""
	}
	var out []string
	for _, f := range refused.Fields {
		s := f.Pointer + " " + f.Code
		if line, ok := f.Args["line"]; ok {
			s += fmt.Sprint(" line ", line)
		}
		for _, name := range []string{"name", "detail"} {
			if v, ok := f.Args[name]; ok {
				s += fmt.Sprint(" ", v)
			}
		}
		out = append(out, s)
	}
	return strings.Join(out, ", ")
}

func TestOutputAndValuesAreBounded(t *testing.T) {
	v := kim()
	v.Customer.Tags = slices.Repeat([]string{"x"}, 50)
	for name, source := range map[string]string{
		"output":  "{% for t in customer.tags %}" + strings.Repeat("x", 100_000) + "{% endfor %}",
		"append":  "{% assign a = 'xxxxxxxxxx' %}" + strings.Repeat("{% assign a = a | append: a %}", 40) + "{{ a }}",
		"replace": "{% assign a = 'xxxxxxxxxx' %}" + strings.Repeat("{% assign a = a | replace: 'x', 'xxxxxxxxxx' %}", 40) + "{{ a }}",
	} {
		t.Run(name, func(t *testing.T) {
			compiled, err := template.Compile(html(source))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := compiled.Render(v); !strings.HasPrefix(mistakes(err), "/html template_render_failed") {
				t.Errorf("got %v, want template_render_failed", err)
			}
		})
	}
}

func TestVariablesAndWhatIsMissing(t *testing.T) {
	compiled, err := template.Compile(template.Source{
		Subject: "{{ customer.name }}",
		HTML:    `{{ customer.phone }}{{ customer.custom.size | default: "-" }}{% if customer.birthDate %}{{ customer.birthDate }}{% endif %}{{ campaign.name }}<a href="{{ unsubscribe_url }}">x</a>`,
	})
	if err != nil {
		t.Fatal(err)
	}
	want := "campaign.name customer.birthDate customer.custom.size customer.name customer.phone unsubscribe_url"
	if got := strings.Join(compiled.Variables(), " "); got != want {
		t.Errorf("variables %s, want %s", got, want)
	}
	if got, want := strings.Join(compiled.Missing(kim().Customer), " "), "customer.birthDate customer.phone"; got != want {
		t.Errorf("missing %s, want %s", got, want)
	}
}

func TestAnAmountOfACustomFieldIsPrintedWithItsCurrency(t *testing.T) {
	compiled, err := template.Compile(template.Source{Subject: "{{ customer.custom.deposit }}", HTML: `{{ customer.custom.deposit }}<a href="{{ unsubscribe_url }}">x</a>`})
	if err != nil {
		t.Fatal(err)
	}
	v := kim()
	v.Customer.Custom = map[string]any{"deposit": map[string]any{"amount": "12000", "currency": "KRW"}}
	out, err := compiled.Render(v)
	if err != nil || out.Subject != "₩12,000" || !strings.HasPrefix(out.HTML, "₩12,000<a") {
		t.Errorf("got %+v, %v", out, err)
	}
}

// A field of several choices that was emptied comes from JSON as []any, and from Normalise as []string.
func TestAnEmptyListIsMissing(t *testing.T) {
	compiled, err := template.Compile(template.Source{Subject: "s", HTML: `{{ customer.custom.sizes | default: "any" }}<a href="{{ unsubscribe_url }}">x</a>`})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		sizes         any
		html, missing string
	}{
		"emptied, as JSON has it":        {[]any{}, "any", "customer.custom.sizes"},
		"emptied, as the record has it":  {[]string{}, "any", "customer.custom.sizes"},
		"never filled":                   {nil, "any", "customer.custom.sizes"},
		"one choice, as JSON has it":     {[]any{"270"}, "270", ""},
		"a nought is a value, not empty": {0.0, "0", ""},
	} {
		t.Run(name, func(t *testing.T) {
			v := kim()
			v.Customer.Custom = map[string]any{"sizes": c.sizes}
			if got := strings.Join(compiled.Missing(v.Customer), " "); got != "" {
				t.Errorf("missing %q although there is a default", got)
			}
			bare, err := template.Compile(template.Source{Subject: "s", Text: "{{ customer.custom.sizes }} {{ unsubscribe_url }}"})
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(bare.Missing(v.Customer), " "); got != c.missing {
				t.Errorf("missing %q, want %q", got, c.missing)
			}
			mail, err := compiled.Render(v)
			if err != nil || !strings.HasPrefix(mail.HTML, c.html+"<a") {
				t.Errorf("got %q, %v, want %q", mail.HTML, err, c.html)
			}
		})
	}
}

func TestEveryVariableOfferedCanBeUsed(t *testing.T) {
	for _, language := range []string{"ko", "en"} {
		for _, v := range template.SampleVariables(language) {
			if _, err := template.Compile(template.Source{Subject: "{{ " + v.Path + " }}", Text: "t"}); err != nil || v.Label == "" || v.Sample == "" {
				t.Errorf("%s: %v, %+v", v.Path, err, v)
			}
		}
	}
}

// mail3k is an HTML mail of 3 kB with two links and six values.
var mail3k = `<html><body><h1>{{ campaign.name }}</h1><p>{{ customer.name | default: "고객" }}님, {{ workspace.name }}입니다.</p>` +
	strings.Repeat(`<p style="margin:0 0 16px;color:#333">가을 신상품이 나왔어요. 이번 주말까지 20% 할인해요.</p>`, 24) +
	`<p><a href="https://example.com/fall?utm_source=mail">보러 가기</a> {{ customer.custom.points }}점</p><p><a href="{{ unsubscribe_url }}">수신거부</a></p></body></html>`

func BenchmarkMail(b *testing.B) {
	compiled, err := template.Compile(template.Source{Subject: "(광고) {{ campaign.name }}", HTML: mail3k})
	if err != nil {
		b.Fatal(err)
	}
	v := kim()
	for b.Loop() {
		m, err := compiled.Render(v)
		if err != nil {
			b.Fatal(err)
		}
		template.Instrument(m.HTML, func(string) string { return "https://example.com/v1/t/c/token" }, "https://example.com/v1/t/o/token")
	}
}
