package template

import (
	"html"
	"strings"
)

// Instrument returns HTML in which every link to the web (<a href> and <area href> of http or https) leads to what link makes of its address, and a picture
// of one dot is loaded from the pixel's address; an empty one leaves it out. Everything else stays byte for byte.
func Instrument(markup string, link func(url string) string, pixel string) string {
	var out strings.Builder
	out.Grow(len(markup) + 512)
	rest := markup
	for {
		from, to := nextHref(rest)
		if from < 0 {
			break
		}
		out.WriteString(rest[:from])
		out.WriteString(relinked(rest[from:to], link))
		rest = rest[to:]
	}
	if pixel == "" {
		out.WriteString(rest)
		return out.String()
	}
	end := lastBodyEnd(rest)
	out.WriteString(rest[:end])
	out.WriteString(`<img src="` + html.EscapeString(pixel) + `" width="1" height="1" alt="" style="display:block;width:1px;height:1px;border:0">`)
	out.WriteString(rest[end:])
	return out.String()
}

// relinked rewrites an attribute's value, which is HTML itself: "&amp;" in it is "&".
func relinked(value string, link func(string) string) string {
	url := strings.TrimSpace(html.UnescapeString(value))
	if !isWeb(url) {
		return value
	}
	to := link(url)
	if to == url {
		return value
	}
	return html.EscapeString(to)
}

func isWeb(url string) bool {
	return len(url) > 8 && (strings.EqualFold(url[:7], "http://") || strings.EqualFold(url[:8], "https://"))
}

// nextHref returns where the value of the next quoted href of an <a> or <area> stands, and -1 when there is none.
func nextHref(s string) (from, to int) {
	for at := 0; ; {
		open := strings.IndexByte(s[at:], '<')
		if open < 0 {
			return -1, -1
		}
		at += open + 1
		name := linkTag(s[at:])
		if name == 0 {
			continue
		}
		end := at + name + tagEnd(s[at+name:])
		if from, to, ok := valueIn(s[at+name:end], "href"); ok {
			return at + name + from, at + name + to
		}
		at = end
	}
}

// linkTag returns the length of the tag's name if it is "a" or "area".
func linkTag(s string) int {
	for _, name := range []string{"area", "a"} {
		if len(s) > len(name) && strings.EqualFold(s[:len(name)], name) && isBlank(s[len(name)]) {
			return len(name)
		}
	}
	return 0
}

func isBlank(b byte) bool { return b == ' ' || b == '\n' || b == '\t' || b == '\r' || b == '/' }

// tagEnd finds the ">" that is in no quotes.
func tagEnd(s string) int {
	quote := byte(0)
	for i := range len(s) {
		switch b := s[i]; {
		case quote != 0 && b == quote:
			quote = 0
		case quote != 0:
		case b == '"' || b == '\'':
			quote = b
		case b == '>':
			return i
		}
	}
	return len(s)
}

// valueIn finds the value of an attribute among those of a tag.
func valueIn(s, attribute string) (from, to int, ok bool) {
	for i := 0; i < len(s); {
		for i < len(s) && isBlank(s[i]) {
			i++
		}
		start := i
		for i < len(s) && s[i] != '=' && !isBlank(s[i]) {
			i++
		}
		name := s[start:i]
		for i < len(s) && isBlank(s[i]) {
			i++
		}
		if i == len(s) || s[i] != '=' {
			continue
		}
		from, to, i = attributeValue(s, i+1)
		if strings.EqualFold(name, attribute) {
			return from, to, true
		}
	}
	return 0, 0, false
}

// attributeValue returns where a value stands, without its quotes, and where the next attribute may begin.
func attributeValue(s string, i int) (from, to, next int) {
	for i < len(s) && isBlank(s[i]) && s[i] != '/' {
		i++
	}
	if i < len(s) && (s[i] == '"' || s[i] == '\'') {
		end := strings.IndexByte(s[i+1:], s[i])
		if end < 0 {
			return i + 1, len(s), len(s)
		}
		return i + 1, i + 1 + end, i + 2 + end
	}
	from = i
	for i < len(s) && (!isBlank(s[i]) || s[i] == '/') {
		i++
	}
	return from, i, i
}

// lastBodyEnd is where the body ends, or the whole.
func lastBodyEnd(s string) int {
	for i := strings.LastIndex(s, "</"); i >= 0; i = strings.LastIndex(s[:i], "</") {
		if len(s) >= i+6 && strings.EqualFold(s[i:i+6], "</body") {
			return i
		}
	}
	return len(s)
}
