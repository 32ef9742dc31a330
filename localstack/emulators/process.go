package emulators

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// A process is a started emulator, the leader of its own group: a Ctrl-C at the terminal does not reach it before the command is done.
type process struct {
	name  string
	log   string // path of what it prints
	cmd   *exec.Cmd
	ended chan struct{} // closed when it is gone
}

// start runs the emulator; its output goes to the file log.
func start(ctx context.Context, name string, l Launch, log string) (*process, error) {
	out, err := os.Create(log)
	if err != nil {
		return nil, err
	}
	defer out.Close()
	cmd := exec.CommandContext(context.WithoutCancel(ctx), l.Args[0], l.Args[1:]...) // stop ends it, gently first
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = l.Dir, append(withoutAWS(os.Environ()), l.Env...), out, out
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	p := &process{name: name, log: log, cmd: cmd, ended: make(chan struct{})}
	go func() {
		_ = cmd.Wait() // how it ended is in cmd.ProcessState
		close(p.ended)
	}()
	return p, nil
}

// stop asks the emulator to end, waits for so long, and then kills what is left of its group.
func (p *process) stop(grace time.Duration) {
	_ = p.cmd.Process.Signal(syscall.SIGTERM) // it may be gone
	select {
	case <-p.ended:
	case <-time.After(grace):
	}
	killGroup(p.cmd.Process.Pid, syscall.SIGKILL)
	<-p.ended
}

func (p *process) gone() bool {
	select {
	case <-p.ended:
		return true
	default:
		return false
	}
}

// failed is an error with the end of the log.
func (p *process) failed(what string) error {
	text, err := os.ReadFile(p.log)
	if err != nil {
		return errors.Join(fmt.Errorf("%s %s", p.name, what), err)
	}
	return fmt.Errorf("%s %s; the end of its log %s:\n%s", p.name, what, p.log, lastLines(text))
}

// killGroup signals all processes that the leader started and that did not leave its group; that none is left is no error.
func killGroup(leader int, sig syscall.Signal) { _ = syscall.Kill(-leader, sig) }

// shownLines is how much of a log stands in an error: a Python traceback or the head of a Java one, on one screen.
const shownLines = 30

func lastLines(text []byte) string {
	lines := bytes.Split(bytes.TrimRight(text, "\n"), []byte("\n"))
	return string(bytes.Join(lines[max(0, len(lines)-shownLines):], []byte("\n")))
}

// freePort finds a port of 127.0.0.1 on which nobody listens. Another process may take it before it is used; then the emulator ends and says so.
func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("find a free port: %w", err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}
