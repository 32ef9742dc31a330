package cloudstand_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/localstack/cloudstand"
	"github.com/dangol/dangol/localstack/story"
	"github.com/dangol/dangol/shared/testkit/awsplace"
)

// storyLimit is generous: an emulator writes some forty items a second.
const storyLimit = 5 * time.Minute

// stops are where a story cannot go on here, and why. It must come that far and no further.
var stops = map[string]struct {
	line   int
	reason string
}{
	"keys":            {78, "a key that another function ended is believed for up to identity.Recheck; on a laptop all functions share a process"},
	"scores-segments": {159, "LocalStack does not look at the signature of a link unless it is told to"},
}

// The stories of localstack/scenarios, word for word, over DynamoDB, SQS, S3 and SES.
func TestStories(t *testing.T) {
	cfg := awsplace.Config(t)
	files, err := filepath.Glob("../scenarios/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("got %d stories: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			s, err := story.Parse(file, data)
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), storyLimit)
			defer cancel()
			err = story.NewRunner(cloudstand.Start(t, cfg, cloudstand.Options{}).URL).Run(ctx, s)
			stop, stops := stops[strings.TrimSuffix(filepath.Base(file), ".txtar")]
			if stops && (err == nil || !strings.Contains(err.Error(), fmt.Sprintf(".txtar:%d:", stop.line))) {
				t.Errorf("got %v, want a stop at line %d: %s", err, stop.line, stop.reason)
			} else if !stops && err != nil {
				t.Error(err)
			}
		})
	}
}
