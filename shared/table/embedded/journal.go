package embedded

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"sync"
	"time"

	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/kv"
	"github.com/dangol/dangol/shared/table"
)

// journal is the change feed: one value for each transaction, numbered from 1, with the stored images of its changes. It is written in the batch
// of the transaction itself, so neither exists without the other.
type journal struct {
	store *kv.Store
	// last is the number of the last transaction, and minute the last minute that was marked. Only the committer uses them.
	last, minute uint64

	mu        sync.Mutex
	consumers map[string]*consumer
	trimmed   uint64 // transactions below are gone
	unmarked  uint64 // minutes below have no mark any more
}

// openJournal reads where the feed ends and where its consumers stand.
func openJournal(store *kv.Store) (*journal, error) {
	j := &journal{store: store, consumers: map[string]*consumer{}}
	var err error
	if j.last, err = lastNumber(store, changeByte); err != nil {
		return nil, fmt.Errorf("embedded: find the feed's end: %w", err)
	}
	if j.minute, err = lastNumber(store, minuteByte); err != nil {
		return nil, fmt.Errorf("embedded: find the feed's end: %w", err)
	}
	from, to := kindBounds(placeByte)
	err = store.Scan(from, to, false, func(key, value []byte) bool {
		name := string(key[len(from):])
		j.consumers[name] = newConsumer(j, name, decodePlace(value))
		return true
	})
	if err != nil {
		return nil, fmt.Errorf("embedded: read the feed's consumers: %w", err)
	}
	return j, nil
}

// kindBounds is the range of all keys of a kind.
func kindBounds(kind byte) (from, to []byte) {
	return []byte{engineByte, kind}, []byte{engineByte, kind + 1}
}

// append writes the transaction's changes. The identity table has no feed: what it holds belongs to no tenant.
func (j *journal) append(tx *kv.Tx, changes []change, now time.Time) {
	value := make([]byte, 0, changesCap(changes))
	for i := range changes {
		if c := &changes[i]; !c.idle() && c.table != table.Identity {
			value = appendChange(value, c)
		}
	}
	if len(value) == 0 {
		return
	}
	j.last++
	tx.Set(numberKey(changeByte, j.last), value)
	if minute := uint64(now.Unix() / 60); minute > j.minute {
		tx.Set(numberKey(minuteByte, minute), binary.BigEndian.AppendUint64(nil, j.last))
		j.minute = minute
	}
}

func changesCap(changes []change) int {
	n := 0
	for i := range changes {
		c := &changes[i]
		n += 16 + len(c.key) + len(c.oldRaw) + len(c.newRaw)
	}
	return n
}

func appendChange(b []byte, c *change) []byte {
	k := keyOf(c.old, c.new)
	b = appendBytes(appendBytes(append(b, tableByte(c.table)), k.PK), k.SK)
	return appendBytes(appendBytes(b, c.oldRaw), c.newRaw)
}

func keyOf(old, next *table.Item) table.Key {
	if next != nil {
		return next.Key
	}
	return old.Key
}

// place is a position in the feed: the transaction and the change in it to deliver next.
type place struct{ tx, change uint64 }

func (p place) encode() []byte {
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, p.tx), p.change)
}

func decodePlace(b []byte) place {
	if len(b) != 16 {
		return place{}
	}
	return place{binary.BigEndian.Uint64(b), binary.BigEndian.Uint64(b[8:])}
}

// seq is the place as the port shows it: fixed width, so that it sorts as text.
func (p place) seq() string {
	b := binary.BigEndian.AppendUint64(make([]byte, 0, 10), p.tx)
	return hex.EncodeToString(binary.BigEndian.AppendUint16(b, uint16(p.change)))
}

// Batches end at whichever comes first, unless a consumer asks for more records; DynamoDB Streams hands a function at most 6 MB.
const (
	maxBatchRecords = 100
	maxBatchBytes   = 4 << 20
)

// read returns the records from a place on, most at most, with the place of each, and the place behind them.
func (j *journal) read(at place, most int) (records []feed.Record, places []place, next place, err error) {
	_, to := kindBounds(changeByte)
	bytes, next := 0, at
	scanErr := j.store.Scan(numberKey(changeByte, at.tx), to, false, func(key, value []byte) bool {
		tx := keyNumber(key)
		if tx > at.tx {
			at = place{tx: tx}
		}
		bytes += len(value)
		records, places, err = decodeChanges(value, at, records, places)
		if err != nil {
			return false
		}
		next = place{tx: tx + 1}
		return len(records) < most && bytes < maxBatchBytes
	})
	if scanErr != nil {
		err = scanErr
	}
	if err != nil {
		return nil, nil, at, fmt.Errorf("embedded: read feed at %s: %w", at.seq(), err)
	}
	if len(records) > most {
		next = places[most]
		records, places = records[:most], places[:most]
	}
	return records, places, next, nil
}

// decodeChanges appends the changes of one transaction from the place on.
func decodeChanges(value []byte, from place, records []feed.Record, places []place) ([]feed.Record, []place, error) {
	r := reader{b: append([]byte(nil), value...)}
	for n := uint64(0); len(r.b) > 0 && !r.bad; n++ {
		at := place{from.tx, n}
		rec, err := decodeChange(&r, at)
		if err != nil {
			return nil, nil, err
		}
		if n >= from.change {
			records, places = append(records, rec), append(places, at)
		}
	}
	return records, places, r.err()
}

func decodeChange(r *reader, at place) (rec feed.Record, err error) {
	rec = feed.Record{Seq: at.seq(), Table: tableOf(r.byte())}
	k := table.Key{PK: string(r.bytes()), SK: string(r.bytes())}
	if rec.Old, err = decodeImage(r.bytes(), k); err != nil {
		return rec, err
	}
	rec.New, err = decodeImage(r.bytes(), k)
	return rec, err
}

func decodeImage(raw []byte, k table.Key) (*table.Item, error) {
	if raw == nil {
		return nil, nil
	}
	it := &table.Item{Key: k}
	return it, decodeItem(raw, it)
}

// trim drops the transactions that every consumer has passed and that are older than the given time. The last one always stays: it says where
// the numbering goes on.
func (j *journal) trim(before time.Time) error {
	minute := uint64(before.Unix() / 60)
	upper, err := j.since(minute)
	if err != nil {
		return fmt.Errorf("embedded: find the age of the feed: %w", err)
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, c := range j.consumers {
		upper = min(upper, c.place().tx)
	}
	if err := j.drop(changeByte, &j.trimmed, upper); err != nil {
		return err
	}
	return j.drop(minuteByte, &j.unmarked, minute)
}

// since returns the first transaction in or after the minute, or the last one when all are older.
func (j *journal) since(minute uint64) (first uint64, err error) {
	_, to := kindBounds(minuteByte)
	found := false
	err = j.store.Scan(numberKey(minuteByte, minute), to, false, func(_, value []byte) bool {
		first, found = binary.BigEndian.Uint64(value), true
		return false
	})
	if err != nil || found {
		return first, err
	}
	return lastNumber(j.store, changeByte)
}

// lastNumber returns the highest number among the kind's keys, 0 when there is none.
func lastNumber(store *kv.Store, kind byte) (last uint64, err error) {
	from, to := kindBounds(kind)
	err = store.Scan(from, to, true, func(key, _ []byte) bool {
		last = keyNumber(key)
		return false
	})
	return last, err
}

// drop removes the kind's keys below the bound, unless that was done already.
func (j *journal) drop(kind byte, done *uint64, below uint64) error {
	if below <= *done {
		return nil
	}
	if err := j.store.DropRange(numberKey(kind, *done), numberKey(kind, below)); err != nil {
		return fmt.Errorf("embedded: trim feed: %w", err)
	}
	*done = below
	return nil
}
