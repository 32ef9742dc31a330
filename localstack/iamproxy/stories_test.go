package iamproxy_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/dangol/dangol/localstack/cloudstand"
	"github.com/dangol/dangol/localstack/iamproxy"
	"github.com/dangol/dangol/localstack/story"
	"github.com/dangol/dangol/shared/testkit/awsplace"
)

// The stories of localstack/scenarios over an emulator, each function with the rights that the synthesised template gives it and no others.
func TestStoriesWithinTheirRights(t *testing.T) {
	cfg := awsplace.Config(t)
	file := os.Getenv("DANGOL_TEMPLATE")
	if file == "" {
		t.Skip("no template: `make synth`, then DANGOL_TEMPLATE=$PWD/infra/cdk.out/dangol-dev-stack.template.json")
	}
	stories, err := filepath.Glob("../scenarios/*.txtar")
	if err != nil || len(stories) == 0 {
		t.Fatalf("got %d stories: %v", len(stories), err)
	}
	for _, path := range stories {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			s, err := story.Parse(path, data)
			if err != nil {
				t.Fatal(err)
			}
			p := before(t, cfg, file)
			if err := story.NewRunner(cloudstand.Start(t, cfg, cloudstand.Options{Settings: p.Settings}).URL).Run(t.Context(), s); err != nil {
				t.Error(err)
			}
			for _, d := range p.Denied() {
				t.Error(d)
			}
			if len(p.Records()) == 0 {
				t.Error("no call went through the proxy")
			}
		})
	}
}

// before starts a proxy before the emulator, with the rights of the template.
func before(t *testing.T, cfg aws.Config, template string) *iamproxy.Proxy {
	t.Helper()
	w, err := iamproxy.Read(template, iamproxy.Place{Region: cfg.Region})
	if err != nil {
		t.Fatal(err)
	}
	p, err := iamproxy.New(iamproxy.Options{World: w, Upstream: aws.ToString(cfg.BaseEndpoint)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Listen(t.Context()); err != nil {
		t.Fatal(err)
	}
	return p
}
