package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// host is the process under measurement.
type host struct {
	cmd   *exec.Cmd
	base  string
	log   *os.File
	ready time.Duration // from exec to the first good answer of /healthz
	ended chan struct{} // closed when the process is no more
}

// startLimit is far beyond any start worth reporting.
const startLimit = time.Minute

func startHost(ctx context.Context, binary, data, mail string) (*host, error) {
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(data, 0o700); err != nil {
		return nil, err
	}
	log, err := os.OpenFile(data+".log", os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	h := &host{base: "http://" + addr, log: log, ended: make(chan struct{})}
	h.cmd = exec.Command(binary)
	h.cmd.Env = append(os.Environ(), "DANGOL_ADDR="+addr, "DANGOL_DATA="+data, "DANGOL_MAIL="+mail)
	h.cmd.Stdout, h.cmd.Stderr = log, log
	begin := time.Now()
	if err := h.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s (make build makes it): %w", binary, err)
	}
	go func() {
		_ = h.cmd.Wait() // the exit status of a host that was told to end is no news
		close(h.ended)
	}()
	if err := h.awaitHealth(ctx, begin); err != nil {
		h.kill()
		return nil, fmt.Errorf("%w; the end of its log:\n%s", err, tail(log.Name()))
	}
	return h, nil
}

// lastWords is the end of the log of a host that has ended although it should run; empty for any other.
func (h *host) lastWords() string {
	if h == nil {
		return ""
	}
	select {
	case <-h.ended:
		return "; the host has ended, the end of its log:\n" + tail(h.log.Name())
	default:
		return ""
	}
}

// tail is the end of a file: of a host that did not start, it is gone with the data folder.
func tail(path string) string {
	text := readText(path)
	return text[max(0, len(text)-2000):]
}

// awaitHealth asks without a pause to speak of: the figure is to the millisecond.
func (h *host) awaitHealth(ctx context.Context, begin time.Time) error {
	c := &http.Client{Timeout: time.Second}
	for time.Since(begin) < startLimit && ctx.Err() == nil {
		select {
		case <-h.ended:
			return errors.New("the host ended by itself")
		case <-time.After(time.Millisecond):
		}
		if resp, err := c.Get(h.base + "/healthz"); err == nil {
			resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				h.ready = time.Since(begin)
				return nil
			}
		}
	}
	return fmt.Errorf("no good answer of /healthz within %s", startLimit)
}

// stop asks the process to end and waits until it has.
func (h *host) stop() { h.end(syscall.SIGTERM) }

// kill ends the process as a power cut would.
func (h *host) kill() { h.end(syscall.SIGKILL) }

func (h *host) end(s syscall.Signal) {
	late := time.AfterFunc(30*time.Second, func() { _ = h.cmd.Process.Kill() })
	defer late.Stop()
	_ = h.cmd.Process.Signal(s) // an error says that it has ended already
	<-h.ended
	h.log.Close()
}

// freeAddr is a loopback address on which nothing listens.
func freeAddr() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}
