package main

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	"github.com/aws/aws-sdk-go-v2/service/ssm/types"

	"github.com/dangol/dangol/infra/stage"
	"github.com/dangol/dangol/shared/identity"
)

// begin makes the stage's secrets if they are not there: the keys, which functions read, and the proof that a request came through CloudFront. Made again they
// would log everyone out and break the links in mails that were sent, so that what is there is never touched.
func (p *place) begin(ctx context.Context) error {
	keys, err := identity.NewKeys()
	if err != nil {
		return err
	}
	text, err := json.Marshal(keys)
	if err != nil {
		return fmt.Errorf("encode the keys: %w", err)
	}
	proof := make([]byte, 32)
	rand.Read(proof) // never fails
	return errors.Join(
		p.putOnce(ctx, stage.Keys(p.stage), types.ParameterTypeSecureString, string(text)),
		p.putOnce(ctx, stage.Edge(p.stage), types.ParameterTypeString, base64.RawURLEncoding.EncodeToString(proof)),
	)
}

func (p *place) putOnce(ctx context.Context, name string, kind types.ParameterType, value string) error {
	_, err := p.params.PutParameter(ctx, &ssm.PutParameterInput{Name: aws.String(name), Type: kind, Value: aws.String(value), Overwrite: aws.Bool(false)})
	var there *types.ParameterAlreadyExists
	if errors.As(err, &there) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("make %s: %w", name, err)
	}
	fmt.Println("made", name)
	return nil
}

// forget deletes the secrets after a destroy. Production's are kept with its data: without the pepper no API key of a restored table would work.
func (p *place) forget(ctx context.Context) error {
	if p.stage == stage.Production {
		fmt.Println("kept", stage.Keys(p.stage), "and", stage.Edge(p.stage))
		return nil
	}
	for _, name := range []string{stage.Keys(p.stage), stage.Edge(p.stage)} {
		_, err := p.params.DeleteParameter(ctx, &ssm.DeleteParameterInput{Name: aws.String(name)})
		var gone *types.ParameterNotFound
		if err != nil && !errors.As(err, &gone) {
			return fmt.Errorf("delete %s: %w", name, err)
		}
		fmt.Println("deleted", name)
	}
	return nil
}

// bootstrapParameter is where `cdk bootstrap` writes its version. Source: AWS, CDK developer guide, "Bootstrap your environment".
const bootstrapParameter = "/cdk-bootstrap/hnb659fds/version"

// bootstrapped fails when the account has not been prepared for the CDK in this region.
func (p *place) bootstrapped(ctx context.Context) error {
	if _, err := p.params.GetParameter(ctx, &ssm.GetParameterInput{Name: aws.String(bootstrapParameter)}); err != nil {
		return fmt.Errorf("the CDK is not at home in %s yet: %w", p.region, err)
	}
	return nil
}
