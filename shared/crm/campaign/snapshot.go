package campaign

import (
	"html"
	"regexp"
	"strconv"
	"strings"
)

// Snapshot is what a campaign sends, as it was when it was launched: a template edited later changes nothing that is under way. Links holds the
// targets of its tracked links by number; a number once given keeps its target, so that a link in a mail leads where its author meant it to.
type Snapshot struct {
	TemplateID      string   `json:"templateId"`
	TemplateVersion int64    `json:"templateVersion"`
	Name            string   `json:"name,omitempty"` // of the campaign
	Subject         string   `json:"subject"`
	HTML            string   `json:"html"` // hrefs of tracked links replaced by marks
	Text            string   `json:"text"`
	Links           []string `json:"links,omitempty"`
}

// anchor finds the start tag of a link up to its quoted target.
var anchor = regexp.MustCompile(`(?is)(<(?:a|area)\b[^>]*?\bhref\s*=\s*)(?:"([^"]*)"|'([^']*)')`)

// A mark stands for a tracked link while the template is filled: it passes through Liquid untouched.
const (
	markStart = "dgl-link:"
	markEnd   = ";"
)

// Track replaces the web links of an HTML template by marks and returns their targets by number, those in known keeping theirs. Links whose target is
// made by Liquid are left alone: what they lead to is only known per receiver.
func Track(source string, known []string) (marked string, links []string) {
	links = append(links, known...)
	numbers := make(map[string]int, len(known))
	for i, l := range links {
		numbers[l] = i
	}
	marked = anchor.ReplaceAllStringFunc(source, func(tag string) string {
		m := anchor.FindStringSubmatch(tag)
		target := strings.TrimSpace(html.UnescapeString(m[2] + m[3]))
		if !trackable(target) {
			return tag
		}
		n, ok := numbers[target]
		if !ok {
			n = len(links)
			numbers[target], links = n, append(links, target)
		}
		return m[1] + `"` + markStart + strconv.Itoa(n) + markEnd + `"`
	})
	return marked, links
}

// trackable says whether a target is a plain web address.
func trackable(target string) bool {
	if strings.Contains(target, "{{") || strings.Contains(target, "{%") || strings.ContainsAny(target, "\r\n\t ") {
		return false
	}
	lower := strings.ToLower(target)
	return strings.HasPrefix(lower, "https://") || strings.HasPrefix(lower, "http://")
}

// Mend replaces the marks in a filled template by links and puts the open pixel at the end of the body.
func Mend(filled, pixel string, link func(n int) string) string {
	var b strings.Builder
	b.Grow(len(filled) + 1024)
	body := strings.LastIndex(filled, "</body>")
	if body < 0 {
		body = len(filled)
	}
	mend(&b, filled[:body], link)
	if pixel != "" {
		b.WriteString(`<img src="`)
		b.WriteString(pixel)
		b.WriteString(`" width="1" height="1" alt="">`)
	}
	mend(&b, filled[body:], link)
	return b.String()
}

func mend(b *strings.Builder, s string, link func(n int) string) {
	for {
		i := strings.Index(s, markStart)
		if i < 0 {
			b.WriteString(s)
			return
		}
		rest := s[i+len(markStart):]
		end := strings.Index(rest, markEnd)
		n, err := strconv.Atoi(rest[:max(end, 0)])
		if end < 0 || err != nil {
			b.WriteString(s[:i+len(markStart)])
			s = rest
			continue
		}
		b.WriteString(s[:i])
		b.WriteString(link(n))
		s = rest[end+len(markEnd):]
	}
}
