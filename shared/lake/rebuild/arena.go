package rebuild

// arena is entries in the order in which they came, in chunks, so that none is copied when more come.
type arena struct {
	chunks [][]byte
	bytes  int64
}

// Chunks of an arena begin small, since a lake has one for each month of its subjects.
const (
	firstChunk = 4 << 10
	mostChunk  = 1 << 20
)

func (a *arena) add(entry []byte) {
	last := len(a.chunks) - 1
	if last < 0 || len(a.chunks[last])+len(entry) > cap(a.chunks[last]) {
		a.chunks = append(a.chunks, make([]byte, 0, max(a.next(), len(entry))))
		last++
	}
	a.chunks[last] = append(a.chunks[last], entry...)
	a.bytes += int64(len(entry))
}

// next is how large the next chunk is: twice the last one.
func (a *arena) next() int {
	if len(a.chunks) == 0 {
		return firstChunk
	}
	return min(2*cap(a.chunks[len(a.chunks)-1]), mostChunk)
}
