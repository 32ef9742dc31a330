package cloud

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/identity"
)

// secretWait bounds the one call at the start of an instance.
const secretWait = 5 * time.Second

// keys reads the installation's secrets from the parameter of that name in the Parameter Store, a SecureString with the JSON of env.Keys. It is one signed
// request; the client of that service would be as large as all the rest of a function. Source: AWS, Systems Manager API reference, GetParameter.
func keys(ctx context.Context, cfg aws.Config, c clock.Clock, name string) (env.Keys, error) {
	ctx, cancel := context.WithTimeout(ctx, secretWait)
	defer cancel()
	body, err := json.Marshal(map[string]any{"Name": name, "WithDecryption": true})
	if err != nil {
		return env.Keys{}, err
	}
	raw, err := Call(ctx, cfg, c, "ssm", "AmazonSSM.GetParameter", body)
	if err != nil {
		return env.Keys{}, fmt.Errorf("read the secrets in %s: %w", name, err)
	}
	var out struct{ Parameter struct{ Value string } }
	if err := json.Unmarshal(raw, &out); err != nil {
		return env.Keys{}, fmt.Errorf("read the secrets in %s: %w", name, err)
	}
	return identity.ParseKeys([]byte(out.Parameter.Value))
}

// Call makes one signed request of AWS's JSON protocol and returns the answer as it stands on the wire.
func Call(ctx context.Context, cfg aws.Config, c clock.Clock, service, target string, body []byte) ([]byte, error) {
	url := fmt.Sprintf("https://%s.%s.amazonaws.com", service, cfg.Region)
	if cfg.BaseEndpoint != nil {
		url = *cfg.BaseEndpoint
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url+"/", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/x-amz-json-1.1")
	r.Header.Set("X-Amz-Target", target)
	if err := sign(ctx, cfg, c, r, service, body); err != nil {
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

func sign(ctx context.Context, cfg aws.Config, c clock.Clock, r *http.Request, service string, body []byte) error {
	who, err := cfg.Credentials.Retrieve(ctx)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(body)
	return v4.NewSigner().SignHTTP(ctx, who, r, hex.EncodeToString(sum[:]), service, cfg.Region, c.Now())
}
