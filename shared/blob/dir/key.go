package dir

import (
	"path"
	"strings"

	"github.com/dangol/dangol/shared/blob"
)

// maxName is what every file system takes as one name (255 bytes), less the mark.
const maxName = 240

// The marks that keep an object apart from a folder of the same name, and the head of a long name from a whole one. Neither occurs in an
// escaped name.
const (
	objectMark = "="
	moreMark   = "&"
)

// fileOf returns the path of a key's file below the root.
func fileOf(key string) (string, error) {
	if err := blob.CheckKey(key); err != nil {
		return "", err
	}
	return folderOf(key) + objectMark, nil
}

// folderOf returns the path of the folder that holds the keys below dir; dir has no final slash and may be "".
func folderOf(dir string) string {
	names := []string{objectsDir}
	for seg := range strings.SplitSeq(dir, "/") {
		name := escape(seg)
		for len(name) > maxName {
			names = append(names, name[:maxName]+moreMark)
			name = name[maxName:]
		}
		names = append(names, name)
	}
	return path.Join(names...)
}

const hexDigits = "0123456789abcdef"

// escape turns a segment into a name that is the same on file systems with and without case and Unicode folding: an upper-case letter is
// "!" and its lower case (as in the Go module cache), every other byte outside a-z 0-9 . _ - is "%xx".
func escape(seg string) string {
	var b strings.Builder
	for i := range len(seg) {
		switch c := seg[i]; {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '.', c == '_', c == '-':
			b.WriteByte(c)
		case c >= 'A' && c <= 'Z':
			b.WriteByte('!')
			b.WriteByte(c + 'a' - 'A')
		default:
			b.Write([]byte{'%', hexDigits[c>>4], hexDigits[c&15]})
		}
	}
	return b.String()
}

// unescape undoes escape; false for a name that escape cannot have made.
func unescape(name string) (string, bool) {
	var b strings.Builder
	for i := 0; i < len(name); i++ {
		switch c := name[i]; {
		case c == '!' && i+1 < len(name):
			i++
			b.WriteByte(name[i] - 'a' + 'A')
		case c == '%' && i+2 < len(name):
			hi, lo := strings.IndexByte(hexDigits, name[i+1]), strings.IndexByte(hexDigits, name[i+2])
			if hi < 0 || lo < 0 {
				return "", false
			}
			i += 2
			b.WriteByte(byte(hi<<4 | lo))
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), escape(b.String()) == name
}
