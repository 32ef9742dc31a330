package iamproxy_test

import (
	"os"
	"path"
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/dangol/dangol/localstack/cloudstand"
	"github.com/dangol/dangol/localstack/iamproxy"
	"github.com/dangol/dangol/localstack/story"
	"github.com/dangol/dangol/localstack/storytest"
	"github.com/dangol/dangol/shared/testkit/awsplace"
)

// storyLimit is generous: every call goes through the proxy to an emulator.
const storyLimit = 5 * time.Minute

// The stories of localstack/scenarios over an emulator, each function with the rights that the synthesised template gives it and no others.
func TestStoriesWithinTheirRights(t *testing.T) {
	cfg := awsplace.Config(t)
	file := os.Getenv("DANGOL_TEMPLATE")
	if file == "" {
		t.Skip("no template: `make synth`, then DANGOL_TEMPLATE=$PWD/infra/cdk.out/dangol-dev-stack.template.json")
	}
	storytest.Play(t, storytest.Place{Dir: "../scenarios", Limit: storyLimit, Stops: cloudstand.Stops, Open: func(t *testing.T, _ int) *story.Runner {
		p := before(t, cfg, file)
		s := cloudstand.Start(t, cfg, cloudstand.Options{Settings: p.Settings})
		t.Cleanup(func() { // before the stand ends
			for _, d := range append(unforged(t, p.Denied()), p.FiledElsewhere()...) {
				t.Error(d)
			}
			if len(p.Records()) == 0 {
				t.Error("no call went through the proxy")
			}
		})
		return story.NewRunner(s.URL)
	}})
}

// forged counts the links that a story changes to see them refused.
var forged = map[string]int{"scores-segments": 1}

// unforged returns the denials that no story asked for.
func unforged(t *testing.T, denied []iamproxy.Record) []iamproxy.Record {
	t.Helper()
	found, want := 0, forged[path.Base(t.Name())]
	rest := slices.DeleteFunc(denied, func(r iamproxy.Record) bool {
		is := found < want && r.Service == "s3" && r.Why == "the signature does not match the request"
		if is {
			found++
		}
		return is
	})
	if found != want {
		t.Errorf("%d changed links were refused, want %d", found, want)
	}
	return rest
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
