package embedded

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/dangol/dangol/shared/table"
)

// drawPart prefers the bytes that the encoding of keys treats specially.
func drawPart(r *rapid.T, label string) string {
	b := rapid.SliceOfN(rapid.SampledFrom([]byte{0x00, 0x01, 0xff, 0xfe, 'a', 'b', '#'}), 1, 8).Draw(r, label)
	return string(b)
}

func drawKey(r *rapid.T, label string) table.Key {
	return table.Key{PK: drawPart(r, label+" pk"), SK: drawPart(r, label+" sk")}
}

func TestKeysSortByTheirParts(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		a, b := drawKey(r, "a"), drawKey(r, "b")
		want := strings.Compare(a.PK, b.PK)
		if want == 0 {
			want = strings.Compare(a.SK, b.SK)
		}
		if got := bytes.Compare(itemKey(table.CRM, a), itemKey(table.CRM, b)); got != want {
			r.Errorf("items %q and %q: got order %d, want %d", a, b, got, want)
		}
		item := drawKey(r, "item")
		if got := bytes.Compare(entryKey(table.CRM, 1, a, item), entryKey(table.CRM, 1, b, item)); got != want {
			r.Errorf("entries %q and %q: got order %d, want %d", a, b, got, want)
		}
	})
}

func TestKeysComeBackFromTheirBytes(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		index, item := drawKey(r, "index"), drawKey(r, "item")
		prefix := indexPrefix(table.Ops, 2, index.PK)
		rest, ok := bytes.CutPrefix(entryKey(table.Ops, 2, index, item), prefix)
		if sk, k := entryKeys(string(rest)); !ok || sk != index.SK || k != item {
			r.Errorf("entry: got %q %q, want %q %q", sk, k, index.SK, item)
		}
		at := rapid.Int64Range(1, 1<<40).Draw(r, "expires")
		if n, when, k := expiryItem(expiryKey(table.Outreach, at, item)); n != table.Outreach || when != at || k != item {
			r.Errorf("expiry: got %s %d %q, want outreach %d %q", n, when, k, at, item)
		}
	})
}

func TestItemsComeBackFromTheirBytes(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		want := table.Item{
			Key:      drawKey(r, "key"),
			Version:  rapid.Int64().Draw(r, "version"),
			Expires:  rapid.Int64().Draw(r, "expires"),
			Head:     drawBytes(r, "head"),
			Body:     drawBytes(r, "body"),
			Event:    drawBytes(r, "event"),
			Counters: rapid.MapOfN(rapid.StringN(1, 5, 20), rapid.Int64(), 1, 4).Draw(r, "counters"),
		}
		want.Index[1] = drawKey(r, "index")
		raw, head := appendItem(nil, &want)
		got := table.Item{Key: want.Key}
		if err := decodeItem(raw, &got); err != nil || !reflect.DeepEqual(got, want) {
			r.Errorf("item: got %+v, %v, want %+v", got, err, want)
		}
		entry := table.Item{Key: want.Key}
		want.Index, want.Body, want.Event = [2]table.Key{}, nil, nil
		if err := decodeEntry(raw[:head], &entry); err != nil || !reflect.DeepEqual(entry, want) {
			r.Errorf("entry: got %+v, %v, want %+v", entry, err, want)
		}
		cut := rapid.IntRange(0, len(raw)-1).Draw(r, "cut")
		if err := decodeItem(raw[:cut], &got); !errors.Is(err, errCorrupt) {
			r.Errorf("%d of %d bytes: got %v, want errCorrupt", cut, len(raw), err)
		}
	})
}

func drawBytes(r *rapid.T, label string) []byte {
	return rapid.SliceOfN(rapid.Byte(), 1, 300).Draw(r, label)
}

func FuzzDecodeNeverPanics(f *testing.F) {
	raw, _ := appendItem(nil, &table.Item{Head: []byte("head"), Counters: map[string]int64{"n": 1}})
	f.Add(raw)
	f.Add([]byte{0x02, 0x00, 0xff, 0xff, 0xff, 0xff, 0x0f})
	f.Fuzz(func(t *testing.T, raw []byte) {
		var it table.Item
		_ = decodeItem(raw, &it)
		_, _, _ = decodeChanges(raw, place{}, nil, nil)
		cutPart(string(raw))
	})
}
