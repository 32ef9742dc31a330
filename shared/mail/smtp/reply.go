package smtp

import (
	"bufio"
	"errors"
	"fmt"
	"strings"
)

// reply is a server's answer. text is kept only where someone reads it: for EHLO and refusals.
type reply struct {
	code   int
	status string // the enhanced code of RFC 3463, such as "5.1.1", or ""
	text   string // lines joined by "\n", without code and status
}

func (r reply) String() string {
	return strings.Join(strings.Fields(fmt.Sprint(r.code, " ", r.status, " ", r.text)), " ")
}

// maxReply bounds how long an answer we keep in memory.
const maxReply = 64 << 10

var errBadReply = errors.New("the server's answer is not SMTP")

// readReply reads an answer of one or more lines.
func readReply(r *bufio.Reader) (reply, error) {
	var out reply
	for size := 0; size < maxReply; {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return reply{}, err
		}
		size += len(line)
		code, more, rest, ok := cutLine(line)
		if !ok || out.code != 0 && out.code != code {
			return reply{}, errBadReply
		}
		first := out.code == 0
		out.code = code
		if more || !first || code >= 400 {
			out.add(string(rest), first)
		}
		if !more {
			return out, nil
		}
	}
	return reply{}, errBadReply
}

// cutLine takes "250-text" or "250 text" or "250" apart.
func cutLine(line []byte) (code int, more bool, rest []byte, ok bool) {
	for len(line) > 0 && (line[len(line)-1] == '\n' || line[len(line)-1] == '\r') {
		line = line[:len(line)-1]
	}
	if len(line) < 3 {
		return 0, false, nil, false
	}
	for _, c := range line[:3] {
		if c < '0' || c > '9' {
			return 0, false, nil, false
		}
		code = code*10 + int(c-'0')
	}
	if len(line) == 3 {
		return code, false, nil, true
	}
	return code, line[3] == '-', line[4:], line[3] == '-' || line[3] == ' '
}

func (r *reply) add(text string, first bool) {
	if status, rest, _ := strings.Cut(text, " "); isStatus(status) {
		r.status, text = status, rest
	}
	if !first {
		r.text += "\n"
	}
	r.text += text
}

// isStatus says whether s looks like "4.7.1".
func isStatus(s string) bool {
	return len(s) >= 5 && strings.Count(s, ".") == 2 && strings.Trim(s, "0123456789.") == "" && s[1] == '.'
}
