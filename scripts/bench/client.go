package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// client speaks the public API as a partner's program would: net/http, JSON, an API key.
type client struct {
	base  string
	token string
	http  *http.Client
}

func newClient(base string) *client {
	t := &http.Transport{MaxIdleConns: 64, MaxIdleConnsPerHost: 64, DisableCompression: true}
	return &client{base: base, http: &http.Client{Transport: t, Timeout: 2 * time.Minute}}
}

// signUp makes a workspace and goes on with an API key, since access tokens end within the run.
func (c *client) signUp(ctx context.Context, email string) error {
	var made struct {
		AccessToken string `json:"accessToken"`
	}
	err := c.do(ctx, http.MethodPost, "/v1/signup", map[string]any{"email": email, "password": "a bench has no secrets 1", "company": "Bench",
		"language": "ko", "timeZone": "Asia/Seoul", "currency": "KRW"}, &made)
	if err != nil {
		return err
	}
	c.token = made.AccessToken
	var key struct {
		Key string `json:"key"`
	}
	err = c.do(ctx, http.MethodPost, "/v1/api-keys", map[string]any{"name": "bench", "scopes": scopes()}, &key)
	c.token = key.Key
	return err
}

func scopes() (all []string) {
	for _, noun := range []string{"customers", "orders", "imports", "segments", "templates", "campaigns", "jobs"} {
		all = append(all, noun+":read", noun+":write")
	}
	return all
}

// refusal is an answer that is not the expected one.
type refusal struct {
	status int
	text   string
}

func (r *refusal) Error() string { return fmt.Sprintf("status %d: %.400s", r.status, r.text) }

// do sends in as JSON and reads the answer into out; nil for neither.
func (c *client) do(ctx context.Context, method, path string, in, out any) error {
	var body io.Reader
	if in != nil {
		text, err := json.Marshal(in)
		if err != nil {
			return err
		}
		body = bytes.NewReader(text)
	}
	answer, err := c.send(ctx, method, path, "application/json", body)
	if err != nil {
		return fmt.Errorf("%s %s: %w", method, path, err)
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(answer, out)
}

// send makes one request with a body of the type.
func (c *client) send(ctx context.Context, method, path, contentType string, body io.Reader) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, method, c.address(path), body)
	if err != nil {
		return nil, err
	}
	if body != nil {
		req.Header.Set("Content-Type", contentType)
	}
	return c.exchange(req)
}

// exchange sends the request with the key, unless it goes to a link, which carries its own right.
func (c *client) exchange(req *http.Request) ([]byte, error) {
	if c.token != "" && strings.HasPrefix(req.URL.Path, "/v1/") {
		req.Header.Set("Authorization", "Bearer "+c.token)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode >= 300 {
		return nil, &refusal{resp.StatusCode, string(answer)}
	}
	return answer, nil
}

// address resolves a path; an upload link may come whole.
func (c *client) address(path string) string {
	if strings.HasPrefix(path, "http://") || strings.HasPrefix(path, "https://") {
		return path
	}
	return c.base + path
}

// await asks every few milliseconds until the answer at path satisfies done.
func await[T any](ctx context.Context, c *client, path string, every time.Duration, done func(T) (bool, error)) (T, error) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		var now T
		if err := c.do(ctx, http.MethodGet, path, nil, &now); err != nil {
			return now, err
		}
		if ok, err := done(now); ok || err != nil {
			return now, err
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return now, ctx.Err()
		}
	}
}
