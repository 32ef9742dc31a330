package mailtest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	gomail "github.com/emersion/go-message/mail"

	"github.com/dangol/dangol/shared/mail"
)

// Read reads a message back from its MIME text, as a mail program would.
func Read(raw []byte) (Received, error) {
	r, err := gomail.CreateReader(bytes.NewReader(raw))
	if err != nil {
		return Received{}, fmt.Errorf("read the message: %w", err)
	}
	out := Received{Header: func(name string) string { v, _ := r.Header.Text(name); return v }}
	out.Subject, _ = r.Header.Subject()
	if out.From, err = address(r.Header, "From"); err != nil {
		return out, err
	}
	if out.To, err = address(r.Header, "To"); err != nil {
		return out, err
	}
	for {
		part, err := r.NextPart()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return out, err
		}
		text, err := io.ReadAll(part.Body)
		if err != nil {
			return out, err
		}
		if strings.HasPrefix(part.Header.Get("Content-Type"), "text/html") {
			out.HTML = strings.TrimRight(string(text), "\r\n")
		} else {
			out.Text = string(text)
		}
	}
}

// address reads a field that names one mailbox.
func address(h gomail.Header, field string) (mail.Address, error) {
	list, err := h.AddressList(field)
	if err == nil && len(list) != 1 {
		err = fmt.Errorf("%d mailboxes, want one", len(list))
	}
	if err != nil {
		return mail.Address{}, fmt.Errorf("field %s: %w", field, err)
	}
	return mail.Address{Name: list[0].Name, Email: list[0].Address}, nil
}
