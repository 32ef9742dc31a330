package table

import (
	"errors"
	"testing"
)

func TestSizeCountsNamesKeysDocumentsAndNumbers(t *testing.T) {
	full := Item{
		Key:      Key{"pk", "sk"},                              // 2+2 and 2+2
		Index:    [2]Key{{"list", "a"}, {"owner", "b"}},        // 4+4, 4+1 and 4+5, 4+1
		Version:  12,                                           // 1+1+1
		Expires:  1700000000,                                   // 3+1+1: two significant digits
		Head:     []byte("1234"),                               // 4+4
		Body:     []byte("12345678"),                           // 4+8
		Event:    []byte("12"),                                 // 2+2
		Counters: map[string]int64{"orders": 123, "net": -500}, // 1+3, 1+6+1+2, 1+3+1+1+1
	}
	for name, c := range map[string]struct {
		item Item
		want int
	}{
		"an item put once with its key only": {Item{Key: Key{"p", "s"}, Version: 1}, 3 + 3 + 3 + 4},
		"an item that was only counted":      {Item{Key: Key{"p", "s"}, Counters: map[string]int64{"n": 0}}, 3 + 3 + 2 + 1 + 3 + 1 + 1 + 1},
		"an item with everything":            {full, 8 + 13 + 14 + 3 + 5 + 8 + 12 + 4 + 4 + 10 + 7},
	} {
		if got := c.item.Size(); got != c.want {
			t.Errorf("%s: got %d bytes, want %d", name, got, c.want)
		}
	}
	if got, want := full.EntrySize(1), 8+13+3+5+8+4+10+7; got != want {
		t.Errorf("entry in index 1: got %d bytes, want %d", got, want)
	}
	if got := (&Item{Key: Key{"p", "s"}}).EntrySize(2); got != 0 {
		t.Errorf("entry of an item outside the index: got %d bytes, want 0", got)
	}
}

func TestNumbersTakeAByteForTwoSignificantDigits(t *testing.T) {
	for v, want := range map[int64]int{0: 1, 7: 2, 99: 2, 100: 2, 101: 3, 1230000: 3, -7: 3, 1<<63 - 1: 11, -1 << 63: 12} {
		if got := numberSize(v); got != want {
			t.Errorf("%d: got %d bytes, want %d", v, got, want)
		}
	}
}

func TestAWriteIsCheckedBeforeItIsTried(t *testing.T) {
	ok := Op{Table: CRM, Item: Item{Key: Key{"p", "s"}}}
	other := Op{Table: Ops, Item: ok.Item}
	if err := CheckWrite([]Op{ok, other}); err != nil {
		t.Errorf("the same key in two tables: got %v, want nil", err)
	}
	for name, ops := range map[string][]Op{
		"nothing":                      nil,
		"a key twice":                  {ok, ok},
		"no table":                     {{Item: ok.Item}},
		"no key":                       {{Table: CRM}},
		"a key that is not UTF-8":      {{Table: CRM, Item: Item{Key: Key{"p", "s\xff"}}}},
		"a document that is not UTF-8": {{Table: CRM, Item: Item{Key: ok.Item.Key, Body: []byte("\xff")}}},
	} {
		var limit *LimitError
		if err := CheckWrite(ops); !errors.As(err, &limit) {
			t.Errorf("%s: got %v, want a LimitError", name, err)
		}
	}
}
