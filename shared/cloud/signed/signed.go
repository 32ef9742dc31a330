// Package signed makes single requests of AWS services whose clients would weigh more than the call: a client's tables are set up at every cold start.
package signed

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"

	"github.com/dangol/dangol/shared/clock"
)

// mostRead bounds what is read of an answer unless the caller says otherwise.
const mostRead = 1 << 20

// Caller makes requests of one service, with the credentials, the region and, if there is one, the endpoint of its configuration.
type Caller struct {
	Service string // as it is signed and as its host begins: ssm, sts, lambda
	Config  aws.Config
	Clock   clock.Clock
	Most    int64 // bytes that are read of an answer; 0 is a megabyte
}

// Answer is what came back, whether or not it is what was wanted.
type Answer struct {
	Code   int
	Status string // the code with its words
	Header http.Header
	Body   []byte
}

// JSON calls an operation of AWS's JSON protocol and returns the answer as it stands on the wire. An answer other than 200 is an error with its text.
func (c Caller) JSON(ctx context.Context, target string, body []byte) ([]byte, error) {
	return c.post(ctx, http.Header{"Content-Type": {"application/x-amz-json-1.1"}, "X-Amz-Target": {target}}, body)
}

// Query calls an operation of AWS's query protocol, whose answer is XML.
func (c Caller) Query(ctx context.Context, form url.Values) ([]byte, error) {
	return c.post(ctx, http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}, []byte(form.Encode()))
}

func (c Caller) post(ctx context.Context, h http.Header, body []byte) ([]byte, error) {
	a, err := c.Send(ctx, http.MethodPost, "/", h, body)
	if err == nil && a.Code != http.StatusOK {
		err = fmt.Errorf("%s: %s", a.Status, bytes.TrimSpace(a.Body))
	}
	return a.Body, err
}

// Send makes one request of any protocol, once. The path may have a query. An error is that no whole answer came.
func (c Caller) Send(ctx context.Context, method, path string, h http.Header, body []byte) (Answer, error) {
	r, err := http.NewRequestWithContext(ctx, method, c.endpoint()+path, bytes.NewReader(body))
	if err != nil {
		return Answer{}, err
	}
	if h != nil {
		r.Header = h
	}
	if err := c.sign(ctx, r, body); err != nil {
		return Answer{}, err
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return Answer{}, err
	}
	defer answer.Body.Close()
	got, err := io.ReadAll(io.LimitReader(answer.Body, cmp.Or(c.Most, mostRead)))
	return Answer{answer.StatusCode, answer.Status, answer.Header, got}, err
}

// endpoint is the region's, which for STS too is the one that AWS recommends over the global one (IAM User Guide, "Manage AWS STS in an AWS Region").
func (c Caller) endpoint() string {
	if c.Config.BaseEndpoint != nil {
		return *c.Config.BaseEndpoint
	}
	return fmt.Sprintf("https://%s.%s.amazonaws.com", c.Service, c.Config.Region)
}

func (c Caller) sign(ctx context.Context, r *http.Request, body []byte) error {
	who, err := c.Config.Credentials.Retrieve(ctx)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(body)
	return v4.NewSigner().SignHTTP(ctx, who, r, hex.EncodeToString(sum[:]), c.Service, c.Config.Region, c.Clock.Now())
}
