//go:build cgo

package duck_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/lake/duck"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

// TestFoldIsTheSegmentsFold, for every character there is, and for heaps of those that combine.
func TestFoldIsTheSegmentsFold(t *testing.T) {
	l := stand(t, newBucket(), duck.Options{Timeout: 5 * time.Minute}) // a million rows, by a program that looks for races
	seen := 0
	query := `SELECT chr(x::INTEGER), ` + sqltext.Fold("chr(x::INTEGER)") + ` FROM range(1, 1114112) r(x) WHERE x NOT BETWEEN 55296 AND 57343`
	err := l.Query(t.Context(), duck.Statement{SQL: query}, func(row []any) error {
		seen++
		if got, want := row[1].(string), segment.Fold(row[0].(string)); got != want {
			t.Errorf("%q: got %q, want %q", row[0], got, want)
		}
		return nil
	})
	if err != nil || seen != 1114111-2048 {
		t.Errorf("%d characters, %v", seen, err)
	}
	seed := uint64(20261122)
	random := rand.New(rand.NewPCG(seed, 1))
	for range 2000 {
		var text strings.Builder
		for range 1 + random.IntN(8) {
			text.WriteRune(combining[random.IntN(len(combining))])
		}
		got := ask(t, l, `SELECT `+sqltext.Fold("$1::VARCHAR"), text.String())
		if want := segment.Fold(text.String()); got[0] != want {
			t.Errorf("seed %d: %q: got %q, want %q", seed, text.String(), got[0], want)
		}
	}
}

var combining = []rune("aAeEiIoOuUcCsS\u0301\u0300\u0302\u0308\u030a\u0327\u0323\u0307\u0130\u1100\u1161\u11a8\u1112\u1169\u11bc가각힣한ㅎㅏ\u0345ΑΩ\u03a3İß\u1e9e\u212b\u0f71\u0f72")

func TestInitialsOfNames(t *testing.T) {
	l := stand(t, newBucket(), duck.Options{})
	for name, want := range map[string]string{
		"홍길동": "ㅎㄱㄷ", "까치": "ㄲㅊ", "쌍둥이네 찻집": "ㅆㄷㅇㄴ ㅊㅈ", "Kim 철수": "kim ㅊㅅ", "힣가": "ㅎㄱ", "": "",
		"\u1112\u1169\u11bc\u1100\u1175\u11af": "ㅎㄱ", // in the decomposed form of macOS
	} {
		if got := ask(t, l, `SELECT `+sqltext.InitialsOf(sqltext.Fold("$1::VARCHAR")), name); got[0] != want {
			t.Errorf("%q: got %q, want %q", name, got[0], want)
		}
	}
}
