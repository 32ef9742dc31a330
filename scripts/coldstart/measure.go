package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/testkit/runtimetwin"
)

// sample is one cold start.
type sample struct {
	ready    time.Duration // exec to the first poll
	answered time.Duration // exec to the first response, the event being there at once
	rssMB    float64       // resident after the response, pages of the binary among them
	anonMB   float64       // of those the process's own
}

// patience is how long one start may take.
const patience = 20 * time.Second

// measure starts the functions in turn, round by round, so that what disturbs the machine for a while disturbs all. The first round warms the page
// cache and does not count. A function that does not start is left out of the next rounds, with the reason.
func measure(ctx context.Context, subjects []*subject, aws *standIn, rounds int) error {
	for round := range rounds + 1 {
		for _, s := range subjects {
			if s.fault != "" {
				continue
			}
			one, err := start(ctx, s, aws)
			switch {
			case ctx.Err() != nil:
				return context.Cause(ctx)
			case err != nil && s.row.Name == empty:
				return fmt.Errorf("start the empty function: %w", err)
			case err != nil:
				s.fault = firstLine(err.Error())
			case round > 0:
				s.runs = append(s.runs, one)
			}
		}
	}
	return nil
}

// start runs one process from its exec to its first response, and ends it.
func start(ctx context.Context, s *subject, aws *standIn) (sample, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	i, err := runtimetwin.Start(s.row.Name, s.bootstrap, s.row.MemoryMB, aws.environment(s.row))
	if err != nil {
		return sample{}, err
	}
	defer i.Kill()
	if err := i.WaitReady(ctx); err != nil {
		return sample{}, err
	}
	answer, err := i.Invoke(ctx, request(s), time.Now().Add(patience))
	if err != nil {
		return sample{}, err
	}
	one := sample{ready: i.ReadyAt().Sub(i.Started), answered: time.Since(i.Started)}
	one.rssMB, one.anonMB = residentMB(i.PID())
	return one, answered(s, answer)
}

// request is a GET of the function's first path without a credential: it goes through the whole contract and reads no table.
func request(s *subject) []byte {
	path := "/"
	if len(s.row.Paths) > 0 {
		path = s.row.Routes()[0].Path
	}
	b, err := json.Marshal(map[string]any{
		"version": "2.0", "routeKey": "$default", "rawPath": path, "headers": map[string]string{"host": "api.dangol.test", "accept-language": "ko"},
		"requestContext": map[string]any{"stage": "$default", "domainName": "api.dangol.test",
			"http": map[string]string{"method": "GET", "path": path, "protocol": "HTTP/1.1", "sourceIp": "203.0.113.9"}},
	})
	if err != nil {
		panic(err) // texts and maps of texts always can be encoded
	}
	return b
}

// answered refuses a response that is none of the contract's: it would be the time to a mistake.
func answered(s *subject, answer []byte) error {
	var r struct{ StatusCode int }
	if s.row.Name == empty {
		return nil
	}
	if err := json.Unmarshal(answer, &r); err != nil {
		return err
	}
	if r.StatusCode < 200 || r.StatusCode >= 500 {
		return errors.New("answered " + strconv.Itoa(r.StatusCode))
	}
	return nil
}

func residentMB(pid int) (all, anonymous float64) {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid)) // 0 where there is no such file, and then the figure is plainly wrong
	return kilobytes(string(text), "VmRSS:"), kilobytes(string(text), "RssAnon:")
}

// kilobytes reads a line such as "VmRSS:   51234 kB" (kB are 1,024 bytes there), in MB.
func kilobytes(text, name string) float64 {
	_, rest, _ := strings.Cut(text, name)
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return 0
	}
	kB, _ := strconv.ParseFloat(fields[0], 64) // as above
	return kB * 1024 / 1e6
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return s
}

// quantile is the p-th part of what of gives for each run: 0.5 is the median.
func (s *subject) quantile(p float64, of func(sample) float64) float64 {
	if len(s.runs) == 0 {
		return 0
	}
	all := make([]float64, len(s.runs))
	for i, r := range s.runs {
		all[i] = of(r)
	}
	slices.Sort(all)
	return all[min(int(p*float64(len(all))), len(all)-1)]
}

func readyMS(r sample) float64    { return float64(r.ready) / 1e6 }
func answeredMS(r sample) float64 { return float64(r.answered) / 1e6 }
func rssMB(r sample) float64      { return r.rssMB }
func anonMB(r sample) float64     { return r.anonMB }
