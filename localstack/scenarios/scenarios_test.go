package scenarios_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/localstack/standtest"
	"github.com/dangol/dangol/localstack/story"
)

// storyLimit is far beyond what any story takes on a busy machine.
const storyLimit = 2 * time.Minute

// Every story has a Dangol of its own, so that they run side by side and none depends on another.
func TestStories(t *testing.T) {
	files, err := filepath.Glob("*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("got %d stories: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(file, ".txtar"), func(t *testing.T) {
			t.Parallel()
			play(t, file)
		})
	}
}

func play(t *testing.T, file string) {
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
	if err := story.NewRunner(standtest.Start(t).URL).Run(ctx, s); err != nil {
		t.Error(err)
	}
}
