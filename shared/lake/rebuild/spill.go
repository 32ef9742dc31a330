package rebuild

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"os"
	"slices"
	"sync"

	"github.com/klauspost/compress/s2"
)

// blockBytes is how much of a run is compressed together, and is in memory when it is read.
const blockBytes = 128 << 10

// spill is the file in which runs lie, one behind the other: of each its blocks, each behind its length.
type spill struct {
	file *os.File
	mu   sync.Mutex
	end  int64
}

// run is entries in the order of their places.
type run struct {
	first      []byte // the first place
	begin, end int64  // in the file
}

// placed is an entry that is sorted.
type placed struct {
	place, whole []byte
	number       uint64 // the first characters of the place behind those that all have: most comparisons are of numbers
}

// sorted are the entries in the order of their places.
func sorted(a arena) [][]byte {
	all := placesOf(a)
	slices.SortFunc(all, func(a, b placed) int {
		return cmp.Or(cmp.Compare(a.number, b.number), bytes.Compare(a.place, b.place))
	})
	out := make([][]byte, len(all))
	for i := range all {
		out[i] = all[i].whole
	}
	return out
}

func placesOf(a arena) (all []placed) {
	var same []byte // how all places begin
	for _, rest := range a.chunks {
		for len(rest) > 0 {
			place, _, next := entry(rest)
			if all == nil {
				same = place
			}
			same = same[:alike(same, place)]
			all = append(all, placed{place: place, whole: rest[:len(rest)-len(next)]})
			rest = next
		}
	}
	for i := range all {
		all[i].number = number(all[i].place[len(same):])
	}
	return all
}

// alike is how many bytes two texts have in common at the beginning.
func alike(a, b []byte) (n int) {
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// number orders texts by their first eight bytes.
func number(text []byte) uint64 {
	var first [8]byte
	copy(first[:], text)
	return binary.BigEndian.Uint64(first[:])
}

// write adds a run.
func (s *spill) write(entries [][]byte) (r run, err error) {
	var out, block []byte
	flush := func() {
		packed := s2.Encode(nil, block)
		out = append(binary.LittleEndian.AppendUint32(out, uint32(len(packed))), packed...)
		block = block[:0]
	}
	for _, e := range entries {
		if block = append(block, e...); len(block) >= blockBytes {
			flush()
		}
	}
	if len(block) > 0 {
		flush()
	}
	place, _, _ := entry(entries[0])
	s.mu.Lock()
	r = run{first: bytes.Clone(place), begin: s.end, end: s.end + int64(len(out))}
	s.end = r.end
	s.mu.Unlock()
	_, err = s.file.WriteAt(out, r.begin)
	return r, err
}

// block reads the block of a run at its beginning and cuts it off.
func (s *spill) block(r *run) ([]byte, error) {
	var size [4]byte
	if _, err := s.file.ReadAt(size[:], r.begin); err != nil {
		return nil, err
	}
	packed := make([]byte, binary.LittleEndian.Uint32(size[:]))
	if _, err := s.file.ReadAt(packed, r.begin+4); err != nil {
		return nil, err
	}
	r.begin += 4 + int64(len(packed))
	return s2.Decode(nil, packed)
}
