package emulators

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// A Probe is a request that an emulator answers with 200 once it works.
type Probe struct {
	Method, Path, Body string
	Header             map[string]string
}

// await asks until the emulator answers, has ended, or patience is over.
func (p *process) await(ctx context.Context, probe Probe, url string, patience time.Duration) error {
	wait, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		answer := probe.ask(wait, url)
		switch {
		case ctx.Err() != nil:
			return fmt.Errorf("wait for %s: %w", p.name, ctx.Err())
		case p.gone(): // first: another program may have answered on the port that this one could not have
			return p.failed("ended before it was ready")
		case answer == nil:
			return nil
		case !pause(wait, 100*time.Millisecond) && ctx.Err() == nil:
			return p.failed(fmt.Sprintf("was not ready after %s (last answer: %s)", patience, answer))
		}
	}
}

// ask sends the probe once; nil is the answer that was hoped for.
func (p Probe) ask(ctx context.Context, url string) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second) // LocalStack answers the first call when the DynamoDB inside has started
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, p.Method, url+p.Path, strings.NewReader(p.Body))
	if err != nil {
		return err
	}
	for name, value := range p.Header {
		req.Header.Set(name, value)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		body, _ := io.ReadAll(io.LimitReader(res.Body, 500))
		return fmt.Errorf("%s: %s", res.Status, body)
	}
	return nil
}
