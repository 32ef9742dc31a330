package identity

import (
	"container/list"
	"sync"
)

// remembered keeps up to a number of values and forgets the one longest unused. It is safe for concurrent use.
type remembered[K comparable, V any] struct {
	mu    sync.Mutex
	most  int
	order *list.List // of *memory, the latest used first
	at    map[K]*list.Element
}

type memory[K comparable, V any] struct {
	key   K
	value V
}

func newRemembered[K comparable, V any](most int) *remembered[K, V] {
	return &remembered[K, V]{most: most, order: list.New(), at: map[K]*list.Element{}}
}

func (r *remembered[K, V]) get(k K) (V, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	e, ok := r.at[k]
	if !ok {
		var none V
		return none, false
	}
	r.order.MoveToFront(e)
	return e.Value.(*memory[K, V]).value, true
}

func (r *remembered[K, V]) put(k K, v V) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if e, ok := r.at[k]; ok {
		e.Value.(*memory[K, V]).value = v
		r.order.MoveToFront(e)
		return
	}
	r.at[k] = r.order.PushFront(&memory[K, V]{k, v})
	if r.order.Len() > r.most {
		oldest := r.order.Back()
		r.order.Remove(oldest)
		delete(r.at, oldest.Value.(*memory[K, V]).key)
	}
}

func (r *remembered[K, V]) forget(k K) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if e, ok := r.at[k]; ok {
		r.order.Remove(e)
		delete(r.at, k)
	}
}
