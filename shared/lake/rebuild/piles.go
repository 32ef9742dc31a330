package rebuild

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/dangol/dangol/shared/lake/dictionary"
	"github.com/dangol/dangol/shared/lake/part"
)

// piles are all rows of a lake, by subject and month. What is in memory is kept under a limit: the largest pile is sorted and spilled when there is more.
type piles struct {
	records atomic.Int64
	limit   int64
	spilled *spill

	mu      sync.Mutex
	all     map[pileKey]*pile
	inside  int64 // bytes in memory
	counted int
}

// pile is the rows of one subject and month.
type pile struct {
	rows    int64 // with those that come twice
	memory  arena // entries that are in memory, in no order
	runs    []run // entries on disk, each run in order
	customs map[string]dictionary.Type
}

func newPiles(dir string, limit int64) (*piles, error) {
	f, err := os.OpenFile(filepath.Join(dir, "rows"), os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	return &piles{limit: limit, spilled: &spill{file: f}, all: map[pileKey]*pile{}}, nil
}

func (p *piles) close() { _ = p.spilled.file.Close() } // it goes with its folder

func (p *piles) rows() int { return p.counted }

// take puts the rows of a bundle onto their piles, and ends it. Many goroutines call it; the one that brings too much sorts and spills while the others go on.
func (p *piles) take(b *bundle) error {
	p.records.Add(int64(b.records))
	for _, full := range p.put(b) {
		r, err := p.spilled.write(sorted(full.memory))
		if err != nil {
			return err
		}
		p.mu.Lock()
		full.of.runs = append(full.of.runs, r)
		p.mu.Unlock()
	}
	return nil
}

// full is what a pile had in memory when it was too much.
type full struct {
	of     *pile
	memory arena
}

func (p *piles) put(b *bundle) (out []full) {
	p.mu.Lock()
	defer p.mu.Unlock()
	from := 0
	for i, end := range b.ends {
		to := p.of(b.of[i])
		to.memory.add(b.packed[from:end])
		to.rows++
		from = end
	}
	for key, found := range b.customs {
		part.MergeCustoms(p.of(key).customs, found)
	}
	p.counted += len(b.ends)
	p.inside += int64(len(b.packed))
	b.end()
	for p.inside > p.limit {
		most := p.largest()
		out = append(out, full{most, most.memory})
		p.inside -= most.memory.bytes
		most.memory = arena{}
	}
	return out
}

func (p *piles) of(key pileKey) *pile {
	one := p.all[key]
	if one == nil {
		one = &pile{customs: map[string]dictionary.Type{}}
		p.all[key] = one
	}
	return one
}

func (p *piles) largest() (most *pile) {
	for one := range maps.Values(p.all) {
		if most == nil || one.memory.bytes > most.memory.bytes {
			most = one
		}
	}
	return most
}

// keys lists the piles, the largest first, so that none is left for one core alone at the end.
func (p *piles) keys() []pileKey {
	return slices.SortedFunc(maps.Keys(p.all), func(a, b pileKey) int { return int(p.all[b].rows - p.all[a].rows) })
}
