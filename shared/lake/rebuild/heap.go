package rebuild

// heap is entries in the order in which they came, in chunks, so that none is copied when more come.
type heap struct {
	chunks [][]byte
	bytes  int64
}

// Chunks of a heap begin small, since a lake has a heap for each month of its subjects.
const (
	firstChunk = 4 << 10
	mostChunk  = 1 << 20
)

func (h *heap) add(entry []byte) {
	last := len(h.chunks) - 1
	if last < 0 || len(h.chunks[last])+len(entry) > cap(h.chunks[last]) {
		h.chunks = append(h.chunks, make([]byte, 0, max(h.next(), len(entry))))
		last++
	}
	h.chunks[last] = append(h.chunks[last], entry...)
	h.bytes += int64(len(entry))
}

// next is how large the next chunk is: twice the last one.
func (h *heap) next() int {
	if len(h.chunks) == 0 {
		return firstChunk
	}
	return min(2*cap(h.chunks[len(h.chunks)-1]), mostChunk)
}
