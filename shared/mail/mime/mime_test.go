package mime_test

import (
	"bytes"
	"io"
	"maps"
	stdmime "mime"
	netmail "net/mail"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset"
	gomail "github.com/emersion/go-message/mail"
	"pgregory.net/rapid"

	"github.com/dangol/dangol/shared/mail"
	"github.com/dangol/dangol/shared/mail/mime"
)

var date = time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC)

func letter() mail.Message {
	return mail.Message{
		ID: "msg_01JD0000000000000000000000", Tenant: "hana", From: mail.Address{Name: "단골 가게", Email: "shop@hana.example"},
		To: mail.Address{Name: `Kim "K", Minji`, Email: "minji@customer.example"}, ReplyTo: &mail.Address{Email: "help@hana.example"},
		Subject: "안녕하세요, 민지님! 겨울 행사가 시작되었습니다. 오늘부터 열흘 동안 모든 상품을 할인합니다.",
		HTML:    "<p>안녕하세요</p>\n<a href=\"https://hana.example/?a=1\">보기</a>", Text: "안녕하세요\n.\n..보기",
		Headers: []mail.Header{{Name: "List-Unsubscribe", Value: "<https://hana.example/u/" + strings.Repeat("x", 120) + ">, <mailto:u@hana.example>"}, {Name: "List-Unsubscribe-Post", Value: "List-Unsubscribe=One-Click"}},
	}
}

// read parses raw with go-message and returns its header and its leaf parts by type.
func read(t interface{ Fatalf(string, ...any) }, raw []byte) (gomail.Header, map[string]string) {
	e, err := message.Read(bytes.NewReader(raw))
	if err != nil {
		t.Fatalf("parse: %v\n%s", err, raw)
	}
	parts := map[string]string{}
	err = e.Walk(func(_ []int, part *message.Entity, err error) error {
		if err != nil {
			return err
		}
		kind, _, err := part.Header.ContentType()
		if err != nil || strings.HasPrefix(kind, "multipart/") {
			return err
		}
		text, err := io.ReadAll(part.Body)
		parts[kind] = strings.ReplaceAll(string(text), "\r\n", "\n")
		return err
	})
	if err != nil {
		t.Fatalf("walk: %v\n%s", err, raw)
	}
	return gomail.Header{Header: e.Header}, parts
}

func TestEveryFieldIsReadBack(t *testing.T) {
	m := letter()
	raw, err := mime.Append(nil, &m, mime.Options{Date: date})
	if err != nil {
		t.Fatal(err)
	}
	h, parts := read(t, raw)
	if got, err := h.Subject(); err != nil || got != m.Subject {
		t.Errorf("subject %q, %v; want %q", got, err, m.Subject)
	}
	for field, want := range map[string]mail.Address{"From": m.From, "To": m.To, "Reply-To": *m.ReplyTo} {
		if got, err := h.AddressList(field); err != nil || len(got) != 1 || got[0].Name != want.Name || got[0].Address != want.Email {
			t.Errorf("%s: %v, %v; want %v", field, got, err, want)
		}
	}
	if got, err := h.MessageID(); err != nil || got != m.ID+"@hana.example" {
		t.Errorf("message id %q, %v", got, err)
	}
	if got, err := h.Date(); err != nil || !got.Equal(date) {
		t.Errorf("date %v, %v", got, err)
	}
	for _, want := range m.Headers {
		if got := h.Get(want.Name); got != want.Value {
			t.Errorf("%s: %q, want %q", want.Name, got, want.Value)
		}
	}
	if parts["text/plain"] != m.Text || parts["text/html"] != m.HTML {
		t.Errorf("parts %q", parts)
	}
	wantNetMail(t, raw, m)
}

// wantNetMail reads the message with the standard library, which is stricter in other places.
func wantNetMail(t *testing.T, raw []byte, m mail.Message) {
	t.Helper()
	std, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	from, err := std.Header.AddressList("From")
	if err != nil || from[0].Name != m.From.Name {
		t.Errorf("net/mail: from %v, %v", from, err)
	}
	subject, err := new(stdmime.WordDecoder).DecodeHeader(std.Header.Get("Subject"))
	if err != nil || subject != m.Subject {
		t.Errorf("net/mail: subject %q, %v", subject, err)
	}
}

func TestBodiesTakeTheFormThatIsRightAndSmall(t *testing.T) {
	cases := map[string]struct{ text, want string }{
		"ASCII":                     {"Hello\nthere", "7bit"},
		"ASCII with CRLF":           {"Hello\r\nthere\r\n", "7bit"},
		"a line that is too long":   {strings.Repeat("x", 1200), "quoted-printable"},
		"text that looks like ours": {"--=_dangol--\nend", "quoted-printable"},
		"Western":                   {"Grüße aus München, bis bald im Laden nebenan", "quoted-printable"},
		"spaces at line ends":       {"é and a long enough line \nnext\t\n.\n", "quoted-printable"},
		"two spaces at a line end":  {strings.Repeat("x", 1000) + "é  \n  \r\n  ", "quoted-printable"},
		"Korean":                    {"안녕하세요, 오늘부터 행사입니다\n.\n감사합니다", "base64"},
		"control characters":        {"a long text with one\x00zero", "quoted-printable"},
		"empty":                     {"", "7bit"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			m := letter()
			m.Text, m.HTML = c.text, ""
			raw, err := mime.Append(nil, &m, mime.Options{Date: date})
			if err != nil {
				t.Fatal(err)
			}
			h, parts := read(t, raw)
			want := strings.ReplaceAll(c.text, "\r\n", "\n")
			if got := h.Get("Content-Transfer-Encoding"); got != c.want || parts["text/plain"] != want {
				t.Errorf("%s of %q, want %s of %q", got, parts["text/plain"], c.want, want)
			}
			wantLines(t, raw)
		})
	}
}

func wantLines(t interface{ Errorf(string, ...any) }, raw []byte) {
	for line := range bytes.SplitSeq(raw, []byte("\r\n")) {
		if len(line) > 998 || bytes.ContainsAny(line, "\r\n\x00") {
			t.Errorf("line of %d bytes: %.200q", len(line), line)
		}
	}
}

// Whatever strings a message holds, the text parses, has the headers that were asked for and no others, and gives the strings back.
func TestNothingCanBeSmuggledIn(t *testing.T) {
	tricks := rapid.SampledFrom([]string{"\r\nBcc: spy@x.example", "\nX: y", "=?UTF-8?B?DQo=?=", "\u2028", "\"", "\\", "<a@b.example>", "\r", "=", ".", "--=_dangol--", strings.Repeat("가", 50), strings.Repeat("w ", 80), "\xff"})
	text := rapid.Custom(func(t *rapid.T) string {
		return rapid.String().Draw(t, "a") + tricks.Draw(t, "trick") + rapid.String().Draw(t, "b")
	})
	rapid.Check(t, func(rt *rapid.T) {
		m := letter()
		m.Subject, m.From.Name, m.To.Name = text.Draw(rt, "subject"), text.Draw(rt, "from"), text.Draw(rt, "to")
		m.Text, m.HTML = text.Draw(rt, "text"), text.Draw(rt, "html")
		m.Headers = []mail.Header{{Name: "X-Note", Value: text.Draw(rt, "header")}}
		raw, err := mime.Append(nil, &m, mime.Options{Date: date})
		if err != nil {
			rt.Fatalf("append: %v", err)
		}
		wantLines(rt, raw)
		h, _ := read(rt, raw)
		wantSame(rt, "subject", first(h.Subject()), m.Subject)
		wantSame(rt, "header", first(h.Text("X-Note")), m.Headers[0].Value)
		names := slices.Sorted(maps.Keys(h.Map()))
		if want := []string{"Content-Type", "Date", "From", "Message-Id", "Mime-Version", "Reply-To", "Subject", "To", "X-Note"}; !slices.Equal(names, want) {
			rt.Errorf("headers %q, want %q", names, want)
		}
	})
}

func first(s string, _ error) string { return s }

// wantSame compares header texts after the cleaning that Append promises. Readers differ on white space next to a fold.
func wantSame(rt *rapid.T, what, got, want string) {
	blank := func(r rune) rune {
		if r < ' ' || r == 0x7f || r == utf8.RuneError {
			return -1
		}
		return r
	}
	squeeze := func(s string) string {
		return strings.Join(strings.Fields(strings.Map(blank, strings.ToValidUTF8(s, ""))), "")
	}
	if squeeze(got) != squeeze(want) {
		rt.Errorf("%s %q, want %q", what, got, want)
	}
}

func TestWhatCannotBeWrittenIsRefusedByClass(t *testing.T) {
	cases := map[string]struct {
		change func(*mail.Message)
		want   mail.Class
	}{
		"no recipient":                 {func(m *mail.Message) { m.To.Email = "" }, mail.Recipient},
		"a recipient with a line end":  {func(m *mail.Message) { m.To.Email = "a@b.example\r\nRCPT TO:<c@d.example>" }, mail.Recipient},
		"a recipient without a domain": {func(m *mail.Message) { m.To.Email = "minji@" }, mail.Recipient},
		"two recipients":               {func(m *mail.Message) { m.To.Email = "a@b.example,c@d.example" }, mail.Recipient},
		"a sender with a bracket":      {func(m *mail.Message) { m.From.Email = "a>b@c.example" }, mail.Content},
		"a reply address with a space": {func(m *mail.Message) { m.ReplyTo.Email = "a b@c.example" }, mail.Content},
		"a header of ours":             {func(m *mail.Message) { m.Headers[0].Name = "bcc" }, mail.Content},
		"a header about the body":      {func(m *mail.Message) { m.Headers[0].Name = "Content-Type" }, mail.Content},
		"a header name with a line":    {func(m *mail.Message) { m.Headers[0].Name = "X: y\r\nBcc" }, mail.Content},
		"a header that cannot fold":    {func(m *mail.Message) { m.Headers[0].Value = strings.Repeat("x", 1000) }, mail.Content},
		"an id with a bracket":         {func(m *mail.Message) { m.ID = "msg>" }, mail.Content},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			m := letter()
			c.change(&m)
			raw, err := mime.Append([]byte("kept"), &m, mime.Options{Date: date})
			if mail.FailureClass(err) != c.want || string(raw) != "kept" {
				t.Errorf("%v with %q, want class %s and the buffer as it was", err, raw, c.want)
			}
		})
	}
}

func TestAddressesGoOutInASCIIWhereTheyCan(t *testing.T) {
	for in, want := range map[string]string{
		"minji@example.com": "minji@example.com", "a.b+c@x-y.example": "a.b+c@x-y.example", "민지@example.com": "민지@example.com",
		"minji@한국.example": "minji@xn--3e0b707e.example", "A@EXAMPLE.com": "A@EXAMPLE.com",
	} {
		if got, err := mime.Address(in); err != nil || got != want {
			t.Errorf("%s: %q, %v; want %q", in, got, err, want)
		}
	}
	for _, in := range []string{"", "@", "a", "a@", "@b", "a..b@c.example", ".a@c.example", `"a b"@c.example`, "a@[127.0.0.1]", "a@b..c", "a@-b.example", strings.Repeat("a", 65) + "@b.example", "a\u0085@b.example", "a@b\xff.example"} {
		if got, err := mime.Address(in); err == nil {
			t.Errorf("%q was taken as %q", in, got)
		}
	}
}

func BenchmarkAppend3kB(b *testing.B) {
	for name, sentence := range map[string]string{"ascii": "The quick brown fox jumps over the lazy dog. ", "korean": "단골 손님을 위한 겨울 행사입니다. "} {
		m := letter()
		m.HTML, m.Text = strings.Repeat(sentence, 2200/len(sentence)), strings.Repeat(sentence, 800/len(sentence))
		buf := make([]byte, 0, 8<<10)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := mime.Append(buf, &m, mime.Options{Date: date}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
