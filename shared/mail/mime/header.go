package mime

import (
	"encoding/base64"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/dangol/dangol/shared/mail"
)

// The widths of RFC 5322, section 2.1.1 (should, must) and RFC 2047, section 2 (a line that holds an encoded word; one such word).
const (
	softLine    = 78
	hardLine    = 998
	encodedLine = 76
	encodedWord = 75
)

const (
	wordStart = "=?UTF-8?B?"
	wordEnd   = "?="
)

// ours are the header fields that Append writes itself or that would change who gets the mail.
var ours = []string{"from", "to", "cc", "bcc", "sender", "reply-to", "return-path", "subject", "date", "message-id", "mime-version", "received"}

// custom writes a header of the caller's: its value folded at spaces if ASCII, else encoded.
func (w *writer) custom(h mail.Header) error {
	name := strings.ToLower(h.Name)
	if !isToken(h.Name) || slices.Contains(ours, name) || strings.HasPrefix(name, "content-") {
		return content("header %.80q is not one that a message may set", h.Name)
	}
	if longestWord(h.Value)+len(h.Name)+2 > hardLine {
		return content("header %s has a word that is longer than a line may be", h.Name)
	}
	w.text(h.Name, h.Value)
	return nil
}

// text writes a header of free text. Control characters, line ends among them, become spaces.
func (w *writer) text(name, value string) {
	w.raw(name)
	w.raw(": ")
	if plainText(value) && longestWord(value)+len(name)+2 <= hardLine {
		w.fold(len(name)+2, value)
	} else {
		w.encoded(len(name)+2, value)
	}
	w.raw("\r\n")
}

// mailbox writes a header with one address: a bare or quoted name, or an encoded one.
func (w *writer) mailbox(field, name, email string) {
	w.raw(field)
	w.raw(": ")
	used := len(field) + 2
	switch {
	case name == "":
		w.raw(email)
		w.raw("\r\n")
		return
	case plainText(name) && len(name) < softLine:
		w.quotedName(name)
	default:
		w.encoded(used, name)
	}
	if used+len(name)+len(email)+5 > softLine {
		w.raw("\r\n")
	}
	w.raw(" <")
	w.raw(email)
	w.raw(">\r\n")
}

func (w *writer) quotedName(name string) {
	w.raw(`"`)
	for i := range len(name) {
		if name[i] == '"' || name[i] == '\\' {
			w.buf = append(w.buf, '\\')
		}
		w.buf = append(w.buf, name[i])
	}
	w.raw(`"`)
}

// fold writes ASCII text, breaking before the space at which a line would grow too wide. used is the width taken already.
func (w *writer) fold(used int, text string) {
	for first := true; text != ""; first = false {
		next := strings.IndexByte(text[1:], ' ') + 1
		if next == 0 {
			next = len(text)
		}
		// A line of spaces only is not allowed, so a break goes where a word follows.
		if !first && used+next > softLine && next > 1 && text[0] == ' ' {
			w.raw("\r\n")
			used = 0
		}
		w.raw(text[:next])
		used += next
		text = text[next:]
	}
}

// encoded writes text as encoded words of base64, one a line, each holding whole characters.
func (w *writer) encoded(used int, text string) {
	room := encodedLine - used - len(wordStart) - len(wordEnd)
	for {
		n := wholeRunes(text, max(room/4*3, utf8.UTFMax))
		w.raw(wordStart)
		w.buf = base64.StdEncoding.AppendEncode(w.buf, clean(text[:n]))
		w.raw(wordEnd)
		if text = text[n:]; text == "" {
			return
		}
		w.raw("\r\n ")
		room = encodedWord - len(wordStart) - len(wordEnd)
	}
}

// wholeRunes returns the length of the longest start of s that is at most max bytes and cuts no character; at least one character.
func wholeRunes(s string, max int) int {
	if len(s) <= max {
		return len(s)
	}
	for n := max; n > 0; n-- {
		if utf8.RuneStart(s[n]) {
			return n
		}
	}
	return max // not UTF-8
}

// clean returns s as valid UTF-8 with control characters as spaces: a reader decodes the word before it looks for lines.
func clean(s string) []byte {
	b := []byte(s)
	for i, c := range b {
		if c < ' ' || c == 0x7f {
			b[i] = ' '
		}
	}
	if utf8.Valid(b) {
		return b
	}
	return []byte(strings.ToValidUTF8(string(b), "\uFFFD"))
}

// plainText says whether s can be written as it is: printable ASCII that nobody takes for an encoded word and that keeps its spaces.
func plainText(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return !strings.Contains(s, "=?") && strings.TrimSpace(s) == s
}

func longestWord(s string) int {
	longest := 0
	for word := range strings.SplitSeq(s, " ") {
		longest = max(longest, len(word))
	}
	return longest
}

// isToken says whether s is a header name: printable ASCII without colon or space.
func isToken(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' || s[i] == ':' {
			return false
		}
	}
	return s != "" && len(s) < softLine
}
