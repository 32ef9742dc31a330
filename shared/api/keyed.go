package api

import (
	"context"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"reflect"
	"strings"
	"time"

	"golang.org/x/crypto/chacha20poly1305"

	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/table"
)

// keyedCall is a call that carries an Idempotency-Key.
type keyedCall struct {
	store IdempotencyStore
	claim *Claim
	text  string // the key itself, which is kept nowhere
	done  bool   // the reply is stored
}

// keyed runs the handler; under an Idempotency-Key, at most once with effect.
func (rt *route) keyed(ctx context.Context, c *call, r *http.Request, body []byte, handle func()) {
	key := r.Header.Get("Idempotency-Key")
	if key == "" || rt.op.Method != http.MethodPost || rt.op.Public || rt.o.Idempotency == nil {
		handle()
		return
	}
	stored, err := rt.claim(ctx, c, key, r, body)
	switch {
	case err != nil:
		rt.refuse(ctx, c, err)
	case stored != nil:
		rt.replay(ctx, c, stored, key)
	default:
		c.reply.keep = true
		defer rt.settle(ctx, c)
		handle()
	}
}

func (rt *route) claim(ctx context.Context, c *call, key string, r *http.Request, body []byte) (*Reply, error) {
	if !validKey(key) {
		return nil, errs.New(errs.Malformed, "idempotency_key_invalid").Add("Idempotency-Key", "idempotency_key_invalid")
	}
	store := rt.o.Idempotency(c.principal)
	claim, stored, err := store.Claim(ctx, key, requestHash(r, body), rt.o.Clock.Now())
	if claim != nil {
		c.key = &keyedCall{store: store, claim: claim, text: key}
	}
	return stored, err
}

func validKey(key string) bool {
	for _, b := range []byte(key) {
		if b < ' ' || b > '~' {
			return false
		}
	}
	return len(key) <= 255
}

// requestHash is the same for requests that ask for the same thing.
func requestHash(r *http.Request, body []byte) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s %s?%s\n", r.Method, r.URL.EscapedPath(), r.URL.RawQuery)
	h.Write(body)
	return hex.EncodeToString(h.Sum(nil))
}

// replay sends a stored reply again.
func (rt *route) replay(ctx context.Context, c *call, s *Reply, key string) {
	if s.Gone {
		rt.refuse(ctx, c, errs.New(errs.Conflict, "idempotency_reply_gone"))
		return
	}
	if s.Sealed {
		open, err := rt.unseal(s.Body, key)
		if err != nil {
			rt.refuse(ctx, c, err)
			return
		}
		s.Body = open
	}
	if s.Header["Content-Type"] != "" {
		var text string
		if err := json.Unmarshal(s.Body, &text); err != nil {
			rt.refuse(ctx, c, fmt.Errorf("decode stored CSV: %w", err))
			return
		}
		s.Body = []byte(text)
	}
	h := c.reply.Header()
	for name, value := range s.Header {
		h.Set(name, value)
	}
	h.Set("Idempotent-Replayed", "true")
	c.reply.stored = s
	if len(s.Body) > 0 {
		h.Set("Content-Type", orElse(s.Header["Content-Type"], jsonType))
		_ = c.reply.writeAll(s.Body) // the caller is gone when this fails
	}
}

// Unit is a transaction that has not been committed: store.Tx.
type Unit interface {
	Append(ops ...table.Op)
	Commit(ctx context.Context) error
}

// Commit commits u and, when the call carries an Idempotency-Key, the reply with it: either both are stored or neither. out is the output that
// the handler is about to return, nil for none; status 0 is the operation's. What Commit stored is what the caller gets, so out must be final.
func Commit(ctx context.Context, u Unit, status int, out any) error {
	c := callOf(ctx)
	status = c.statusOr(status)
	if c.key == nil || c.key.done || isNil(out) && status != http.StatusNoContent {
		return u.Commit(ctx)
	}
	r, err := c.route.replyOf(status, out)
	if err != nil {
		return err
	}
	completion, err := c.route.completion(c.key, *r)
	if err != nil {
		return err
	}
	u.Append(completion)
	if err := u.Commit(ctx); err != nil {
		if table.FailedLabel(err, Idempotency) {
			return inProgress()
		}
		return err
	}
	c.key.done, c.reply.stored = true, r
	return nil
}

func (c *call) statusOr(status int) int {
	if status == 0 && c.route != nil {
		return c.route.op.Status
	}
	return status
}

func isNil(v any) bool {
	if v == nil {
		return true
	}
	r := reflect.ValueOf(v)
	return r.Kind() == reflect.Pointer && r.IsNil()
}

// replyOf encodes an output as it will be sent.
func (rt *route) replyOf(status int, out any) (*Reply, error) {
	r := &Reply{Status: status}
	if isNil(out) {
		return r, nil
	}
	header, body, err := rt.encode(out)
	if err != nil {
		return nil, fmt.Errorf("encode the reply of %s: %w", rt.op.ID, err)
	}
	r.Header, r.Body = header, body
	return r, nil
}

// completion is the write that stores a reply under the call's key; a secret is sealed, a very large body left out.
func (rt *route) completion(k *keyedCall, r Reply) (table.Op, error) {
	switch {
	case len(r.Body) > maxKept:
		r.Body, r.Gone = nil, true
	case rt.op.Secret && len(r.Body) > 0:
		sealed, err := rt.seal(r.Body, k.text)
		if err != nil {
			return table.Op{}, err
		}
		r.Body, r.Sealed = sealed, true
	}
	return k.store.Completion(k.claim, r), nil
}

// settle ends the claim of a call whose handler has returned or panicked. It works on when the caller has gone: an open claim would hold the
// key until its lease ends.
func (rt *route) settle(ctx context.Context, c *call) {
	if c.key.done {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := rt.end(ctx, c); err != nil {
		rt.o.Logger.LogAttrs(ctx, slog.LevelWarn, "idempotency claim left open", slog.String("requestId", c.requestID), slog.String("error", err.Error()))
	}
}

// end releases the claim of a refused request. The reply of a successful one that did not use Commit is stored now: a crash between its effect and
// here lets a repeated request run again.
func (rt *route) end(ctx context.Context, c *call) (err error) {
	if c.reply.failed || c.reply.status == 0 || c.reply.status >= 400 {
		return c.key.store.Release(ctx, c.key.claim)
	}
	r := Reply{Status: c.reply.status, Body: c.reply.kept, Header: keptHeader(c.reply.Header().Get)}
	if t := c.reply.Header().Get("Content-Type"); strings.HasPrefix(t, csvType) {
		r.Header["Content-Type"] = t
		if r.Body, err = json.Marshal(string(r.Body)); err != nil {
			return fmt.Errorf("encode stored CSV: %w", err)
		}
	}
	completion, err := rt.completion(c.key, r)
	if err != nil {
		return err
	}
	rt.o.Logger.LogAttrs(ctx, slog.LevelDebug, "reply stored after its effect", slog.String("requestId", c.requestID), slog.String("operation", rt.op.ID))
	return c.key.store.Write(ctx, completion)
}

// keptHeaders are the headers that a stored reply keeps; a cookie is never one of them.
func keptHeaders() []string { return []string{"Location", "ETag"} }

func keptHeader(get func(string) string) map[string]string {
	kept := map[string]string{}
	for _, name := range keptHeaders() {
		if v := get(name); v != "" {
			kept[name] = v
		}
	}
	return kept
}

// seal encrypts a reply with a key made of the installation's and the caller's Idempotency-Key, so that the table alone gives no secret away.
func (rt *route) seal(body []byte, key string) ([]byte, error) {
	a, err := rt.replyCipher(key)
	if err != nil {
		return nil, err
	}
	return json.Marshal(sealBytes(a, body, nil))
}

func (rt *route) unseal(stored []byte, key string) ([]byte, error) {
	a, err := rt.replyCipher(key)
	if err != nil {
		return nil, err
	}
	var sealed []byte
	if err := json.Unmarshal(stored, &sealed); err != nil {
		return nil, fmt.Errorf("decode sealed reply: %w", err)
	}
	return openBytes(a, sealed, nil)
}

func (rt *route) replyCipher(key string) (sealer, error) {
	k, err := hkdf.Key(sha256.New, rt.o.CursorKey, []byte(key), "dangol stored reply", chacha20poly1305.KeySize)
	if err != nil {
		return nil, fmt.Errorf("derive the key of a stored reply: %w", err)
	}
	return chacha20poly1305.NewX(k)
}
