package emulators

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"time"
)

// A Run starts emulators, runs a command beside them, and stops them.
type Run struct {
	Use      []Emulator
	Cache    string        // folder for installations and logs, absolute
	Say      io.Writer     // what the run itself has to tell
	Out, Err io.Writer     // the command's output
	Patience time.Duration // until an emulator must answer; zero is two minutes
	Grace    time.Duration // to end before being killed; zero is ten seconds
}

// Command installs what is missing and runs argv with the emulators' addresses in its environment; without argv it prints the addresses and waits
// until ctx is done. When ctx is done, or an emulator ends, the command is ended too. It returns the command's exit code, as a shell gives it (128 +
// the signal that ended it). An error says that the emulators or the command could not be started, or that an emulator ended early.
func (r Run) Command(ctx context.Context, argv []string) (code int, err error) {
	if err := r.install(ctx); err != nil {
		return 1, err
	}
	scratch, err := os.MkdirTemp("", "dangol-emulators-")
	if err != nil {
		return 1, err
	}
	defer os.RemoveAll(scratch)
	s := &session{Run: r, scratch: scratch}
	defer s.stop()
	if err := s.start(ctx); err != nil {
		return 1, err
	}
	beside, cancel := s.whileAllRun(ctx)
	defer cancel()
	code, err = r.command(beside, argv, exports(r.Use, s.places))
	return s.judge(code, err)
}

func (r Run) install(ctx context.Context) error {
	for _, e := range r.Use {
		if err := Need(ctx, e.Needs...); err != nil {
			return err
		}
		for _, part := range e.Parts {
			if err := part.Install(ctx, r.Cache, r.Say); err != nil {
				return err
			}
		}
	}
	return nil
}

// command runs argv in its own process group, so that its children end with it. It has no terminal to read from.
func (r Run) command(ctx context.Context, argv, vars []string) (int, error) {
	if len(argv) == 0 {
		for _, v := range vars {
			fmt.Fprintln(r.Out, "export "+v)
		}
		<-ctx.Done()
		return 0, nil
	}
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...)
	cmd.Env, cmd.Stdout, cmd.Stderr = append(withoutAWS(os.Environ()), vars...), r.Out, r.Err
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { killGroup(cmd.Process.Pid, syscall.SIGTERM); return nil }
	cmd.WaitDelay = r.grace()
	err := cmd.Run()
	if cmd.Process != nil {
		killGroup(cmd.Process.Pid, syscall.SIGKILL)
	}
	return exitCode(cmd, err)
}

// exitCode is what a shell would say; an error is only that the command could not be run.
func exitCode(cmd *exec.Cmd, err error) (int, error) {
	if cmd.ProcessState == nil {
		return 127, fmt.Errorf("start the command: %w", err)
	}
	if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return 128 + int(status.Signal()), nil
	}
	return cmd.ProcessState.ExitCode(), nil
}

func (r Run) patience() time.Duration { return orElse(r.Patience, 2*time.Minute) }
func (r Run) grace() time.Duration    { return orElse(r.Grace, 10*time.Second) }

func orElse(d, otherwise time.Duration) time.Duration {
	if d == 0 {
		return otherwise
	}
	return d
}

// A session is the emulators of one run. places and processes stand in the order of Use.
type session struct {
	Run
	scratch   string
	places    []Place
	processes []*process
}

// start starts the emulators and waits for all of them together.
func (s *session) start(ctx context.Context) error {
	for _, e := range s.Use {
		if err := s.launch(ctx, e); err != nil {
			return err
		}
	}
	began, took, errs := time.Now(), make([]time.Duration, len(s.Use)), make([]error, len(s.Use))
	var all sync.WaitGroup
	for i, e := range s.Use {
		all.Go(func() {
			errs[i] = s.processes[i].await(ctx, e.Ready, s.places[i].URL(), s.patience())
			took[i] = time.Since(began)
		})
	}
	all.Wait()
	for i, e := range s.Use {
		if errs[i] == nil {
			fmt.Fprintf(s.Say, "%s answers at %s after %.1f s\n", e.Name, s.places[i].URL(), took[i].Seconds())
		}
	}
	return errors.Join(errs...)
}

func (s *session) launch(ctx context.Context, e Emulator) error {
	port, err := freePort()
	if err != nil {
		return err
	}
	at := Place{Cache: s.Cache, Scratch: filepath.Join(s.scratch, e.Name), Port: port}
	logs := filepath.Join(s.Cache, "logs")
	if err := errors.Join(os.Mkdir(at.Scratch, 0o755), os.MkdirAll(logs, 0o755)); err != nil {
		return err
	}
	p, err := start(ctx, e.Name, e.Launch(at), filepath.Join(logs, fmt.Sprintf("%s-%d.log", e.Name, port)))
	if err != nil {
		return err
	}
	s.places, s.processes = append(s.places, at), append(s.processes, p)
	return nil
}

// whileAllRun is done as soon as an emulator has ended: what the command found afterwards would be of no use, and could take it long.
func (s *session) whileAllRun(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	for _, p := range s.processes {
		go func() {
			<-p.ended // at the latest when stop has ended it
			cancel()
		}()
	}
	return ctx, cancel
}

// judge adds to the command's result what became of the emulators. Their logs are shown and kept only when something failed.
func (s *session) judge(code int, err error) (int, error) {
	for _, p := range s.processes {
		if p.gone() {
			err = errors.Join(err, p.failed("ended before the command did"))
		}
	}
	if err != nil {
		return max(code, 1), err
	}
	for _, p := range s.processes {
		if code == 0 {
			os.Remove(p.log)
		} else {
			fmt.Fprintln(s.Say, p.failed("was there when the command failed"))
		}
	}
	return code, nil
}

// stop ends all emulators side by side.
func (s *session) stop() {
	var all sync.WaitGroup
	for _, p := range s.processes {
		all.Go(func() { p.stop(s.grace()) })
	}
	all.Wait()
}
