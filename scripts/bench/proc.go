package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

// memory is what /proc/<pid>/status says, in MB (10^6 bytes).
type memory struct {
	resident float64 // all pages in memory, the binary's own among them
	private  float64 // of those, the anonymous ones
}

func readMemory(pid int) (memory, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return memory{}, err
	}
	return memory{resident: statusMB(string(text), "VmRSS:"), private: statusMB(string(text), "RssAnon:")}, nil
}

// statusMB reads a line such as "VmRSS:   51234 kB" (kB are 1,024 bytes there).
func statusMB(text, name string) float64 {
	_, rest, _ := strings.Cut(text, name)
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return 0
	}
	kB, _ := strconv.ParseFloat(fields[0], 64) // 0 when the kernel writes something else, and then the figure is plainly wrong
	return kB * 1024 / 1e6
}

// ticksPerSecond is USER_HZ, the unit of times in /proc/<pid>/stat: 100 on every Linux that Go runs on.
const ticksPerSecond = 100

// cpuSeconds is the user and system time that a process has taken, all threads.
func cpuSeconds(pid int) (float64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(text), ") ") // the command's name may hold spaces
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0, fmt.Errorf("/proc/%d/stat has %d fields", pid, len(fields))
	}
	user, err := strconv.ParseFloat(fields[11], 64)
	if err != nil {
		return 0, err
	}
	system, err := strconv.ParseFloat(fields[12], 64)
	return (user + system) / ticksPerSecond, err
}

// machineSeconds is the time that all cores together were at work, for whomever.
func machineSeconds() float64 {
	fields := strings.Fields(infoFirstLine("/proc/stat")) // cpu user nice system idle iowait irq softirq steal ...
	var busy float64
	for i, f := range fields[min(1, len(fields)):min(9, len(fields))] {
		if ticks, err := strconv.ParseFloat(f, 64); err == nil && i != 3 && i != 4 {
			busy += ticks
		}
	}
	return busy / ticksPerSecond
}

// usage is what a stretch of time took, in seconds: of the clock; of the cores by the host, by this process (load generator and sink), by others.
type usage struct{ wall, host, load, others float64 }

// meter starts to count; the function it returns ends the count.
func (h *host) meter() func() usage {
	begin, host, load, all := time.Now(), h.cpu(), ownCPU(), machineSeconds()
	return func() usage {
		u := usage{wall: time.Since(begin).Seconds(), host: h.cpu() - host, load: ownCPU() - load}
		u.others = max(0, machineSeconds()-all-u.host-u.load)
		return u
	}
}

func (h *host) cpu() float64 {
	s, _ := cpuSeconds(h.cmd.Process.Pid) // 0 for an ended host; the case itself fails then
	return s
}

func ownCPU() float64 {
	s, _ := cpuSeconds(os.Getpid()) // our own file is always there
	return s
}

// disturbing is the share of the cores from which other programs' work makes a figure worthless; the kernel's own threads take a few hundredths.
const disturbing = 0.1

// busy says what bounded a figure, by who used the cores.
func (u usage) busy() string {
	all := float64(cores())
	host, load := u.host/u.wall, u.load/u.wall
	shares := fmt.Sprintf("host %.2f, load and sink %.2f of %.0f cores", host, load, all)
	switch others := u.others / u.wall; {
	case others/all > disturbing:
		return fmt.Sprintf("**disturbed: other programs took %.2f cores**; %s", others, shares)
	case (host+load)/all > 0.85:
		return "CPU: " + shares
	}
	return "waiting (disk sync, round trips, or work on one core): " + shares
}

// peakMemory samples the host's memory until the returned function is called, which gives the highest.
func (h *host) peakMemory() func() memory {
	var peak memory
	done, wg := make(chan struct{}), sync.WaitGroup{}
	wg.Go(func() {
		tick := time.NewTicker(50 * time.Millisecond)
		defer tick.Stop()
		for {
			if m, err := readMemory(h.cmd.Process.Pid); err == nil && m.resident > peak.resident {
				peak = m
			}
			select {
			case <-tick.C:
			case <-done:
				return
			}
		}
	})
	return func() memory {
		close(done)
		wg.Wait()
		return peak
	}
}
