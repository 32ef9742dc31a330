package template

import (
	"strings"

	"github.com/dangol/dangol/shared/errs"
)

// FooterNote tells of the footer in the descriptions of operations.
const FooterNote = "A part, HTML or text, that does not use {{ unsubscribe_url }} itself is sent with a footer in the workspace's language: " +
	"who sends it, the workspace's postal address if it has one, and a link that unsubscribes. In HTML it stands before </body>."

// footer is what a part that offers no way out ends with: who sends it, from where, and the link that unsubscribes.
type footer struct{ html, text string }

func footerIn(language string) footer {
	if language == "ko" {
		return footerOf("이 메일은 {{ workspace.name }}에서 보냈어요.", "더 받고 싶지 않으면 언제든 거부할 수 있어요:", "수신 거부")
	}
	return footerOf("This mail was sent by {{ workspace.name }}.", "You can stop these mails at any time:", "Unsubscribe")
}

// footerOf lays the words out. The grey is legible on white and on black.
func footerOf(from, leave, link string) footer {
	lines := from + "{% if workspace.postalAddress %}\n{{ workspace.postalAddress }}{% endif %}\n" + leave + " "
	return footer{
		html: `<div style="margin:32px 0 0;padding:16px 0 0;border-top:1px solid #767676;color:#767676;font-size:12px;line-height:1.6;text-align:center">` +
			strings.ReplaceAll(lines, "\n", "<br>") + `<a href="{{ unsubscribe_url }}" style="color:#767676;text-decoration:underline">` + link + `</a></div>`,
		text: "\n\n" + lines + "{{ unsubscribe_url }}\n",
	}
}

// WithFooter returns the source in which every part that does not use unsubscribe_url itself ends with a footer in Korean ("ko") or English that does: no
// advertising goes out without a way to refuse the next. Parts that are empty, or that Compile refuses, stay as they are.
func WithFooter(s Source, language string) Source {
	f := footerIn(language)
	if lacksWayOut(s.HTML) {
		at := footerPlace(s.HTML)
		s.HTML = s.HTML[:at] + f.html + s.HTML[at:]
	}
	if lacksWayOut(s.Text) {
		s.Text = strings.TrimRight(s.Text, " \t\r\n") + f.text
	}
	return s
}

// lacksWayOut says whether a part that can be read has no link by which its receiver unsubscribes.
func lacksWayOut(part string) bool {
	if strings.TrimSpace(part) == "" {
		return false
	}
	c := &compiler{Error: errs.New(errs.Invalid, "validation_failed"), used: map[string]bool{}}
	(&scanner{compiler: c, locals: map[string]bool{}}).scan(part)
	_, used := c.used["unsubscribe_url"]
	return !used && len(c.Fields) == 0
}

// footerPlace is the end of the body, unless that stands in a Liquid block or a comment, where the footer would be left out: then it is the end of all.
func footerPlace(markup string) int {
	at := lastBodyEnd(markup)
	for _, open := range []string{"{%", "}}", "-->"} {
		if strings.Contains(markup[at:], open) {
			return len(markup)
		}
	}
	return at
}
