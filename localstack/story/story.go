// Package story runs end-to-end stories: text files of requests and expected replies against a running Dangol.
//
// A story is a txtar archive. Its comment is the script; its files are data that requests send. A step of the script is
//
//	POST /v1/customers            a method and an address; "< name" sends a file of the archive, "< name as cp949" in another form (see File)
//	Idempotency-Key: k1           headers, if any
//	{"name": "김단골"}             a JSON body, if any
//	=> 201                        the expected status
//	ETag: "1"                     headers of the reply, if any; matched like a text of the JSON
//	{"id": "{kim}", "name": "김단골"}
//
// The expected JSON names what must be there and may leave out the rest; arrays match element by element ("..." as the last allows more).
// "{kim}" binds a name the first time and must be equal later; in requests it is replaced. "<any>" matches anything; "<number>", "<time>" and
// ">= 3" match by kind. "~ a text" must be within; a new {name} in it binds what stands there of letters, digits and "-_.", such as the token of a
// link. A reply that is no JSON is matched by "~" lines, each of which must be within, or not ("!~ a text").
// "wait" before a method repeats the request until the reply matches. Without it too, a request whose reply is a 429 that was not expected is sent
// again after its Retry-After. "as owner" sends the credential bound to {owner} from there on, "as nobody" none. {base}, {now}, and {location} and
// {etag} of the last reply are always bound. "# ..." is prose.
package story

import (
	"fmt"
	"strings"

	"golang.org/x/tools/txtar"
)

// Story is a parsed file.
type Story struct {
	Name  string
	Steps []Step
	Files map[string][]byte
}

// Step is one line of prose's worth of work.
type Step struct {
	Line   int
	As     *string // switches the credential; nothing else is set then
	Wait   bool
	Method string
	Target string
	File   File
	Header [][2]string
	Body   string
	Status int
	Reply  [][2]string // headers of the reply
	Want   string      // JSON, or lines of ~ and a text that the reply must contain
}

// Parse reads a story.
func Parse(name string, data []byte) (*Story, error) {
	a := txtar.Parse(data)
	s := &Story{Name: name, Files: map[string][]byte{}}
	for _, f := range a.Files {
		s.Files[f.Name] = f.Data
	}
	p := parser{lines: strings.Split(string(a.Comment), "\n")}
	for p.more() {
		step, err := p.step()
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, p.at+1, err)
		}
		s.Steps = append(s.Steps, step)
	}
	return s, nil
}

type parser struct {
	lines []string
	at    int
}

// more passes over blank lines and prose.
func (p *parser) more() bool {
	for p.at < len(p.lines) {
		if l := strings.TrimSpace(p.lines[p.at]); l != "" && !strings.HasPrefix(l, "#") {
			return true
		}
		p.at++
	}
	return false
}

func (p *parser) step() (Step, error) {
	first := strings.Fields(p.lines[p.at])
	s := Step{Line: p.at + 1}
	p.at++
	if first[0] == "as" && len(first) == 2 {
		s.As = &first[1]
		return s, nil
	}
	if first[0] == "wait" {
		s.Wait, first = true, first[1:]
	}
	switch {
	case len(first) == 2:
	case len(first) >= 4 && first[2] == "<":
		var err error
		if s.File, err = parseFile(first[3:]); err != nil {
			return s, err
		}
	default:
		return s, fmt.Errorf("want METHOD ADDRESS [< FILE], got %q", first)
	}
	s.Method, s.Target = first[0], first[1]
	return s, p.rest(&s)
}

// rest reads headers, body, the expected status and the expected reply.
func (p *parser) rest(s *Step) error {
	var body, want []string
	for ; p.at < len(p.lines) && !strings.HasPrefix(p.lines[p.at], "=>"); p.at++ {
		if h, ok := header(p.lines[p.at]); ok && len(body) == 0 {
			s.Header = append(s.Header, h)
		} else {
			body = append(body, p.lines[p.at])
		}
	}
	if p.at == len(p.lines) {
		return fmt.Errorf("%s %s has no => line", s.Method, s.Target)
	}
	if _, err := fmt.Sscanf(p.lines[p.at], "=> %d", &s.Status); err != nil {
		return fmt.Errorf("%q: %w", p.lines[p.at], err)
	}
	for p.at++; p.at < len(p.lines) && strings.TrimSpace(p.lines[p.at]) != "" && !strings.HasPrefix(p.lines[p.at], "#"); p.at++ {
		if h, ok := header(p.lines[p.at]); ok && len(want) == 0 {
			s.Reply = append(s.Reply, h)
		} else {
			want = append(want, p.lines[p.at])
		}
	}
	s.Body, s.Want = strings.TrimSpace(strings.Join(body, "\n")), strings.TrimSpace(strings.Join(want, "\n"))
	return nil
}

// header reads "Name: value"; "Name:" is a header that is not there.
func header(line string) (h [2]string, ok bool) {
	name, value, ok := strings.Cut(strings.TrimRight(line, " ")+" ", ": ")
	value = strings.TrimSuffix(value, " ")
	if !ok || strings.ContainsAny(name, "{[\"~ ") {
		return h, false
	}
	return [2]string{name, value}, true
}
