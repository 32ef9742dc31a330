package sqltext_test

import (
	"testing"

	"github.com/dangol/dangol/shared/lake/sqltext"
)

func TestNamesStayNames(t *testing.T) {
	for name, want := range map[string]string{
		"name": `"name"`, "address.region": `"address.region"`, `a"b`: `"a""b"`, `"; DROP TABLE x; --`: `"""; DROP TABLE x; --"`, "a\x00b": `"ab"`,
	} {
		if got := sqltext.Ident(name); got != want {
			t.Errorf("%q: got %s, want %s", name, got, want)
		}
	}
}

func TestAWordOfInitialConsonants(t *testing.T) {
	for word, want := range map[string]bool{"ㅎㄱㄷ": true, "ㄲ": true, "홍길동": false, "ㅎ길동": false, "ㅏ": false, "": false, "abc": false} {
		if got := sqltext.IsInitials(word); got != want {
			t.Errorf("%q: got %v, want %v", word, got, want)
		}
	}
}

func TestValuesAreBoundInOrder(t *testing.T) {
	var v sqltext.Values
	if got := v.Bind("a") + " " + v.BindAll([]string{"b", "c"}) + " " + v.Bind(int64(4)); got != "$1 $2, $3 $4" {
		t.Errorf("got %s", got)
	}
	if list := v.List(); len(list) != 4 || list[2] != "c" || list[3] != int64(4) {
		t.Errorf("got %v", list)
	}
}
