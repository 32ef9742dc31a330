// Package partner is a program that speaks the public API as a stranger's would, for the tests that look at Dangol from outside.
package partner

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// Client calls one Dangol with one credential. It follows no redirects.
type Client struct {
	Base  string // http://127.0.0.1:1234
	Token string // "" calls as nobody

	http *http.Client
}

// New returns a client that nobody has signed in with.
func New(base string) *Client {
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Client{Base: base, http: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 16}, CheckRedirect: stay, Timeout: time.Minute}}
}

// With returns a client of the same Dangol with another credential.
func (c *Client) With(token string) *Client { return &Client{Base: c.Base, Token: token, http: c.http} }

// Reply is what came back.
type Reply struct {
	Status int
	Header http.Header
	Body   []byte
}

// Refusal is a reply that is no success.
type Refusal struct {
	Call string
	Reply
}

// Error names the call, the status and the beginning of the body.
func (r *Refusal) Error() string {
	return fmt.Sprintf("%s: status %d: %.600s", r.Call, r.Status, r.Body)
}

// Code is the code of err's problem document, "" when it is no refusal.
func Code(err error) string {
	var r *Refusal
	var problem struct{ Code string }
	if !errors.As(err, &r) || json.Unmarshal(r.Body, &problem) != nil {
		return ""
	}
	return problem.Code
}

// Send makes one request; the address may be a path or, as upload links are, a whole one. A body that is no []byte is sent as JSON, nil not at all.
// Header holds names and values in turn.
func (c *Client) Send(ctx context.Context, method, address string, body any, header ...string) (*Reply, error) {
	if strings.HasPrefix(address, "/") {
		address = c.Base + address
	}
	raw, isFile := body.([]byte)
	if body != nil && !isFile {
		var err error
		if raw, err = json.Marshal(body); err != nil {
			return nil, err
		}
	}
	req, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	c.dress(req, body != nil && !isFile, header)
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	return &Reply{resp.StatusCode, resp.Header, answer}, err
}

// dress sets the headers. The credential goes to the API alone: links carry their own right.
func (c *Client) dress(req *http.Request, isJSON bool, header []string) {
	if isJSON {
		req.Header.Set("Content-Type", "application/json")
	}
	if c.Token != "" && strings.HasPrefix(req.URL.Path, "/v1/") {
		req.Header.Set("Authorization", "Bearer "+c.Token)
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
}

// Call sends in and reads the reply into out; nil for neither. A status of 400 and more is a *Refusal.
func (c *Client) Call(ctx context.Context, method, address string, in, out any) error {
	reply, err := c.Send(ctx, method, address, in)
	if err != nil {
		return fmt.Errorf("%s %s: %w", method, address, err)
	}
	if reply.Status >= 400 {
		return &Refusal{method + " " + address, *reply}
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(reply.Body, out); err != nil {
		return fmt.Errorf("%s %s: %w in %.300s", method, address, err, reply.Body)
	}
	return nil
}

// Get reads a document.
func (c *Client) Get(ctx context.Context, path string, out any) error {
	return c.Call(ctx, http.MethodGet, path, nil, out)
}

// Post makes something; out may be nil.
func (c *Client) Post(ctx context.Context, path string, in, out any) error {
	return c.Call(ctx, http.MethodPost, path, in, out)
}

// Patch changes something by merge patch; out may be nil.
func (c *Client) Patch(ctx context.Context, path string, in, out any) error {
	return c.Call(ctx, http.MethodPatch, path, in, out)
}

// Await asks for the document at path until done says so, or until the context ends.
func Await[T any](ctx context.Context, c *Client, path string, done func(T) (bool, error)) (T, error) {
	for {
		var now T
		if err := c.Get(ctx, path, &now); err != nil {
			return now, err
		}
		if ok, err := done(now); ok || err != nil {
			return now, err
		}
		select {
		case <-time.After(30 * time.Millisecond):
		case <-ctx.Done():
			return now, fmt.Errorf("%s is still %+v: %w", path, now, ctx.Err())
		}
	}
}

// Each calls f for every record of a list, page by page.
func Each[T any](ctx context.Context, c *Client, path string, f func(T) error) error {
	mark := "?"
	if strings.Contains(path, "?") {
		mark = "&"
	}
	for next := path + mark + "limit=200"; next != ""; {
		var page struct {
			Data       []T
			NextCursor string
		}
		if err := c.Get(ctx, next, &page); err != nil {
			return err
		}
		for _, v := range page.Data {
			if err := f(v); err != nil {
				return err
			}
		}
		if next = ""; page.NextCursor != "" {
			next = path + mark + "limit=200&cursor=" + page.NextCursor
		}
	}
	return nil
}
