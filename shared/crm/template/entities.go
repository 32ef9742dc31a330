package template

import (
	"html"
	"strings"
	"unicode/utf8"
)

// plainText reads the entities of a text, unless it is verbatim.
func plainText(s string, verbatim bool) string {
	if verbatim {
		return s
	}
	return html.UnescapeString(s)
}

// attributeText reads the entities of an attribute's value. One without its semicolon counts only when it is a whole word before something else than "=": the
// "&copy=1" of an address is a parameter. Source: HTML standard, section 13.2.5.73, "Named character reference state".
func attributeText(s string) string {
	var out strings.Builder
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	for {
		at := strings.IndexByte(s, '&')
		if at < 0 {
			out.WriteString(s)
			return out.String()
		}
		out.WriteString(s[:at])
		end := at + entityEnd(s[at:])
		out.WriteString(entity(s[at:end], s[end:]))
		s = s[end:]
	}
}

// entityEnd is where what may be an entity ends, with its semicolon if it has one. s begins with "&".
func entityEnd(s string) int {
	i := 1
	if strings.HasPrefix(s, "&#") {
		i = 2
	}
	for i < len(s) && (s[i] >= '0' && s[i] <= '9' || s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z') {
		i++
	}
	if i < len(s) && s[i] == ';' {
		i++
	}
	return i
}

// entity is the text of what looks like one, and itself when it is none; rest follows it.
func entity(s, rest string) string {
	text := html.UnescapeString(s)
	whole := utf8.RuneCountInString(text) == 1 || strings.HasSuffix(s, ";") && !strings.HasSuffix(text, ";") // not only its beginning was a name
	parameter := !strings.HasSuffix(s, ";") && strings.HasPrefix(rest, "=")
	if strings.HasPrefix(s, "&#") || whole && !parameter {
		return text
	}
	return s
}
