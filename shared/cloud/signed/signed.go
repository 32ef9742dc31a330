// Package signed makes single requests of AWS services whose clients would weigh more than the call: a client's tables are set up at every cold start.
package signed

import (
	"bytes"
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

// Caller makes requests of one service, with the credentials, the region and, if there is one, the endpoint of its configuration.
type Caller struct {
	Service string // as it is signed and as its host begins: ssm, sts
	Config  aws.Config
	Clock   clock.Clock
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
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.endpoint()+"/", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header = h
	if err := c.sign(ctx, r, body); err != nil {
		return nil, err
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	got, err := io.ReadAll(io.LimitReader(answer.Body, 1<<20))
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", answer.Status, bytes.TrimSpace(got))
	}
	return got, err
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
