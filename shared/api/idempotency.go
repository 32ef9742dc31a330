package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/table"
)

// Reply is an answer as it is kept for a repeated request.
type Reply struct {
	Status int
	Header map[string]string // Location and ETag; Content-Type, of CSV
	Body   []byte            // JSON or empty; of CSV, its text as a JSON string
	Sealed bool              // Body is a JSON string that only the Idempotency-Key opens
	Gone   bool              // the body was too large to keep
}

// Claim is the right to carry out a request, held until its lease ends or it is completed or released.
type Claim struct {
	Key     table.Key
	Version int64
	Request string // what was asked, hashed: a key may not be used for two different requests
	Taken   time.Time
}

// IdempotencyStore keeps the claims and replies of one credential.
type IdempotencyStore interface {
	// Claim takes the key for a request. When the same request was completed it returns the reply instead of a claim. Another request under the
	// key is idempotency_key_reused, a running one idempotency_in_progress. A claim whose lease ended before now is taken over.
	Claim(ctx context.Context, key, request string, now time.Time) (*Claim, *Reply, error)
	// Completion returns the write that replaces the claim by the reply. It fails, under the label Idempotency, when the claim was taken over:
	// written together with the effect, it lets exactly one of two runs happen.
	Completion(c *Claim, r Reply) table.Op
	// Write applies a completion by itself, for a handler whose effect was not one transaction.
	Write(ctx context.Context, op table.Op) error
	// Release gives the key back, so that the request can be made again at once. A claim that is no longer held stays as it is.
	Release(ctx context.Context, c *Claim) error
}

// Idempotency labels the completion in a table.ConditionError.
const Idempotency = "idempotency"

const (
	lease   = 60 * time.Second // longer than any operation's Timeout
	kept    = 24 * time.Hour
	maxKept = 256 << 10 // bytes of a reply; the item holds 400 KB
)

// TableIdempotency keeps claims and replies in the ops table, under the tenant's own keys.
func TableIdempotency(t table.Table) func(Principal) IdempotencyStore {
	return func(p Principal) IdempotencyStore {
		return &tableStore{table: table.For(t, p.Tenant), tenant: p.Tenant, credential: p.Actor()}
	}
}

type tableStore struct {
	table              table.Table
	tenant, credential string
}

// record is the head of a stored claim.
type record struct {
	Request string            `json:"request"`
	Lease   time.Time         `json:"lease,omitzero"` // until when it runs; zero once done
	Status  int               `json:"status,omitempty"`
	Header  map[string]string `json:"header,omitempty"`
	Sealed  bool              `json:"sealed,omitempty"`
	Gone    bool              `json:"gone,omitempty"`
}

func (s *tableStore) key(key string) table.Key {
	sum := sha256.Sum256([]byte(s.credential + "\x00" + key))
	return table.Key{PK: table.Own(s.tenant) + "idem#" + hex.EncodeToString(sum[:]), SK: "idem"}
}

// Claim writes first and reads only when somebody was there before: a new key, the common case, costs one write.
func (s *tableStore) Claim(ctx context.Context, key, request string, now time.Time) (*Claim, *Reply, error) {
	c := &Claim{Key: s.key(key), Request: request, Taken: now}
	for range 3 {
		err := s.take(ctx, c)
		if !table.FailedLabel(err, Idempotency) {
			return c, nil, err
		}
		it, err := s.table.Get(ctx, table.Ops, c.Key)
		if err != nil {
			return nil, nil, fmt.Errorf("read idempotency key: %w", err)
		}
		c.Version = 0
		if it == nil {
			continue
		}
		if r, err := inspect(it, request, now); r != nil || err != nil {
			return nil, r, err
		}
		c.Version = it.Version
	}
	return nil, nil, inProgress()
}

func inProgress() error {
	return errs.New(errs.Conflict, "idempotency_in_progress").With("retryAfter", 1)
}

// take writes the claim over the version that was read; 0 is none.
func (s *tableStore) take(ctx context.Context, c *Claim) error {
	op := table.Op{Table: table.Ops, Kind: table.OpPut, If: table.IfAbsent, Label: Idempotency,
		Item: table.Item{Key: c.Key, Head: encodeRecord(record{Request: c.Request, Lease: c.Taken.Add(lease)}), Expires: c.Taken.Add(kept).Unix()}}
	if c.Version > 0 {
		op.If, op.Version = table.IfVersion, c.Version
	}
	if err := s.table.Write(ctx, op); err != nil {
		return fmt.Errorf("claim idempotency key: %w", err)
	}
	c.Version++
	return nil
}

// inspect decides about a key that is in use: the reply of the same request, a refusal, or neither when it may be taken over.
func inspect(it *table.Item, request string, now time.Time) (*Reply, error) {
	var r record
	if err := json.Unmarshal(it.Head, &r); err != nil {
		return nil, fmt.Errorf("decode idempotency key: %w", err)
	}
	switch {
	case it.Expires <= now.Unix():
		return nil, nil
	case r.Request != request:
		return nil, errs.New(errs.Invalid, "idempotency_key_reused")
	case r.Lease.IsZero():
		return &Reply{Status: r.Status, Header: r.Header, Body: it.Body, Sealed: r.Sealed, Gone: r.Gone}, nil
	case now.Before(r.Lease):
		return nil, inProgress()
	}
	return nil, nil
}

func (s *tableStore) Completion(c *Claim, r Reply) table.Op {
	done := record{Request: c.Request, Status: r.Status, Header: r.Header, Sealed: r.Sealed, Gone: r.Gone}
	return table.Op{Table: table.Ops, Kind: table.OpPut, If: table.IfVersion, Version: c.Version, Label: Idempotency,
		Item: table.Item{Key: c.Key, Head: encodeRecord(done), Body: r.Body, Expires: c.Taken.Add(kept).Unix()}}
}

func (s *tableStore) Write(ctx context.Context, op table.Op) error {
	if err := s.table.Write(ctx, op); err != nil {
		return fmt.Errorf("store idempotent reply: %w", err)
	}
	return nil
}

func (s *tableStore) Release(ctx context.Context, c *Claim) error {
	err := s.table.Write(ctx, table.Op{Table: table.Ops, Kind: table.OpDelete, If: table.IfVersion, Version: c.Version, Label: Idempotency,
		Item: table.Item{Key: c.Key}})
	var lost *table.ConditionError
	if err == nil || errors.As(err, &lost) {
		return nil
	}
	return fmt.Errorf("release idempotency key: %w", err)
}

func encodeRecord(r record) []byte {
	b, err := json.Marshal(r)
	if err != nil {
		panic(fmt.Sprintf("api: encode idempotency record: %v", err)) // strings and numbers always can be
	}
	return b
}
