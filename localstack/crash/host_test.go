package crash_test

import (
	"context"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// host is the product's own binary, started and killed on one folder at one address.
type host struct {
	*testing.T
	binary, dir, addr string
	log               *os.File

	mu  sync.Mutex
	cmd *exec.Cmd
}

// build makes the binary once.
func build(t *testing.T) *host {
	t.Helper()
	dir := t.TempDir()
	h := &host{T: t, binary: filepath.Join(dir, "dangol"), dir: filepath.Join(dir, "data"), addr: freeAddress(t)}
	made := exec.Command("go", "build", "-o", h.binary, "../host")
	if out, err := made.CombinedOutput(); err != nil {
		t.Fatalf("build the host: %v\n%s", err, out)
	}
	var err error
	if h.log, err = os.Create(filepath.Join(dir, "log")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		h.kill()
		if t.Failed() {
			h.showLog()
		}
	})
	return h
}

func freeAddress(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

func (h *host) base() string { return "http://" + h.addr }

func (h *host) start() {
	h.Helper()
	cmd := exec.Command(h.binary)
	cmd.Env = append(os.Environ(), "DANGOL_ADDR="+h.addr, "DANGOL_DATA="+h.dir, "DANGOL_MAIL=outbox", "DANGOL_WEB=", "DANGOL_UPKEEP="+upkeep)
	cmd.Stdout, cmd.Stderr = h.log, h.log
	if err := cmd.Start(); err != nil {
		h.Fatal(err)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.cmd = cmd
}

// kill ends the process as the loss of power would: nothing of it runs any more.
func (h *host) kill() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.cmd == nil {
		return
	}
	_ = h.cmd.Process.Kill() // an error says that it has ended
	_ = h.cmd.Wait()         // as does its exit status
	h.cmd = nil
}

// ready waits until the host answers.
func (h *host) ready() {
	h.Helper()
	ctx, cancel := context.WithTimeout(h.Context(), time.Minute)
	defer cancel()
	for ctx.Err() == nil {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, h.base()+"/healthz", nil)
		if err != nil {
			h.Fatal(err)
		}
		if resp, err := http.DefaultClient.Do(req); err == nil {
			resp.Body.Close()
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	h.Fatal("the host does not answer within a minute")
}

// showLog shows the end of what the host wrote.
func (h *host) showLog() {
	const most = 8 << 10
	text, err := os.ReadFile(h.log.Name())
	if err != nil {
		h.Error(err)
	}
	h.Logf("the host's log ends:\n%s", text[max(0, len(text)-most):])
}
