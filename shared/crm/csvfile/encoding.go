package csvfile

import (
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/unicode"
)

var signatures = []struct {
	bytes string
	code  string
}{
	{"PK\x03\x04", "file_spreadsheet"},
	{"\xD0\xCF\x11\xE0", "file_spreadsheet"},
	{"%PDF", "file_binary"},
	{"\x89PNG", "file_binary"},
	{"\xFF\xD8\xFF", "file_binary"},
	{"GIF8", "file_binary"},
	{"\x1F\x8B", "file_binary"},
}

var marks = []struct {
	bytes    string
	encoding Encoding
}{
	{"\xEF\xBB\xBF", UTF8},
	{"\xFF\xFE", UTF16LE},
	{"\xFE\xFF", UTF16BE},
}

// sniffEncoding finds the encoding and how many bytes its mark (BOM) takes.
func sniffEncoding(head []byte, all bool) (Encoding, int, error) {
	for _, s := range signatures {
		if bytes.HasPrefix(head, []byte(s.bytes)) {
			return "", 0, fileProblem(s.code)
		}
	}
	for _, m := range marks {
		if bytes.HasPrefix(head, []byte(m.bytes)) {
			return m.encoding, len(m.bytes), nil
		}
	}
	if bytes.IndexByte(head, 0) >= 0 {
		e, err := sniffUTF16(head)
		return e, 0, err
	}
	e, err := sniffMultibyte(head, all)
	return e, 0, err
}

// sniffUTF16 looks at a file with zero bytes and no mark: it is UTF-16 when most of its units, read one way round, are ASCII or Hangul.
func sniffUTF16(head []byte) (Encoding, error) {
	var little, big int
	units := len(head) / 2
	for i := range units {
		a, b := uint16(head[2*i]), uint16(head[2*i+1])
		little += likely(b<<8 | a)
		big += likely(a<<8 | b)
	}
	switch {
	case 2*max(little, big) < units:
		return "", fileProblem("file_binary")
	case little >= big:
		return UTF16LE, nil
	default:
		return UTF16BE, nil
	}
}

func likely(unit uint16) int {
	if unit >= ' ' && unit < 0x7F || unit == '\n' || unit == '\r' || unit == '\t' || unit >= 0xAC00 && unit <= 0xD7A3 {
		return 1
	}
	return 0
}

// sniffMultibyte tells UTF-8 from CP949. A few bad characters do not make another encoding: they are problems of their rows.
func sniffMultibyte(head []byte, all bool) (Encoding, error) {
	if !all {
		head = wholeLines(head)
	}
	if controls(head)*100 > len(head) {
		return "", fileProblem("file_binary")
	}
	badUTF8 := badShare(head)
	if badUTF8 == 0 {
		return UTF8, nil
	}
	decoded, _ := korean.EUCKR.NewDecoder().Bytes(head)
	badCP949 := badShare(decoded)
	switch {
	case min(badUTF8, badCP949) > 0.02:
		return "", fileProblem("file_encoding")
	case badUTF8 < badCP949:
		return UTF8, nil
	default:
		return CP949, nil
	}
}

// wholeLines drops a last line that was cut, which may end within a character.
func wholeLines(head []byte) []byte {
	if i := bytes.LastIndexAny(head, "\r\n"); i >= 0 {
		return head[:i+1]
	}
	return head[:max(0, len(head)-utf8.UTFMax)]
}

func controls(text []byte) (n int) {
	for _, b := range text {
		if b < ' ' && b != '\n' && b != '\r' && b != '\t' || b == 0x7F {
			n++
		}
	}
	return n
}

// badShare is the share of characters outside ASCII that are not readable as UTF-8 (or were not, before they were decoded).
func badShare(text []byte) float64 {
	var bad, wide float64
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if r == utf8.RuneError {
			bad++
		}
		if r >= utf8.RuneSelf {
			wide++
		}
		text = text[size:]
	}
	return bad / max(wide, 1)
}

// source returns the reader of the bytes that are parsed: UTF-16 is decoded on the way, the others as they are.
func source(r io.Reader, e Encoding) io.Reader {
	switch e {
	case UTF16LE:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder().Reader(r)
	case UTF16BE:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder().Reader(r)
	default:
		return r
	}
}

// sourceSize is how many bytes of the file the parsed bytes took. A UTF-16 unit that is no character was decoded to U+FFFD, which also takes one unit.
func sourceSize(parsed []byte, e Encoding) int64 {
	if e != UTF16LE && e != UTF16BE {
		return int64(len(parsed))
	}
	var n int64
	for _, b := range parsed {
		if b&0xC0 != 0x80 {
			n += 2
		}
		if b >= 0xF0 {
			n += 2
		}
	}
	return n
}

// cells decodes what the parser cut. False means that a character cannot be read.
type cells struct {
	korean *encoding.Decoder
	text   []byte
}

func (c *cells) split(p *parser, e Encoding) ([]string, bool) {
	if e == CP949 {
		return c.splitKorean(p)
	}
	row := string(p.text)
	out := make([]string, len(p.ends))
	start := 0
	for i, end := range p.ends {
		out[i] = row[start:end]
		start = end
	}
	return out, utf8.ValidString(row)
}

func (c *cells) splitKorean(p *parser) ([]string, bool) {
	if c.korean == nil {
		c.korean = korean.EUCKR.NewDecoder()
	}
	c.text = grown(c.text, 3*len(p.text)+utf8.UTFMax)
	starts := make([]int, 0, len(p.ends)+1)
	from, n := 0, 0
	for _, end := range p.ends {
		starts = append(starts, n)
		c.korean.Reset()
		wrote, _, err := c.korean.Transform(c.text[n:], p.text[from:end], true)
		if err != nil {
			return nil, false
		}
		n, from = n+wrote, end
	}
	row := string(c.text[:n])
	out := make([]string, len(p.ends))
	for i, start := range starts {
		if i+1 < len(starts) {
			out[i] = row[start:starts[i+1]]
		} else {
			out[i] = row[start:]
		}
	}
	return out, !bytes.ContainsRune(c.text[:n], utf8.RuneError)
}

func grown(b []byte, size int) []byte {
	if cap(b) < size {
		return make([]byte, size)
	}
	return b[:size]
}
