package storytest

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/localstack/story"
)

// A place that answers wrongly by chance is asked once more, and no oftener; one that is not known to is not.
func TestAStoryIsPlayedOnceMoreOnlyWhereChanceIsKnown(t *testing.T) {
	for name, c := range map[string]struct {
		again string
		wrong int // answers that are wrong before the right one
		plays int
		holds bool
	}{
		"right at once":       {again: "of chance", plays: 1, holds: true},
		"wrong by chance":     {again: "of chance", wrong: 1, plays: 2, holds: true},
		"wrong for good":      {again: "of chance", wrong: 9, plays: 2},
		"wrong without leave": {wrong: 1, plays: 1},
	} {
		t.Run(name, func(t *testing.T) {
			plays := 0
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				if plays++; plays <= c.wrong {
					w.WriteHeader(http.StatusTeapot)
				}
			}))
			t.Cleanup(s.Close)
			p := Place{Limit: time.Minute, Again: c.again, Open: func(*testing.T, int) *story.Runner { return story.NewRunner(s.URL) }}
			err := p.tries(t, 0, write(t, "GET /\n=> 200\n"))
			if (err == nil) != c.holds || plays != c.plays {
				t.Errorf("got %v after %d plays, want it to hold: %v after %d", err, plays, c.holds, c.plays)
			}
		})
	}
}

// A story that stops elsewhere than it is known to, or no longer stops, fails.
func TestAStopIsHeldToItsLine(t *testing.T) {
	s := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(s.Close)
	for line, want := range map[int]bool{1: true, 4: false} {
		p := Place{Limit: time.Minute, Stops: map[string]Stop{"one": {Line: line, Reason: "nothing is there"}},
			Open: func(*testing.T, int) *story.Runner { return story.NewRunner(s.URL) }}
		err := p.tries(t, 0, write(t, "GET /\n=> 200\n\nGET /\n=> 404\n"))
		if (err == nil) != want {
			t.Errorf("a stop at line %d: got %v", line, err)
		}
		if err != nil && !strings.Contains(err.Error(), "nothing is there") {
			t.Errorf("the reason is lost: %v", err)
		}
	}
}

// What depends on who answers may stop at its line or be whole, and stops nowhere else.
func TestAStopThatIsNotSure(t *testing.T) {
	s := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(s.Close)
	for text, want := range map[string]bool{"GET /\n=> 404\n": true, "GET /\n=> 200\n": true, "GET /\n=> 404\n\nGET /\n=> 200\n": false} {
		p := Place{Limit: time.Minute, Stops: map[string]Stop{"one": {Line: 1, Reason: "chance", Perhaps: true}},
			Open: func(*testing.T, int) *story.Runner { return story.NewRunner(s.URL) }}
		if err := p.tries(t, 0, write(t, text)); (err == nil) != want {
			t.Errorf("%q: got %v", text, err)
		}
	}
}

func write(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "one.txtar")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}
