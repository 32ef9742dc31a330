package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// machine is what the figures were measured on.
type machine struct {
	cpu      string
	cores    int
	memoryGB float64
	kernel   string
	syncP50  time.Duration // 4 KiB appended and synced: no durable write can be faster
	syncP99  time.Duration
}

func readMachine(dir string) (machine, error) {
	m := machine{cpu: infoLine("/proc/cpuinfo", "model name"), cores: runtime.NumCPU(), kernel: strings.TrimSpace(readText("/proc/sys/kernel/osrelease"))}
	m.memoryGB = statusMB(readText("/proc/meminfo"), "MemTotal:") / 1000
	var err error
	m.syncP50, m.syncP99, err = syncFloor(dir)
	return m, err
}

func readText(path string) string {
	text, _ := os.ReadFile(path) // an unknown machine is reported as such
	return string(text)
}

func infoFirstLine(path string) string {
	line, _, _ := strings.Cut(readText(path), "\n")
	return line
}

// infoLine returns the value of the first line "name : value".
func infoLine(path, name string) string {
	for line := range strings.Lines(readText(path)) {
		if k, v, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(k) == name {
			return strings.TrimSpace(v)
		}
	}
	return "unknown"
}

// syncFloor appends and syncs 4 KiB some hundred times.
func syncFloor(dir string) (p50, p99 time.Duration, err error) {
	f, err := os.Create(filepath.Join(dir, "sync-floor"))
	if err != nil {
		return 0, 0, err
	}
	defer os.Remove(f.Name())
	defer f.Close()
	took, page := make([]time.Duration, 500), make([]byte, 4096)
	for i := range took {
		begin := time.Now()
		if _, err := f.Write(page); err != nil {
			return 0, 0, err
		}
		if err := f.Sync(); err != nil {
			return 0, 0, err
		}
		took[i] = time.Since(begin)
	}
	slices.Sort(took)
	return took[len(took)/2], took[len(took)*99/100], nil
}

func (m machine) String() string {
	return fmt.Sprintf("%s, %d cores, %.0f GB, Linux %s, %s; a 4 KiB append with fsync takes %.2f ms (p50), %.2f ms (p99)",
		m.cpu, m.cores, m.memoryGB, m.kernel, runtime.Version(), ms(m.syncP50), ms(m.syncP99))
}
