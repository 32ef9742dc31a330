package scenarios_test

import (
	"testing"
	"time"

	"github.com/dangol/dangol/localstack/standtest"
	"github.com/dangol/dangol/localstack/story"
	"github.com/dangol/dangol/localstack/storytest"
)

// storyLimit is far beyond what any story takes on a busy machine.
const storyLimit = 2 * time.Minute

// Every story has a Dangol of its own, so that they run side by side and none depends on another.
func TestStories(t *testing.T) {
	storytest.Play(t, storytest.Place{Dir: ".", Limit: storyLimit, Parallel: true, Open: func(t *testing.T, _ int) *story.Runner {
		return story.NewRunner(standtest.Start(t).URL)
	}})
}
