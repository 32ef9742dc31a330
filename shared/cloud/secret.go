package cloud

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/cloud/signed"
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
	raw, err := signed.Caller{Service: "ssm", Config: cfg, Clock: c}.JSON(ctx, "AmazonSSM.GetParameter", body)
	if err != nil {
		return env.Keys{}, fmt.Errorf("read the secrets in %s: %w", name, err)
	}
	var out struct{ Parameter struct{ Value string } }
	if err := json.Unmarshal(raw, &out); err != nil {
		return env.Keys{}, fmt.Errorf("read the secrets in %s: %w", name, err)
	}
	return identity.ParseKeys([]byte(out.Parameter.Value))
}
