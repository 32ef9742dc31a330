package duck

import (
	"github.com/dangol/dangol/shared/lake/dictionary"
	"github.com/dangol/dangol/shared/lake/rules"
)

// Subjects are those of the dictionary. Customers, leads and campaigns are compared and searched by their texts.
func Subjects() (out []Subject) {
	for _, s := range dictionary.Subjects() {
		of := Subject{Name: s.Name}
		if of.Initial = rules.InitialOf(s.Name); of.Initial != nil {
			of.Folded = true
		}
		for _, c := range s.Columns()[len(dictionary.Kept()):] {
			of.Columns = append(of.Columns, Column{Name: c.Name, Type: c.Type.DuckDB()})
		}
		out = append(out, of)
	}
	return out
}
