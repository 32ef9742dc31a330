package emulators

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// part counts how often it is filled. It finds its folder empty every time.
func part(t *testing.T, filled *atomic.Int32, err error) Part {
	return Part{Name: "thing", Version: "1.2.3", Pins: "thing==1.2.3", Fill: func(_ context.Context, in installation) error {
		filled.Add(1)
		if left, _ := os.ReadDir(in.dir); len(left) > 0 {
			t.Errorf("the folder to fill holds %v", left)
		}
		return errors.Join(in.write("half", "of it"), err)
	}}
}

func TestInstallationIsRepeatable(t *testing.T) {
	var filled atomic.Int32
	good, broken := part(t, &filled, nil), part(t, &filled, errors.New("the line is down"))
	newer := good
	newer.Pins = "thing==1.2.3 other==2"
	cache := t.TempDir()
	for _, step := range []struct {
		name   string
		part   Part
		fails  string
		filled int32 // so often until now
	}{
		{"an installation that breaks off leaves nothing that counts", broken, "install thing 1.2.3: the line is down", 1},
		{"the next one begins anew", good, "", 2},
		{"one that is complete is left alone", good, "", 2},
		{"other pins are another installation", newer, "", 3},
		{"which leaves the first as it was", good, "", 3},
	} {
		err := step.part.Install(t.Context(), cache, t.Output())
		if step.fails == "" {
			wantError(t, err)
		} else {
			wantError(t, err, step.fails)
		}
		if got := filled.Load(); got != step.filled {
			t.Errorf("%s: filled %d times until now, want %d", step.name, got, step.filled)
		}
	}
}

func TestOfTwoWhoInstallAtOnceOneDoes(t *testing.T) {
	var filled atomic.Int32
	p, cache := part(t, &filled, nil), t.TempDir()
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() { wantError(t, p.Install(t.Context(), cache, t.Output())) })
	}
	all.Wait()
	if got := filled.Load(); got != 1 {
		t.Errorf("filled %d times, want once", got)
	}
}

func TestWaitingForAnotherInstallationCanBeInterrupted(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	held, err := lock(t.Context(), path)
	wantError(t, err)
	defer held.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err = lock(ctx, path)
	wantError(t, err, "deadline")
}

func TestAMissingToolStopsAnInstallationBeforeItBegins(t *testing.T) {
	var filled atomic.Int32
	p := part(t, &filled, nil)
	p.Needs = []Tool{{Name: "no-such-tool", Hint: "a tool: Debian has it as 'tool'"}}
	wantError(t, p.Install(t.Context(), t.TempDir(), t.Output()), "dangol's emulators need a tool: Debian has it as 'tool'")
	if filled.Load() > 0 {
		t.Error("the part was filled")
	}
}

// pip starts programs of its own: when the installation is interrupted they must not go on to write.
func TestAnInterruptedInstallationLeavesNothingRunning(t *testing.T) {
	cache := t.TempDir()
	p := Part{Name: "thing", Version: "1", Fill: func(ctx context.Context, in installation) error {
		return in.do(ctx, "sh", "-c", "(sleep 1; touch late) & wait")
	}}
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	wantError(t, p.Install(ctx, cache, t.Output()), "install thing 1: sh: context deadline exceeded")
	time.Sleep(1200 * time.Millisecond)
	if exists(filepath.Join(cache, p.Folder(), "late")) {
		t.Error("a program of the installation went on")
	}
}

func TestAFailedInstallationShowsWhatItsProgramSaid(t *testing.T) {
	p := Part{Name: "thing", Version: "1", Fill: func(ctx context.Context, in installation) error {
		return in.do(ctx, "sh", "-c", "echo no matching distribution >&2; exit 1")
	}}
	wantError(t, p.Install(t.Context(), t.TempDir(), t.Output()), "install thing 1: sh: exit status 1\nno matching distribution")
}

func TestADownloadThatFailsIsTriedOnceMore(t *testing.T) {
	for _, c := range []struct {
		name  string
		works int // the first time that works
		fails string
	}{
		{"the first time", 1, ""},
		{"the second time", 2, ""},
		{"later than that", 3, "sh: exit status 9\ntime 2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var said strings.Builder
			in := installation{dir: t.TempDir(), say: &said, rest: time.Millisecond}
			err := in.fetch(t.Context(), "sh", "-c", fmt.Sprintf(`echo >> times; n=$(wc -l < times); echo time $n; test $n -ge %d || exit 9`, c.works))
			if c.fails == "" {
				wantError(t, err)
			} else {
				wantError(t, err, c.fails)
			}
			times, _ := os.ReadFile(filepath.Join(in.dir, "times"))
			if want := min(c.works, 2); len(times) != want {
				t.Errorf("ran %d times, want %d", len(times), want)
			}
			if told := strings.Contains(said.String(), "once more, after sh: exit status 9\ntime 1"); told != (c.works > 1) {
				t.Errorf("said %q", said.String())
			}
		})
	}
}

func TestAnInterruptedDownloadIsNotTriedAgain(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	in := installation{dir: t.TempDir(), say: t.Output()}
	wantError(t, in.fetch(ctx, "sh", "-c", "echo >> times; sleep 30"), "deadline")
	if times, _ := os.ReadFile(filepath.Join(in.dir, "times")); len(times) != 1 {
		t.Errorf("ran %d times, want once", len(times))
	}
}

// As after kill -9: the program that was started goes on alone, and the next installation waits for it.
func TestAProgramThatOutlivesItsInstallationHoldsTheLock(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	held, err := lock(t.Context(), path)
	wantError(t, err)
	in := installation{dir: t.TempDir(), lock: held}
	wantError(t, in.do(t.Context(), "sh", "-c", "sleep 1 >/dev/null 2>&1 &"))
	held.Close()
	began := time.Now()
	again, err := lock(t.Context(), path)
	wantError(t, err)
	defer again.Close()
	if waited := time.Since(began); waited < 500*time.Millisecond {
		t.Errorf("had the lock after %s, while the program still ran", waited)
	}
}
