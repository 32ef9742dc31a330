package main

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// readMachine tells what the figures were measured on.
func readMachine() string {
	return fmt.Sprintf("%s, %d cores, %.0f GB, Linux %s, %s", infoLine("/proc/cpuinfo", "model name"), runtime.NumCPU(),
		kilobytes(readText("/proc/meminfo"), "MemTotal:")/1000, strings.TrimSpace(readText("/proc/sys/kernel/osrelease")), runtime.Version())
}

func readText(path string) string {
	text, _ := os.ReadFile(path) // an unknown machine is reported as such
	return string(text)
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

// watchOthers begins to watch what the cores do; the function it returns gives the share of them that neither this process nor its children took.
func watchOthers() func() float64 {
	begin, all, own := time.Now(), machineSeconds(), ownSeconds()
	return func() float64 {
		wall := time.Since(begin).Seconds() * float64(runtime.NumCPU())
		return max(0, machineSeconds()-all-(ownSeconds()-own)) / wall
	}
}

// ownSeconds is the processor time of this process and of its ended children.
func ownSeconds() (sum float64) {
	for _, who := range []int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} {
		var u syscall.Rusage
		if syscall.Getrusage(who, &u) == nil {
			sum += float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
		}
	}
	return sum
}

// machineSeconds is the time that all cores together were at work, for whomever.
func machineSeconds() (busy float64) {
	line, _, _ := strings.Cut(readText("/proc/stat"), "\n") // cpu user nice system idle iowait irq softirq steal ...
	for i, f := range strings.Fields(line) {
		if ticks, err := strconv.ParseFloat(f, 64); err == nil && i >= 1 && i < 9 && i != 4 && i != 5 {
			busy += ticks / 100 // USER_HZ, on every Linux that Go runs on
		}
	}
	return busy
}
