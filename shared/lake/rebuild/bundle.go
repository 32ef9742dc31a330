package rebuild

import (
	"encoding/binary"
	"sync"

	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/dictionary"
	"github.com/dangol/dangol/shared/lake/part"
)

// pileKey names a pile: a subject's month ("" for a subject in one partition).
type pileKey struct{ subject, month string }

// bundle is rows on their way to their piles, packed by the goroutine that made them. An entry is the length of what follows, the place with its length, and the
// packed row.
type bundle struct {
	records int
	packed  []byte
	of      []pileKey // of each entry
	ends    []int     // where each entry ends
	customs map[pileKey]map[string]dictionary.Type
	scratch []byte
}

// bundleBytes is about how much a bundle holds.
const bundleBytes = 1 << 20

// bundles are those that were emptied and have room.
var bundles = sync.Pool{New: func() any { return &bundle{customs: map[pileKey]map[string]dictionary.Type{}} }}

func newBundle() *bundle { return bundles.Get().(*bundle) }

// end gives up the room of a bundle whose rows lie on their piles.
func (b *bundle) end() {
	clear(b.customs)
	b.records, b.packed, b.of, b.ends = 0, b.packed[:0], b.of[:0], b.ends[:0]
	bundles.Put(b)
}

// packers are those of all subjects.
var packers = allPackers()

func allPackers() map[string]*part.Packer {
	out := map[string]*part.Packer{}
	for _, s := range dictionary.Subjects() {
		out[s.Name] = part.NewPacker(s)
	}
	return out
}

func (b *bundle) add(r *lake.Row) {
	at := lake.PlaceOf(r)
	b.scratch = append(binary.AppendUvarint(b.scratch[:0], uint64(len(at.Sort))), at.Sort...)
	b.scratch = packers[r.Subject].Append(b.scratch, r)
	b.packed = append(binary.AppendUvarint(b.packed, uint64(len(b.scratch))), b.scratch...)
	key := pileKey{r.Subject, at.Month}
	b.of, b.ends = append(b.of, key), append(b.ends, len(b.packed))
	b.note(key, r)
}

// note remembers the custom columns that a pile has.
func (b *bundle) note(key pileKey, r *lake.Row) {
	n := len(r.Cells)
	if n == 0 || !part.Custom(r.Cells[n-1].Column) { // they stand behind the others
		return
	}
	if b.customs[key] == nil {
		b.customs[key] = map[string]dictionary.Type{}
	}
	part.NoteCustoms(r, b.customs[key])
}

// entry reads the first entry of some, with what follows.
func entry(b []byte) (place, packed, rest []byte) {
	n, size := binary.Uvarint(b)
	e, rest := b[size:size+int(n)], b[size+int(n):]
	n, size = binary.Uvarint(e)
	return e[size : size+int(n)], e[size+int(n):], rest
}
