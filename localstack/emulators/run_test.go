package emulators

import (
	"bytes"
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A run of each kind of command beside each kind of emulator: what its caller gets, and that nothing is left running.
func TestRun(t *testing.T) {
	for _, c := range []struct {
		name     string
		emulator string
		command  string // for sh -c
		code     int
		out      string   // what the command prints
		errs     []string // parts of the error; none is no error
		keepsLog bool
	}{
		{name: "the command reaches the emulator", emulator: "answers", command: `test "$FAKE_URL" = "$AWS_ENDPOINT_URL" && echo reached`, out: "reached\n"},
		{name: "the command starts only when the emulator answers", emulator: "answers late", command: "echo after", out: "after\n"},
		{name: "the command's exit code is passed on", emulator: "answers", command: "exit 7", code: 7, keepsLog: true},
		{name: "a signal is told as a shell tells it", emulator: "answers", command: "kill -KILL $$", code: 137, keepsLog: true},
		{name: "an emulator that dies at once shows the end of its log", emulator: "dies at once", command: "echo never", code: 1,
			errs: []string{"fake ended before it was ready", "line 40", "no module named emulator"}, keepsLog: true},
		{name: "an emulator that is never ready shows what it answers", emulator: "is never ready", command: "echo never", code: 1,
			errs: []string{"fake was not ready after 700ms", "503", "this is what it says", "fake emulator on port"}, keepsLog: true},
		{name: "an emulator that dies ends the command", emulator: "dies soon", command: "sleep 60; echo never", code: 143,
			errs: []string{"fake ended before the command did", "out of memory"}, keepsLog: true},
		{name: "an emulator that dies makes a green command red", emulator: "dies soon", command: "trap 'exit 0' TERM; sleep 60 & wait", code: 1,
			errs: []string{"fake ended before the command did", "out of memory"}, keepsLog: true},
		{name: "an emulator that does not end is killed with its children", emulator: "ignores that it should end, and so does its child",
			command: "echo ran", out: "ran\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e, port := fake(t, c.emulator)
			r, out := newRun(t, e)
			code, err := r.Command(t.Context(), []string{"sh", "-c", c.command})
			if code != c.code || out.String() != c.out {
				t.Errorf("got code %d and output %q, want %d and %q", code, out, c.code, c.out)
			}
			wantError(t, err, c.errs...)
			wantClosed(t, port())
			logs, _ := filepath.Glob(filepath.Join(r.Cache, "logs", "*"))
			if got := len(logs) > 0; got != c.keepsLog {
				t.Errorf("got logs %v, want them kept: %t", logs, c.keepsLog)
			}
		})
	}
}

func TestAFailedCommandShowsTheLogs(t *testing.T) {
	for command, shown := range map[string]bool{"exit 7": true, "exit 0": false} {
		e, _ := fake(t, "answers")
		r, _ := newRun(t, e)
		var said strings.Builder
		r.Say = &said
		_, err := r.Command(t.Context(), []string{"sh", "-c", command})
		wantError(t, err)
		if got := strings.Contains(said.String(), "fake emulator on port"); got != shown {
			t.Errorf("%s: said %q, want the log in it: %t", command, said.String(), shown)
		}
	}
}

func TestACommandThatDoesNotExistIsAnError(t *testing.T) {
	e, port := fake(t, "answers")
	r, _ := newRun(t, e)
	code, err := r.Command(t.Context(), []string{"no-such-command-here"})
	if code != 127 {
		t.Errorf("got code %d, want a shell's 127", code)
	}
	wantError(t, err, "start the command", "no-such-command-here")
	wantClosed(t, port())
}

func TestOneEmulatorThatFailsStopsTheOthers(t *testing.T) {
	good, goodPort := fake(t, "answers")
	bad, _ := fake(t, "dies at once")
	good.Name = "good"
	r, out := newRun(t, good, bad)
	_, err := r.Command(t.Context(), []string{"echo", "never"})
	wantError(t, err, "fake ended before it was ready")
	wantClosed(t, goodPort())
	if out.Len() > 0 {
		t.Errorf("the command ran: %q", out)
	}
}

// What Ctrl-C and SIGTERM do: with's main turns them into the end of the context.
func TestAnInterruptEndsTheCommandAndTheEmulators(t *testing.T) {
	for _, c := range []struct {
		name string
		argv []string
		code int
	}{
		{"a command", []string{"sh", "-c", "echo started; sleep 60; echo never"}, 143},
		{"a command that ignores it", []string{"sh", "-c", "trap '' TERM; echo started; sleep 60 & wait; sleep 60; echo never"}, 137},
		{"no command: the addresses are shown until then", nil, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e, port := fake(t, "answers")
			ctx, cancel := context.WithCancel(t.Context())
			r, out := newRun(t, e)
			r.Out = interrupt{out, cancel}
			code, err := r.Command(ctx, c.argv)
			if code != c.code || err != nil {
				t.Errorf("got code %d, error %v; want %d", code, err, c.code)
			}
			if strings.Contains(out.String(), "never") {
				t.Errorf("the command went on: %q", out)
			}
			wantClosed(t, port())
		})
	}
}

func TestAnInterruptBeforeTheEmulatorIsReadySaysSo(t *testing.T) {
	e, port := fake(t, "is never ready")
	r, _ := newRun(t, e)
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	_, err := r.Command(ctx, []string{"echo", "never"})
	wantError(t, err, "wait for fake: context deadline exceeded")
	wantClosed(t, port())
}

// interrupt cancels as soon as something was printed.
type interrupt struct {
	out    *bytes.Buffer
	cancel func()
}

func (i interrupt) Write(p []byte) (int, error) {
	defer i.cancel()
	return i.out.Write(p)
}

func newRun(t *testing.T, use ...Emulator) (r Run, out *bytes.Buffer) {
	out = &bytes.Buffer{}
	return Run{Use: use, Cache: t.TempDir(), Say: t.Output(), Out: out, Err: os.Stderr, Patience: patienceOf(use), Grace: 300 * time.Millisecond}, out
}

// patienceOf is long for a fake that will answer, on a busy machine too.
func patienceOf(use []Emulator) time.Duration {
	for _, e := range use {
		for _, v := range e.Launch(Place{}).Env {
			if v == "FAKE=is never ready" {
				return 700 * time.Millisecond
			}
		}
	}
	return 30 * time.Second
}

func wantError(t *testing.T, err error, parts ...string) {
	t.Helper()
	if len(parts) == 0 && err != nil {
		t.Errorf("got error %v, want none", err)
	}
	for _, part := range parts {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("got error %v, want %q in it", err, part)
		}
	}
}

func wantClosed(t *testing.T, port string) {
	t.Helper()
	for range 40 { // a process that was killed takes a moment to be gone
		c, err := net.Dial("tcp", "127.0.0.1:"+port)
		if err != nil {
			return
		}
		_ = c.Close()
		time.Sleep(50 * time.Millisecond)
	}
	t.Errorf("something still answers on port %s", port)
}
