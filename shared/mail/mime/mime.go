// Package mime writes a mail.Message as RFC 5322 and MIME text. It is written by hand for the send path: it appends to a buffer of the caller's
// and allocates next to nothing. Nothing that a message holds can add a header line or end a part.
package mime

import (
	"fmt"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/mail"
)

// Options are what a message does not say itself.
type Options struct {
	Date time.Time
	// Domain is the right side of the Message-ID; empty takes the sender's domain.
	Domain string
}

// Every body that could hold "=_" is encoded in a form in which it cannot occur, so one fixed boundary never ends a part early.
const (
	boundary     = "=_dangol"
	boundaryMark = "=_"
)

// Append appends m to dst, lines ending in CRLF, every line at most 998 bytes and all of it 7-bit (but for non-ASCII local parts, which need
// SMTPUTF8: see Address). An error is a *mail.Failure: of class Recipient when the recipient's address cannot be written, else of class Content.
func Append(dst []byte, m *mail.Message, o Options) ([]byte, error) {
	w := writer{dst}
	if err := w.addresses(m, o); err != nil {
		return dst, err
	}
	w.text("Subject", m.Subject)
	w.raw("Date: ")
	w.buf = o.Date.AppendFormat(w.buf, "Mon, 02 Jan 2006 15:04:05 -0700\r\n")
	for _, h := range m.Headers {
		if err := w.custom(h); err != nil {
			return dst, err
		}
	}
	w.raw("MIME-Version: 1.0\r\n")
	w.body(m)
	return w.buf, nil
}

// writer appends to its buffer.
type writer struct{ buf []byte }

func (w *writer) raw(s string) { w.buf = append(w.buf, s...) }

// addresses writes the headers that name someone, and the Message-ID.
func (w *writer) addresses(m *mail.Message, o Options) error {
	from, err := Address(m.From.Email)
	if err != nil {
		return content("sender: %v", err)
	}
	to, err := Address(m.To.Email)
	if err != nil {
		return &mail.Failure{Class: mail.Recipient, Detail: err.Error()}
	}
	w.mailbox("From", m.From.Name, from)
	w.mailbox("To", m.To.Name, to)
	if m.ReplyTo != nil {
		reply, err := Address(m.ReplyTo.Email)
		if err != nil {
			return content("reply address: %v", err)
		}
		w.mailbox("Reply-To", m.ReplyTo.Name, reply)
	}
	return w.messageID(m.ID, o.Domain, from)
}

func (w *writer) messageID(id, domain, from string) error {
	if domain == "" {
		domain = from[strings.LastIndexByte(from, '@')+1:]
	}
	if !isDotAtom(id) || !isDotAtom(domain) {
		return content("message id %.80q at %.80q", id, domain)
	}
	w.raw("Message-ID: <")
	w.raw(id)
	w.raw("@")
	w.raw(domain)
	w.raw(">\r\n")
	return nil
}

// content returns the refusal of a message that cannot be written.
func content(format string, args ...any) error {
	return &mail.Failure{Class: mail.Content, Detail: fmt.Sprintf(format, args...)}
}

// body writes text and HTML as alternatives, the better one last, or the only one there is.
func (w *writer) body(m *mail.Message) {
	switch {
	case m.HTML == "":
		w.part("text/plain", m.Text)
	case m.Text == "":
		w.part("text/html", m.HTML)
	default:
		w.raw("Content-Type: multipart/alternative; boundary=\"" + boundary + "\"\r\n\r\n--" + boundary + "\r\n")
		w.part("text/plain", m.Text)
		w.raw("\r\n--" + boundary + "\r\n")
		w.part("text/html", m.HTML)
		w.raw("\r\n--" + boundary + "--\r\n")
	}
}

func (w *writer) part(kind, text string) {
	w.raw("Content-Type: ")
	w.raw(kind)
	w.raw("; charset=utf-8\r\nContent-Transfer-Encoding: ")
	switch cheapest(text) {
	case sevenBit:
		w.raw("7bit\r\n\r\n")
		w.plain(text)
	case quotedPrintable:
		w.raw("quoted-printable\r\n\r\n")
		w.quoted(text)
	case base64Encoding:
		w.raw("base64\r\n\r\n")
		w.base64(text)
	}
}
