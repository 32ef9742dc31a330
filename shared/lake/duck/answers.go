package duck

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

const (
	mostAnswers = 256 // of a lake
	mostRows    = 64  // of an answer that is kept
)

// answers are those to questions that were asked since the lake last changed: each page of a list asks for the same total, each look at a dashboard for the same
// figures. What is kept is small, and all of it goes with the first change.
type answers struct {
	mu    sync.Mutex
	state int // counts the changes
	kept  map[string][][]any
}

// find returns what was answered, and the state that an answer found from now on is of.
func (a *answers) find(question string) (rows [][]any, known bool, state int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	rows, known = a.kept[question]
	return rows, known, a.state
}

// keep remembers an answer, unless the lake has changed since the question was asked.
func (a *answers) keep(question string, rows [][]any, state int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if state != a.state {
		return
	}
	if a.kept == nil || len(a.kept) >= mostAnswers {
		a.kept = map[string][][]any{}
	}
	a.kept[question] = rows
}

// forget is called when the lake has changed.
func (a *answers) forget() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.state++
	a.kept = nil
}

// questionOf tells statements with their values apart.
func questionOf(s Statement) string {
	var b strings.Builder
	b.WriteString(s.SQL)
	for _, v := range s.Args {
		fmt.Fprintf(&b, "\x00%T %#v", v, v)
	}
	return b.String()
}

// listener hands the rows of an answer on, and remembers them unless they are too many to be kept.
type listener struct {
	each func(row []any) error
	rows [][]any
	long bool
}

func (l *listener) hear(row []any) error {
	if l.long = l.long || len(l.rows) == mostRows; l.long {
		l.rows = nil
	} else {
		l.rows = append(l.rows, ownRow(row))
	}
	return l.each(row)
}

// repeat hands an answer over once more.
func repeat(rows [][]any, each func(row []any) error) error {
	for _, row := range rows {
		if err := each(ownRow(row)); err != nil {
			return err
		}
	}
	return nil
}

// ownRow is a row that the caller may change.
func ownRow(row []any) []any {
	out := slices.Clone(row)
	for i, v := range out {
		if list, ok := v.([]string); ok {
			out[i] = slices.Clone(list)
		}
	}
	return out
}
