package mime

import (
	"encoding/base64"
	"strings"
)

type encoding uint8

const (
	sevenBit encoding = iota
	quotedPrintable
	base64Encoding
)

// What a byte costs: nothing, three bytes in quoted-printable, or 7bit as well.
const (
	free uint8 = iota
	lineEnd
	escaped
	notPlain
)

var costs = func() (c [256]uint8) {
	for i := range c {
		if i < ' ' || i >= 0x7f {
			c[i] = notPlain
		}
	}
	c['\t'], c['\r'], c['\n'], c['='] = free, free, lineEnd, escaped
	return c
}()

// cheapest picks the form that is right and smallest. 7bit is right for ASCII whose lines fit; quoted-printable triples every other byte, base64
// makes four of three. Korean text takes base64, a Western one quoted-printable.
func cheapest(text string) encoding {
	escapes, start, plain := 0, 0, true
	for i := range len(text) {
		switch costs[text[i]] {
		case lineEnd:
			plain = plain && i-start < hardLine
			start = i + 1
		case notPlain:
			plain = false
			escapes++
		case escaped:
			escapes++
		}
	}
	switch {
	case plain && len(text)-start < hardLine && !strings.Contains(text, boundaryMark):
		return sevenBit
	case escapes*6 < len(text):
		return quotedPrintable
	}
	return base64Encoding
}

// plain writes text with its line ends as CRLF.
func (w *writer) plain(text string) {
	for text != "" {
		line, rest, more := strings.Cut(text, "\n")
		w.raw(strings.ReplaceAll(strings.TrimSuffix(line, "\r"), "\r", " "))
		if more || rest != "" {
			w.raw("\r\n")
		}
		text = rest
	}
}

// rawLine is how much of a body one line of base64 holds.
const rawLine = 57

// base64 writes text in lines of 76 characters. Line ends inside become CRLF first, as RFC 2046 wants of text.
func (w *writer) base64(text string) {
	l := line{w: w}
	for {
		before, after, more := strings.Cut(text, "\n")
		l.add(strings.TrimSuffix(before, "\r"))
		if !more {
			break
		}
		l.add("\r\n")
		text = after
	}
	l.flush()
}

// line gathers what goes on one line of base64.
type line struct {
	w   *writer
	buf [rawLine]byte
	n   int
}

func (l *line) add(s string) {
	for s != "" {
		n := copy(l.buf[l.n:], s)
		s = s[n:]
		if l.n += n; l.n == rawLine {
			l.flush()
		}
	}
}

func (l *line) flush() {
	if l.n > 0 {
		l.w.buf = base64.StdEncoding.AppendEncode(l.w.buf, l.buf[:l.n])
		l.w.raw("\r\n")
		l.n = 0
	}
}

const upperHex = "0123456789ABCDEF"

// softBreak ends a line of quoted-printable that the text does not end.
const softBreak = "=\r\n"

// quoted writes text as quoted-printable, RFC 2045 section 6.7: runs of plain bytes as they are, others as =XX.
func (w *writer) quoted(text string) {
	const full = encodedLine - 1 // room for the soft break
	for width := 0; text != ""; {
		if n := endOfLine(text); n > 0 {
			w.raw("\r\n")
			width, text = 0, text[n:]
			continue
		}
		switch n := literalRun(text, full-width); {
		case n > 0:
			w.raw(text[:n])
			width, text = width+n, text[n:]
		case width+len("=XX") > full:
			w.raw(softBreak)
			width = 0
		default:
			w.buf = append(w.buf, '=', upperHex[text[0]>>4], upperHex[text[0]&15])
			width, text = width+len("=XX"), text[1:]
		}
	}
}

// literalRun returns how many bytes at the start of s, at most max, stand for themselves. White space before a line end does not.
func literalRun(s string, max int) int {
	n := 0
	for n < len(s) && n < max && s[n] != '\r' && costs[s[n]] == free {
		n++
	}
	for n > 0 && (s[n-1] == ' ' || s[n-1] == '\t') && (n == len(s) || endOfLine(s[n:]) > 0) {
		n--
	}
	return n
}

// endOfLine returns the length of the line end that s starts with, or 0.
func endOfLine(s string) int {
	switch {
	case s[0] == '\n':
		return 1
	case s[0] == '\r' && len(s) > 1 && s[1] == '\n':
		return 2
	}
	return 0
}
