package cloudstand_test

import (
	"testing"
	"time"

	"github.com/dangol/dangol/localstack/cloudstand"
	"github.com/dangol/dangol/localstack/story"
	"github.com/dangol/dangol/localstack/storytest"
	"github.com/dangol/dangol/shared/testkit/awsplace"
)

// storyLimit is generous: an emulator writes some forty items a second.
const storyLimit = 5 * time.Minute

// The stories of localstack/scenarios, word for word, over DynamoDB, SQS, S3 and SES.
func TestStories(t *testing.T) {
	cfg := awsplace.Config(t)
	storytest.Play(t, storytest.Place{Dir: "../scenarios", Limit: storyLimit, Stops: cloudstand.Stops, Open: func(t *testing.T, _ int) *story.Runner {
		return story.NewRunner(cloudstand.Start(t, cfg, cloudstand.Options{}).URL)
	}})
}
