package embedded

import (
	"encoding/binary"
	"errors"
	"maps"
	"slices"

	"github.com/dangol/dangol/shared/table"
)

// errCorrupt reports bytes that the engine did not write.
var errCorrupt = errors.New("embedded: corrupt value")

// appendItem appends the stored form of the item without its key. The first head bytes of it are the form of its entry in index 1: version,
// expiry, counters and Head; keys of the indexes, Body and Event follow. Numbers are varints, documents carry their length.
func appendItem(b []byte, it *table.Item) (all []byte, head int) {
	start := len(b)
	b = binary.AppendVarint(b, it.Version)
	b = binary.AppendVarint(b, it.Expires)
	b = appendCounters(b, it.Counters)
	b = appendBytes(b, it.Head)
	head = len(b) - start
	for _, k := range it.Index {
		b = appendBytes(appendBytes(b, k.PK), k.SK)
	}
	return appendBytes(appendBytes(b, it.Body), it.Event), head
}

func appendCounters(b []byte, counters map[string]int64) []byte {
	b = binary.AppendUvarint(b, uint64(len(counters)))
	if len(counters) == 0 {
		return b
	}
	for _, name := range slices.Sorted(maps.Keys(counters)) {
		b = binary.AppendVarint(appendBytes(b, name), counters[name])
	}
	return b
}

func appendBytes[T string | []byte](b []byte, v T) []byte {
	return append(binary.AppendUvarint(b, uint64(len(v))), v...)
}

// itemCap is enough for the stored form of most items.
func itemCap(it *table.Item) int {
	n := 64 + len(it.Head) + len(it.Body) + len(it.Event) + 32*len(it.Counters)
	for _, k := range it.Index {
		n += len(k.PK) + len(k.SK)
	}
	return n
}

// decodeItem fills the item from its stored form; the key is the caller's. The item's documents are slices of b.
func decodeItem(b []byte, it *table.Item) error {
	r := reader{b: b}
	r.head(it)
	for i := range it.Index {
		it.Index[i] = table.Key{PK: string(r.bytes()), SK: string(r.bytes())}
	}
	it.Body, it.Event = r.bytes(), r.bytes()
	return r.err()
}

// decodeUnindexed is decodeItem without the keys of the indexes.
func decodeUnindexed(b []byte, it *table.Item) error {
	r := reader{b: b}
	r.head(it)
	for range it.Index {
		r.bytes()
		r.bytes()
	}
	it.Body, it.Event = r.bytes(), r.bytes()
	return r.err()
}

// decodeEntry fills the item from the form of its entry in index 1.
func decodeEntry(b []byte, it *table.Item) error {
	r := reader{b: b}
	r.head(it)
	return r.err()
}

// reader takes values off a slice. After the first failure all that follow are zero.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) err() error {
	if r.bad || len(r.b) > 0 {
		return errCorrupt
	}
	return nil
}

func (r *reader) head(it *table.Item) {
	it.Version, it.Expires = r.varint(), r.varint()
	it.Counters = r.counters()
	it.Head = r.bytes()
}

func (r *reader) counters() map[string]int64 {
	n := r.uvarint()
	if n == 0 || n > uint64(len(r.b)) {
		r.bad = r.bad || n > 0
		return nil
	}
	counters := make(map[string]int64, n)
	for range n {
		name := string(r.bytes())
		counters[name] = r.varint()
	}
	return counters
}

func (r *reader) varint() int64 {
	v, n := binary.Varint(r.b)
	r.skip(n)
	return v
}

func (r *reader) uvarint() uint64 {
	v, n := binary.Uvarint(r.b)
	r.skip(n)
	return v
}

func (r *reader) byte() byte {
	if len(r.b) == 0 {
		r.bad = true
		return 0
	}
	v := r.b[0]
	r.b = r.b[1:]
	return v
}

// bytes returns the next document, nil when empty. Its capacity ends with it, so that an append by the caller copies.
func (r *reader) bytes() []byte {
	n := r.uvarint()
	if n > uint64(len(r.b)) {
		r.bad, r.b = true, nil
	}
	if n == 0 || r.bad {
		return nil
	}
	v := r.b[:n:n]
	r.b = r.b[n:]
	return v
}

func (r *reader) skip(n int) {
	if n <= 0 {
		r.bad, r.b = true, nil
		return
	}
	r.b = r.b[n:]
}
