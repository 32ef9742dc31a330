package rebuild

import (
	"bytes"
	"slices"

	"github.com/dangol/dangol/shared/lake/part"
)

// head is a run that is read: its first entry, and what is in memory behind it.
type head struct {
	run
	place, packed []byte
	rest          []byte
	inMemory      [][]byte // entries of a run that was never written
}

// merging gives the entries of a pile in order. Of its runs only those are open that begin before the entry that is next: what came in order is read in order.
type merging struct {
	from    *spill
	waiting []run // by their first places
	open    []*head
}

func (s *spill) merge(p *pile) (*merging, error) {
	m := &merging{from: s, waiting: slices.Clone(p.runs)}
	slices.SortFunc(m.waiting, func(a, b run) int { return bytes.Compare(a.first, b.first) })
	if p.memory.bytes > 0 {
		m.open = append(m.open, &head{inMemory: sorted(p.memory)})
		return m, m.advance(0)
	}
	return m, nil
}

// next gives the entry that holds at the next place; nil behind the last.
func (m *merging) next() (place, packed []byte, err error) {
	for {
		i, err := m.least()
		if i < 0 || err != nil {
			return place, packed, err
		}
		h := m.open[i]
		if place != nil && !bytes.Equal(h.place, place) {
			return place, packed, nil
		}
		if place == nil || beats(h.packed, packed) {
			place, packed = h.place, h.packed // blocks are never written to again
		}
		if err := m.advance(i); err != nil {
			return nil, nil, err
		}
	}
}

// least returns the open run with the least place, -1 for none.
func (m *merging) least() (int, error) {
	at := -1
	for i, h := range m.open {
		if at < 0 || bytes.Compare(h.place, m.open[at].place) < 0 {
			at = i
		}
	}
	if len(m.waiting) == 0 || at >= 0 && bytes.Compare(m.open[at].place, m.waiting[0].first) < 0 {
		return at, nil
	}
	m.open, m.waiting = append(m.open, &head{run: m.waiting[0]}), m.waiting[1:]
	if err := m.advance(len(m.open) - 1); err != nil {
		return -1, err
	}
	return m.least()
}

// advance reads the next entry of an open run, and closes one that has none.
func (m *merging) advance(i int) (err error) {
	h := m.open[i]
	switch {
	case len(h.rest) > 0:
	case len(h.inMemory) > 0:
		h.rest, h.inMemory = h.inMemory[0], h.inMemory[1:]
	case h.begin == h.end:
		m.open = slices.Delete(m.open, i, i+1)
		return nil
	default:
		if h.rest, err = m.from.block(&h.run); err != nil {
			return err
		}
	}
	h.place, h.packed, h.rest = entry(h.rest)
	return nil
}

// beats says whether a packed row takes the place of another: the higher version, and of one version what is gone.
func beats(packed, was []byte) bool {
	v, gone := part.PackedVersion(packed)
	w, wasGone := part.PackedVersion(was)
	return v > w || v == w && gone && !wasGone
}
