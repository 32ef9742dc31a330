package story

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/unicode"
)

// File is a file of the archive with the form in which it is sent. A story stays text; what a text file cannot hold is said beside its name:
//
//	< name                     as it stands
//	< name as utf-8-bom        with a byte order mark; also cp949, utf-16le (with a mark) and utf-16be (with a mark)
//	< name as base64           the bytes that the text encodes
//	< name as 1000 times       its last line without the line break, a thousand times over: a file too long to be written out
type File struct {
	Name  string
	Form  string
	Times int
}

// parseFile reads what stands behind "<".
func parseFile(words []string) (f File, err error) {
	f.Name = words[0]
	switch {
	case len(words) == 1:
		return f, nil
	case len(words) == 3 && words[1] == "as":
		f.Form = words[2]
		return f, nil
	case len(words) == 4 && words[1] == "as" && words[3] == "times":
		f.Times, err = strconv.Atoi(words[2])
		return f, err
	}
	return f, fmt.Errorf("want < FILE [as FORM | as N times], got %q", words)
}

var encodings = map[string]encoding.Encoding{
	"utf-8-bom": unicode.UTF8BOM,
	"cp949":     korean.EUCKR,
	"utf-16le":  unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
	"utf-16be":  unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
}

// bytes is what is sent.
func (f File) bytes(files map[string][]byte) ([]byte, error) {
	text, ok := files[f.Name]
	if !ok {
		return nil, fmt.Errorf("the story has no file %q", f.Name)
	}
	switch {
	case f.Times > 0:
		before, last := cutLastLine(text)
		return append(bytes.Clone(before), bytes.Repeat(last, f.Times)...), nil
	case f.Form == "":
		return text, nil
	case f.Form == "base64":
		return base64.StdEncoding.DecodeString(strings.TrimSpace(string(text)))
	}
	e, ok := encodings[f.Form]
	if !ok {
		return nil, fmt.Errorf("no such form of a file: %q", f.Form)
	}
	return e.NewEncoder().Bytes(text)
}

func cutLastLine(text []byte) (before, last []byte) {
	text = bytes.TrimRight(text, "\n")
	i := bytes.LastIndexByte(text, '\n') + 1
	return text[:i], text[i:]
}
