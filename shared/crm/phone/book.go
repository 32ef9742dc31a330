package phone

import (
	_ "embed"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
)

//go:embed territories.txt
var data string // written by scripts/phonedata

// book is what is known of the world's numbers. Territories are read when a number of theirs comes.
type book struct {
	regions     map[int][]string  // of a calling code, the main one first
	lines       map[string]string // of a region; of "001" and the code for numbers of no country
	territories sync.Map          // *territory by the same key
	expressions sync.Map          // *regexp.Regexp by pattern

	start, second, whole, extension, globalContext, domainContext, vanity *regexp.Regexp
}

// territory is a numbering plan's region.
type territory struct {
	code                                      int
	international, prefix, transform, leading string
	general                                   rule
	kinds                                     []rule
}

// rule says how national numbers look.
type rule struct {
	pattern        string
	lengths, local []int // local ones are dialled within an area only
}

// theBook is read at the first number, not at the start of every function.
var theBook = sync.OnceValue(func() *book {
	b := &book{regions: map[int][]string{}, lines: map[string]string{}}
	for line := range strings.Lines(data) {
		region, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		code, more, _ := strings.Cut(rest, "\t")
		switch region {
		case "=":
			b.regions[number(code)] = strings.Fields(more)
		case worldRegion:
			b.lines[worldRegion+code] = rest
		default:
			b.lines[region] = rest
		}
	}
	b.grammar()
	return b
})

// grammar compiles how numbers are written, as in phonenumberutil of libphonenumber.
func (b *book) grammar() {
	const (
		nd          = `\p{Nd}`
		letters     = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		punctuation = "-x\u2010-\u2015\u2212\u30FC\uFF0D-\uFF0F \u00A0\u00AD\u200B\u2060\u3000()\uFF08\uFF09\uFF3B\uFF3D.\\[\\]/~\u2053\u223C\uFF5E"
		explicit    = "(?:e?xt(?:ensi(?:o\u0301?|\u00F3))?n?|\uFF45?\uFF58\uFF54\uFF4E?|\u0434\u043E\u0431|anexo)"
		ambiguous   = "(?:[x\uFF58#\uFF03~\uFF5E]|int|\uFF49\uFF4E\uFF54)"
		before      = "[ \u00A0\\t,]*"
		noComma     = "[ \u00A0\\t]*"
		after       = "[:\\.\uFF0E]?[ \u00A0\\t,-]*"
		extensions  = ";ext=" + nd + "{1,20}|" + before + explicit + after + nd + "{1,20}#?|" + before + ambiguous + after + nd + "{1,9}#?|[- ]+" + nd + "{1,6}#|" +
			noComma + "(?:,{2}|;)" + after + nd + "{1,15}#?|" + noComma + "(?:,)+" + after + nd + "{1,9}#?"
		plain   = nd + "{2}|[" + plusSigns + "]*(?:[" + punctuation + "*]*" + nd + "){3,}[" + punctuation + "*" + letters + nd + "]*"
		visual  = "(" + nd + `|[\-\.\(\)]?)`
		alnum   = letters + nd
		topmost = "[" + letters + "]+((\\-)*[" + alnum + "])*"
	)
	b.start = regexp.MustCompile("[" + plusSigns + nd + "]")
	b.second = regexp.MustCompile(`[\\/] *x`)
	b.whole = regexp.MustCompile("(?i)^(" + plain + "(?:" + extensions + ")?)$")
	b.extension = regexp.MustCompile("(?i)(?:" + extensions + ")$")
	b.globalContext = regexp.MustCompile(`^\+` + visual + "*" + nd + visual + "*$")
	b.domainContext = regexp.MustCompile("^([" + alnum + "]+((\\-)*[" + alnum + "])*\\.)*" + topmost + "\\.?$")
	b.vanity = regexp.MustCompile("^(?:.*?[A-Za-z]){3}.*$")
}

// digits keeps the digits, full-width and Arabic ones as ASCII. Three letters make a number of letters, each of which stands for its key.
func (b *book) digits(s string) string {
	vanity := b.vanity.MatchString(s)
	return strings.Map(func(r rune) rune {
		switch {
		case vanity:
			return key(unicode.ToUpper(r))
		case r >= '٠' && r <= '٩':
			return r - '٠' + '0'
		case r >= '۰' && r <= '۹':
			return r - '۰' + '0'
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case unicode.IsDigit(r):
			return r
		}
		return -1
	}, s)
}

// key is where a letter stands on a telephone (ITU-T E.161).
func key(r rune) rune {
	switch {
	case r >= '0' && r <= '9':
		return r
	case r >= 'A' && r <= 'Z':
		return rune("22233344455566677778889999"[r-'A'])
	}
	return -1
}

// territory returns that of a region, nil when there is none.
func (b *book) territory(region string) *territory {
	if t, ok := b.territories.Load(region); ok {
		return t.(*territory)
	}
	line, ok := b.lines[region]
	if !ok {
		return nil
	}
	t := readTerritory(strings.Split(line, "\t"))
	b.territories.Store(region, t)
	return t
}

// main is the territory by whose rules a calling code's numbers are read.
func (b *book) main(code int) *territory {
	region := b.regions[code][0]
	if region == worldRegion {
		region += strconv.Itoa(code)
	}
	return b.territory(region)
}

func readTerritory(m []string) *territory {
	t := &territory{code: number(m[0]), international: m[1], prefix: m[2], transform: m[3], leading: m[4]}
	for r := range slices.Chunk(m[5:], 3) {
		t.kinds = append(t.kinds, rule{pattern: r[0], lengths: numbers(r[1]), local: numbers(r[2])})
	}
	t.general, t.kinds = t.kinds[0], t.kinds[1:]
	return t
}

func numbers(s string) (out []int) {
	for _, f := range strings.Fields(s) {
		out = append(out, number(f))
	}
	return out
}

func number(s string) int {
	n, _ := strconv.Atoi(s) // the data's: a test reads all of it
	return n
}

// fit is how a number's length stands to a rule.
type fit int

const (
	impossible fit = iota
	possible
	possibleLocally
	tooLong
)

func (r rule) fits(number string) fit {
	n := len(number)
	switch {
	case contains(r.local, n):
		return possibleLocally
	case contains(r.lengths, n):
		return possible
	case n > r.lengths[len(r.lengths)-1]:
		return tooLong
	}
	return impossible
}

func contains(all []int, n int) bool { return slices.Contains(all, n) }
