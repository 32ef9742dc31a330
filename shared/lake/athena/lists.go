package athena

import (
	"strings"

	"github.com/dangol/dangol/shared/lake/dictionary"
)

// listsAsJSON asks for those columns of the answer that are lists as JSON, and says which they are, by their places: Athena writes a list in an answer so that
// it cannot be told where an element ends.
func listsAsJSON(all []token, isList func(column string) bool) (out []token, lists map[int]bool) {
	begin, end := selection(all)
	out, lists = append(out, all[:begin]...), map[int]bool{}
	item, depth, place := []token{}, 0, 0
	for i, t := range all[begin:end] {
		depth += deeper(t)
		last := begin+i+1 == end
		if !t.is(",") || depth > 0 {
			item = append(item, t)
		}
		if t.is(",") && depth == 0 || last {
			if isColumn(item) && isList(item[len(item)-1].text) {
				item, lists[place] = asJSON(item), true
			}
			out = append(out, item...)
			item, place = nil, place+1
		}
		if t.is(",") && depth == 0 {
			out = append(out, t)
		}
	}
	return append(out, all[end:]...), lists
}

// selection is where the columns of a statement's answer stand: between the last SELECT that is in no parenthesis, and its FROM.
func selection(all []token) (begin, end int) {
	depth := 0
	for i, t := range all {
		depth += deeper(t)
		switch {
		case depth > 0:
		case t.says("select"):
			begin, end = i+1, len(all)
		case t.says("from") && end == len(all):
			end = i
		}
	}
	return begin, end
}

func deeper(t token) int {
	switch {
	case t.is("("):
		return 1
	case t.is(")"):
		return -1
	}
	return 0
}

// isColumn says whether tokens are a column and nothing else: name, or table.name.
func isColumn(item []token) bool {
	named := func(t token) bool { return t.kind == name || t.kind == word }
	return len(item) == 1 && named(item[0]) || len(item) == 3 && item[0].kind == word && item[1].is(".") && named(item[2])
}

func asJSON(item []token) []token {
	out := []token{{word, "json_format"}, {sign, "("}, {word, "CAST"}, {sign, "("}}
	return append(append(out, item...), token{word, "AS"}, token{word, "JSON"}, token{sign, ")"}, token{sign, ")"})
}

// dictionaryLists are the columns of all subjects that are lists, by their names without capitals. A name means one type in all of them, which a test holds.
var dictionaryLists = func() map[string]bool {
	out := map[string]bool{}
	for _, s := range dictionary.Subjects() {
		for _, f := range s.Fields {
			if f.Type == dictionary.List {
				out[strings.ToLower(f.Name)] = true
			}
		}
	}
	return out
}()
