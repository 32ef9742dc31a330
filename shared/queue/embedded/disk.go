package embedded

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/dangol/dangol/shared/kv"
	"github.com/dangol/dangol/shared/queue"
)

// The keys begin with 'q', so that other engines can share the store: the last number; per message its state, rewritten at each delivery, and its
// body, written once.
var (
	lastKey     = []byte("qn")
	statePrefix = []byte("qs")
	stateBehind = []byte("qt")
)

func stateKey(name queue.Name, seq uint64) []byte { return key("qs", name, seq) }

func bodyKey(name queue.Name, seq uint64) []byte { return key("qb", name, seq) }

func key(prefix string, name queue.Name, seq uint64) []byte {
	b := make([]byte, 0, len(prefix)+len(name)+9)
	b = append(append(append(b, prefix...), name...), 0)
	return binary.BigEndian.AppendUint64(b, seq)
}

func encodeNumber(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

// state is what changes about a message, and its group.
type state struct {
	visibleAt  int64  // Unix nanoseconds
	received   uint32 // since it was sent or redriven
	deliveries uint32 // ever: receipts count them
	inFlight   bool   // hidden by a delivery, not by Delay or Hide
	group      string
}

func (s *state) encode() []byte {
	b := binary.AppendVarint(make([]byte, 0, 24+len(s.group)), s.visibleAt)
	b = binary.AppendUvarint(b, uint64(s.received))
	b = binary.AppendUvarint(b, uint64(s.deliveries))
	flight := byte(0)
	if s.inFlight {
		flight = 1
	}
	return append(append(b, flight), s.group...)
}

var errDamaged = errors.New("queue: a stored state cannot be read")

func decodeState(b []byte) (s state, err error) {
	visibleAt, n := binary.Varint(b)
	received, m := binary.Uvarint(b[max(n, 0):])
	deliveries, k := binary.Uvarint(b[max(n, 0)+max(m, 0):])
	if n <= 0 || m <= 0 || k <= 0 || len(b) <= n+m+k {
		return s, errDamaged
	}
	rest := b[n+m+k:]
	return state{visibleAt, uint32(received), uint32(deliveries), rest[0] == 1, string(rest[1:])}, nil
}

// load fills the index.
func (q *Queue) load() error {
	last, err := q.store.Get(lastKey)
	if err != nil {
		return err
	}
	if last != nil {
		q.last = binary.BigEndian.Uint64(last)
	}
	var damaged error
	err = q.store.Scan(statePrefix, stateBehind, false, func(key, value []byte) bool {
		damaged = q.loadEntry(key, value)
		return damaged == nil
	})
	return errors.Join(err, damaged)
}

func (q *Queue) loadEntry(key, value []byte) error {
	s, err := decodeState(value)
	if err != nil || len(key) < len(statePrefix)+9 {
		return fmt.Errorf("%w at %q", errDamaged, key)
	}
	end := len(key) - 9
	if s.inFlight {
		s.visibleAt = 0
	}
	name := queue.Name(bytes.Clone(key[len(statePrefix):end]))
	q.line(name).add(binary.BigEndian.Uint64(key[end+1:]), s)
	return nil
}

// write stores the state of claimed messages.
func (q *Queue) write(ctx context.Context, name queue.Name, claimed []*entry) error {
	return q.store.Update(ctx, func(tx *kv.Tx) error {
		for _, e := range claimed {
			tx.Set(stateKey(name, e.seq), e.encode())
		}
		return nil
	})
}

// read returns the messages with their bodies.
func (q *Queue) read(name queue.Name, entries []*entry) ([]queue.Message, error) {
	out := make([]queue.Message, 0, len(entries))
	for _, e := range entries {
		body, err := q.store.Get(bodyKey(name, e.seq))
		if err != nil {
			return nil, err
		}
		if body == nil {
			continue // deleted since; only Dead can see that
		}
		id := strconv.FormatUint(e.seq, 10)
		out = append(out, queue.Message{ID: id, Group: e.group.name, Body: body, Receipt: fmt.Sprintf("%s-%d", id, e.deliveries), Received: int(e.received)})
	}
	return out, nil
}

func parseReceipt(r string) (seq uint64, delivery uint32, err error) {
	left, right, _ := strings.Cut(r, "-")
	seq, err1 := strconv.ParseUint(left, 10, 64)
	n, err2 := strconv.ParseUint(right, 10, 32)
	if err1 != nil || err2 != nil {
		return 0, 0, errReceipt
	}
	return seq, uint32(n), nil
}
