package importplan

import (
	"slices"
	"strings"
	"unicode"

	"github.com/dangol/dangol/shared/crm/csvsafe"
	"github.com/dangol/dangol/shared/crm/customer"
)

// ProblemColumn is the name of the column that failed rows carry behind their own; it never means a field.
const ProblemColumn = "problem"

// Guess proposes what each column means, from its name and a few rows of the file. Each field is given to one column only, that whose name fits best; a
// field that has a shape (e-mail, phone, date, amount) is not given to a column whose cells look otherwise; e-mail, phone and date also take a column with
// an unknown name whose cells all look like them. Columns without a guess are left out. The fields of own, see CustomFields, come after the usual ones.
func Guess(k Kind, header []string, sample [][]string, own ...Field) Mapping {
	g := guesser{fields: slices.Concat(Fields(k), own), header: header, sample: sample, out: Mapping{}, taken: map[string]bool{}}
	for i, name := range header {
		if f, ok := g.path(k, name); ok {
			g.give(i, f)
		}
	}
	for _, f := range g.fields {
		g.byWord(f)
	}
	for _, f := range g.fields {
		g.byShape(f)
	}
	return g.out
}

type guesser struct {
	fields []Field
	header []string
	sample [][]string
	out    Mapping
	taken  map[string]bool
}

// path takes a header that is a field's path itself, as in files that Dangol exported.
func (g *guesser) path(k Kind, name string) (Field, bool) {
	for _, f := range g.fields {
		if strings.EqualFold(f.Path, name) {
			return f, true
		}
	}
	if key, ok := customer.CustomAt(name); ok && k == Customers {
		return Field{Path: "custom." + key}, true
	}
	return Field{}, false
}

// byWord gives the field to the column whose name stands earliest among the field's words.
func (g *guesser) byWord(f Field) {
	for _, w := range append([]string{f.Korean, f.English}, f.Words...) {
		for i, name := range g.header {
			if plainName(name) == plainName(w) && g.fits(f, i) {
				g.give(i, f)
			}
		}
	}
}

// byShape gives the field to the first column left whose cells all look like it.
func (g *guesser) byShape(f Field) {
	for i := range g.header {
		if f.claims && g.share(f, i) == 1 {
			g.give(i, f)
		}
	}
}

func (g *guesser) give(column int, f Field) {
	name := g.header[column]
	if _, has := g.out[name]; has || g.taken[f.Path] || name == ProblemColumn {
		return
	}
	g.out[name] = f.Path
	g.taken[f.Path] = true
}

// fits says whether at least half of a column's cells look like the field; a column without cells fits.
func (g *guesser) fits(f Field, column int) bool {
	return f.looks == nil || g.share(f, column) >= 0.5 || g.filled(column) == 0
}

func (g *guesser) filled(column int) (n int) {
	for _, row := range g.sample {
		if column < len(row) && strings.TrimSpace(row[column]) != "" {
			n++
		}
	}
	return n
}

// share is how many of a column's filled cells look like the field, 0 when none is filled.
func (g *guesser) share(f Field, column int) float64 {
	like := 0
	for _, row := range g.sample {
		if column < len(row) && f.looks(strings.TrimSpace(csvsafe.Unguard(row[column]))) {
			like++
		}
	}
	return float64(like) / float64(max(g.filled(column), 1))
}

// plainName leaves letters and digits of a header, in lower case, without a remark in brackets: "휴대폰 번호(필수)" is "휴대폰번호".
func plainName(s string) string {
	if i := strings.IndexAny(s, "([（"); i > 0 {
		s = s[:i]
	}
	keep := func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}
	return strings.Map(keep, customer.Text(s))
}

func looksLikeEmail(cell string) bool {
	e, ok := customer.Email(cell)
	return ok && e != ""
}

// looksLikePhone wants the marks or the length of a phone number; which country's it is does not matter here.
func looksLikePhone(cell string) bool {
	digits := 0
	for _, r := range cell {
		switch {
		case unicode.IsDigit(r):
			digits++
		case !strings.ContainsRune("+-() .", r):
			return false
		}
	}
	marked := strings.HasPrefix(cell, "0") || strings.HasPrefix(cell, "+") || strings.HasPrefix(cell, "(")
	return digits >= 8 && digits <= 15 && (marked || strings.HasPrefix(cell, "1")) && !looksLikeDate(cell)
}

func looksLikeDate(cell string) bool {
	_, ok := parseDate(cell)
	return ok && !serial().MatchString(cell)
}

func looksLikeMoney(cell string) bool {
	_, _, ok := parseAmount(cell)
	return ok && slices.ContainsFunc([]rune(cell), func(r rune) bool { return unicode.IsDigit(r) }) && !looksLikeDate(cell)
}
