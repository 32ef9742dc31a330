package lazyregexp_test

import (
	"testing"

	"github.com/dangol/dangol/shared/lazyregexp"
)

func TestAnExpressionIsCompiledOnceAtItsFirstUse(t *testing.T) {
	digits := lazyregexp.New(`^[0-9]+$`)
	if !digits().MatchString("2026") || digits().MatchString("20x6") {
		t.Error("digits are not told from others")
	}
	if digits() != digits() {
		t.Error("a second use compiled it again")
	}
}

func TestATextThatIsNoExpressionStopsItsUsers(t *testing.T) {
	broken := lazyregexp.New(`(`) // nothing happens yet
	for range 2 {
		func() {
			defer func() {
				if recover() == nil {
					t.Error("a broken expression was given out")
				}
			}()
			broken()
		}()
	}
}
