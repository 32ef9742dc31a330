// Package storytest plays the stories of localstack/scenarios for a test, in whatever place they are to hold: the host, AWS's API, a deployed stage.
package storytest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/localstack/story"
)

// Stop is where a story cannot go on in a place, and why. It must come that far and no further.
type Stop struct {
	Line   int
	Reason string
	// Perhaps is for what depends on which of a function's processes answers: then the story may also be whole.
	Perhaps bool
}

// Place is where the stories are played.
type Place struct {
	Dir      string        // of the stories, from the test's own folder
	Limit    time.Duration // of one story
	Parallel bool
	Stops    map[string]Stop // by the name of the story
	// Again is why a story that failed is played once more from its beginning: what the place is known to get wrong by chance. "" is never.
	Again string
	// Text changes a story's words before it is played; nil leaves them.
	Text func(name string, data []byte) []byte
	// Open makes the place of the n-th story ready and returns who plays it there.
	Open func(t *testing.T, n int) *story.Runner
}

// Play plays every story as a subtest of its name.
func Play(t *testing.T, p Place) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(p.Dir, "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("got %d stories: %v", len(files), err)
	}
	for n, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			if p.Parallel {
				t.Parallel()
			}
			p.play(t, n, file)
		})
	}
}

func (p Place) play(t *testing.T, n int, file string) {
	if err := p.tries(t, n, file); err != nil {
		t.Error(err)
	}
}

func (p Place) tries(t *testing.T, n int, file string) error {
	err := p.once(t, n, file)
	if err == nil || p.Again == "" {
		return err
	}
	t.Logf("played once more, since %s: %v", p.Again, err)
	return p.once(t, n, file)
}

// once plays a story to its end, or to the line where it stops in this place.
func (p Place) once(t *testing.T, n int, file string) error {
	name := strings.TrimSuffix(filepath.Base(file), ".txtar")
	s, err := p.read(name, file)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(t.Context(), p.Limit)
	defer cancel()
	err = p.Open(t, n).Run(ctx, s)
	stop, stops := p.Stops[name]
	if !stops {
		return err
	}
	if err == nil && stop.Perhaps {
		return nil
	}
	if err == nil || !strings.Contains(err.Error(), fmt.Sprintf(".txtar:%d:", stop.Line)) {
		return fmt.Errorf("got %w, want a stop at line %d: %s", err, stop.Line, stop.Reason)
	}
	return nil
}

func (p Place) read(name, file string) (*story.Story, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	if p.Text != nil {
		data = p.Text(name, data)
	}
	return story.Parse(file, data)
}
