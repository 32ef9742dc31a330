package outbox

import (
	"context"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
)

// ID is the entry's number in text, as in the mailbox's JSON.
func (e *Entry) ID() string { return strconv.FormatUint(e.Number, 10) }

// Filter narrows a listing. Zero fields let everything through.
type Filter struct {
	To         string // the recipient's address, in any case
	CampaignID string
	Words      string // part of an address, the subject or the text, in any case
}

// List returns up to limit entries, the newest first, older than the entry with the id after ("" starts at the newest). limit < 1 is no limit.
func (o *Outbox) List(ctx context.Context, after string, limit int) ([]Entry, error) {
	var out []Entry
	err := o.Each(ctx, Filter{}, after, limit, func(e Entry) error {
		out = append(out, e)
		return nil
	})
	return out, err
}

// Each calls fn with the entries of List that pass the filter, until it returns an error.
func (o *Outbox) Each(ctx context.Context, f Filter, after string, limit int, fn func(Entry) error) error {
	upper, err := upperBound(after)
	if err != nil {
		return err
	}
	n, words := 0, strings.ToLower(f.Words)
	var failed error
	err = o.store.Scan(entryPrefix, upper, true, func(key, record []byte) bool {
		if !f.fitsHead(record) {
			failed = ctx.Err()
			return failed == nil
		}
		var e Entry
		if e, failed = decodeEntry(key, record); failed == nil && e.has(words) {
			n++
			failed = fn(e)
		}
		return failed == nil && ctx.Err() == nil && (limit < 1 || n < limit)
	})
	if failed == nil && err == nil {
		failed = ctx.Err()
	}
	if err != nil || failed != nil {
		return fmt.Errorf("list mail: %w", firstOf(failed, err))
	}
	return nil
}

func firstOf(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

func upperBound(after string) ([]byte, error) {
	if after == "" {
		return entryBehind, nil
	}
	n, err := strconv.ParseUint(after, 10, 64)
	if err != nil {
		return nil, fmt.Errorf("list mail: %q is no id of the mailbox", after)
	}
	return numbered(entryPrefix, n), nil
}

// fitsHead looks at recipient and campaign without decoding the rest.
func (f Filter) fitsHead(record []byte) bool {
	if f.To == "" && f.CampaignID == "" {
		return true
	}
	d := decoder{b: record}
	d.head()
	to, campaign := d.bytes(), d.bytes()
	return (f.To == "" || strings.EqualFold(string(to), f.To)) && (f.CampaignID == "" || string(campaign) == f.CampaignID)
}

func (e *Entry) has(words string) bool {
	if words == "" {
		return true
	}
	m := &e.Message
	for _, text := range []string{m.To.Email, m.To.Name, m.From.Email, m.Subject, m.Text} {
		if strings.Contains(strings.ToLower(text), words) {
			return true
		}
	}
	return false
}

// Get returns the entry with that id of the mailbox.
func (o *Outbox) Get(id string) (e Entry, found bool, err error) {
	n, err := strconv.ParseUint(id, 10, 64)
	if err != nil {
		return e, false, nil // no such id can be
	}
	key := numbered(entryPrefix, n)
	record, err := o.store.Get(key)
	if err != nil || record == nil {
		return e, false, err
	}
	e, err = decodeEntry(key, record)
	return e, err == nil, err
}

// Find returns a tenant's message by our id (msg_…).
func (o *Outbox) Find(tenant, messageID string) (e Entry, found bool, err error) {
	n, err := o.store.Get(numberKey(tenant, messageID))
	if err != nil || n == nil {
		return e, false, err
	}
	return o.Get(strconv.FormatUint(binary.BigEndian.Uint64(n), 10))
}
