package runtimetwin

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"time"
)

// Function is a bootstrap as Lambda runs it: a process is started by the first invocation, kept for the next one, ended when it is late, and replaced
// when it is gone. One invocation runs at a time.
type Function struct {
	Name        string
	Bootstrap   string   // path of the binary
	Environment []string // beside what Lambda sets; the test's own environment is not passed on
	MemoryMB    int
	Timeout     time.Duration

	mu       sync.Mutex
	instance *Instance
	starts   int
}

// ErrTimedOut is what Lambda tells of an invocation that was cut off.
var ErrTimedOut = errors.New("runtimetwin: task timed out")

// Invoke runs one event through the function.
func (f *Function) Invoke(ctx context.Context, event []byte) ([]byte, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.started(ctx); err != nil {
		return nil, err
	}
	deadline := time.Now().Add(f.Timeout)
	ctx, cancel := context.WithDeadlineCause(ctx, deadline, ErrTimedOut)
	defer cancel()
	answer, err := f.instance.Invoke(ctx, event, deadline)
	if ctx.Err() != nil || f.instance.Ended() {
		f.instance.Kill()
		f.instance = nil
	}
	return answer, err
}

// started sees to an instance that polls.
func (f *Function) started(ctx context.Context) error {
	if f.instance != nil && !f.instance.Ended() {
		return nil
	}
	i, err := Start(f.Name, f.Bootstrap, f.MemoryMB, f.Environment)
	if err != nil {
		return err
	}
	f.starts++
	if err := i.WaitReady(ctx); err != nil {
		i.Kill()
		return err
	}
	f.instance = i
	return nil
}

// Starts is how many processes were started so far.
func (f *Function) Starts() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.starts
}

// Stop ends the function's process, if there is one.
func (f *Function) Stop() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.instance != nil {
		f.instance.Kill()
		f.instance = nil
	}
}

// Instance is one process with its Runtime API.
type Instance struct {
	*Twin
	Started time.Time

	cmd    *exec.Cmd
	output lockedBuffer
	ended  chan struct{}
}

// Start starts a bootstrap with a twin of its own.
func Start(name, bootstrap string, memoryMB int, environment []string) (*Instance, error) {
	t, err := Listen()
	if err != nil {
		return nil, err
	}
	i := &Instance{Twin: t, ended: make(chan struct{})}
	i.cmd = exec.CommandContext(context.Background(), bootstrap) // its end is Kill's
	i.cmd.Env = append(append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.TempDir()}, t.Environment(name, memoryMB)...), environment...)
	i.cmd.Stdout, i.cmd.Stderr = &i.output, &i.output
	i.Started = time.Now()
	if err := i.cmd.Start(); err != nil {
		t.Close()
		return nil, fmt.Errorf("start %s: %w", bootstrap, err)
	}
	go func() {
		_ = i.cmd.Wait() // how it ended is in its output
		close(i.ended)
	}()
	return i, nil
}

// WaitReady waits until the process polls. A process that reports why it cannot, or ends before, is an error.
func (i *Instance) WaitReady(ctx context.Context) error {
	select {
	case <-i.Ready():
		return nil
	case f := <-i.FailedStart():
		return f
	case <-i.ended:
	case <-ctx.Done():
		return fmt.Errorf("wait for the first poll: %w", context.Cause(ctx))
	}
	select {
	case f := <-i.FailedStart():
		return f
	default:
		return &Failure{"Runtime.ExitError", "the process ended before it polled: " + i.Output()}
	}
}

// Invoke is Twin.Invoke that also ends with the process.
func (i *Instance) Invoke(ctx context.Context, event []byte, deadline time.Time) ([]byte, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	go func() {
		select {
		case <-i.ended:
			cancel(&Failure{"Runtime.ExitError", "the process ended during the invocation: " + i.Output()})
		case <-ctx.Done():
		}
	}()
	answer, err := i.Twin.Invoke(ctx, event, deadline)
	var failed *Failure
	if errors.As(err, &failed) && failed.Type != "Runtime.ExitError" {
		i.settle()
	}
	return answer, err
}

// settle waits a moment after a failure: a process that ends because of it does so at once, one that lives polls again.
func (i *Instance) settle() {
	select {
	case <-i.ended:
	case <-time.After(200 * time.Millisecond):
	}
}

// Ended says whether the process is gone.
func (i *Instance) Ended() bool {
	select {
	case <-i.ended:
		return true
	default:
		return false
	}
}

// PID is the process's.
func (i *Instance) PID() int { return i.cmd.Process.Pid }

// Output is what the process wrote so far: its log.
func (i *Instance) Output() string { return i.output.String() }

// Kill ends the process and its twin, and returns when both are gone.
func (i *Instance) Kill() {
	_ = i.cmd.Process.Kill() // it may be gone already
	<-i.ended
	i.Close()
}

// lockedBuffer takes what a process writes while another goroutine reads it.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
