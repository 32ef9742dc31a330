package filter

import (
	"encoding/json"
	"strings"
)

// token is a word, a quoted text, or one of the marks ( ) and comma.
type token struct {
	text   string
	quoted bool
}

// tokens splits a filter. A quotation that does not end becomes a word that no condition accepts.
func tokens(s string) (all []token) {
	for s = strings.TrimLeft(s, " "); s != ""; s = strings.TrimLeft(s, " ") {
		if text, rest, ok := quotation(s); ok {
			all, s = append(all, token{text: text, quoted: true}), rest
			continue
		}
		n := strings.IndexAny(s, " (),")
		switch n {
		case -1:
			n = len(s)
		case 0:
			n = 1
		}
		all, s = append(all, token{text: s[:n]}), s[n:]
	}
	return all
}

func quotation(s string) (text, rest string, ok bool) {
	if s[0] != '"' {
		return "", s, false
	}
	d := json.NewDecoder(strings.NewReader(s))
	if d.Decode(&text) != nil {
		return "", s, false
	}
	return text, s[d.InputOffset():], true
}
