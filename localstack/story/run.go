package story

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/clock"
)

// Runner plays stories against a base address.
type Runner struct {
	Base   string // http://127.0.0.1:1234
	Client *http.Client
	Names  Names
	// Patience bounds a wait, and what a reply 429 may ask for in its Retry-After; longer than that, the reply is the step's failure.
	Patience time.Duration

	credential string
}

// NewRunner returns a Runner whose client follows no redirects and keeps cookies out: a story says what it sends.
func NewRunner(base string) *Runner {
	return &Runner{Base: base, Names: Names{"base": base}, Patience: time.Minute, Client: &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Run plays every step and stops at the first that fails.
func (r *Runner) Run(ctx context.Context, s *Story) error {
	for _, step := range s.Steps {
		if err := r.play(ctx, s, step); err != nil {
			return fmt.Errorf("%s:%d: %s %s: %w", s.Name, step.Line, step.Method, step.Target, err)
		}
	}
	return nil
}

func (r *Runner) play(ctx context.Context, s *Story, step Step) error {
	if step.As != nil {
		r.credential = *step.As
		return nil
	}
	wall := clock.System{}
	until := wall.Now().Add(r.Patience)
	for pause := firstPause; ; pause = longer(pause) {
		err := r.once(ctx, s, step)
		next, again := pause, step.Wait
		if t, ok := errors.AsType[throttled](err); ok {
			next, again = max(pause, t.after), true
		}
		if err == nil || !again || wall.Now().Add(next).After(until) || wall.Sleep(ctx, next) != nil {
			return err
		}
	}
}

func (r *Runner) once(ctx context.Context, s *Story, step Step) error {
	req, err := r.request(ctx, s, step)
	if err != nil {
		return err
	}
	resp, err := r.Client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	if resp.StatusCode != step.Status {
		return refusal(resp, step.Status, body)
	}
	r.Names["location"], r.Names["etag"] = resp.Header.Get("Location"), resp.Header.Get("ETag")
	bound := Names{}
	for k, v := range r.Names {
		bound[k] = v
	}
	for _, h := range step.Reply {
		if err := bound.text(h[0], h[1], resp.Header.Get(h[0])); err != nil {
			return err
		}
	}
	if err := bound.Match(step.Want, body); err != nil {
		return fmt.Errorf("%w\nreply: %.2000s", err, body)
	}
	r.Names = bound // names of a reply that did not match stay unbound
	return nil
}

func (r *Runner) request(ctx context.Context, s *Story, step Step) (*http.Request, error) {
	r.Names["now"] = clock.System{}.Now().UTC().Format(time.RFC3339Nano)
	body := []byte(r.Names.Fill(step.Body))
	if step.File.Name != "" {
		var err error
		if body, err = step.File.bytes(s.Files); err != nil {
			return nil, err
		}
	}
	target := r.Names.Fill(step.Target)
	if strings.HasPrefix(target, "/") {
		target = r.Base + target
	}
	req, err := http.NewRequestWithContext(ctx, step.Method, target, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	if step.File.Name == "" && len(body) > 0 {
		req.Header.Set("Content-Type", "application/json")
	}
	if token := r.Names[r.credential]; token != "" && strings.HasPrefix(target, r.Base+"/v1/") {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	for _, h := range step.Header {
		req.Header.Set(h[0], r.Names.Fill(h[1]))
	}
	return req, nil
}
