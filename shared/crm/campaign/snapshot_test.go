package campaign

import (
	"reflect"
	"strconv"
	"strings"
	"testing"
)

func TestTrack(t *testing.T) {
	for name, c := range map[string]struct {
		in, want string
		known    []string
		links    []string
	}{
		"a web link becomes a mark": {
			`<p><a class="x" href="https://shop.kr/?a=1&amp;b=2">go</a></p>`,
			`<p><a class="x" href="dgl-link:0;">go</a></p>`, nil, []string{"https://shop.kr/?a=1&b=2"}},
		"the same target has one number": {
			`<a href="https://a.kr">1</a><a href='https://a.kr'>2</a>`,
			`<a href="dgl-link:0;">1</a><a href="dgl-link:0;">2</a>`, nil, []string{"https://a.kr"}},
		"numbers that were given stay": {
			`<a href="https://new.kr">1</a>`, `<a href="dgl-link:1;">1</a>`, []string{"https://old.kr"}, []string{"https://old.kr", "https://new.kr"}},
		"Liquid targets, mail addresses and anchors are left alone": {
			`<a href="{{ unsubscribe_url }}">u</a><a href="mailto:a@b.kr">m</a><a href="#top">t</a>`,
			`<a href="{{ unsubscribe_url }}">u</a><a href="mailto:a@b.kr">m</a><a href="#top">t</a>`, nil, nil},
		"a script target is no link": {`<a href="javascript:alert(1)">x</a>`, `<a href="javascript:alert(1)">x</a>`, nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			marked, links := Track(c.in, c.known)
			if marked != c.want || !reflect.DeepEqual(links, c.links) {
				t.Errorf("got %q %q, want %q %q", marked, links, c.want, c.links)
			}
		})
	}
}

func TestMend(t *testing.T) {
	link := func(n int) string { return "https://t/" + strconv.Itoa(n) }
	for name, c := range map[string]struct{ in, pixel, want string }{
		"marks become links":           {`<a href="dgl-link:3;">x</a>`, "", `<a href="https://t/3">x</a>`},
		"the pixel stands in the body": {`<html><body>x</body></html>`, "https://t/o", `<html><body>x<img src="https://t/o" width="1" height="1" alt=""></body></html>`},
		"words that look like a mark":  {`dgl-link:not a mark; dgl-link:`, "", `dgl-link:not a mark; dgl-link:`},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Mend(c.in, c.pixel, link); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestTrackAndMendKeepTheRestOfThePage(t *testing.T) {
	page := `<html><body><h1>안녕하세요</h1><a href="https://a.kr/x">x</a> &amp; <a href="/rel">rel</a></body></html>`
	marked, links := Track(page, nil)
	got := Mend(marked, "", func(n int) string { return links[n] })
	if strings.TrimSpace(got) != page {
		t.Errorf("got %q, want %q", got, page)
	}
}
