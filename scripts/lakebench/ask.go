//go:build cgo

package main

import (
	"bufio"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/lake/duck"
)

// ask asks every question once to warm up and then all of them in rounds, so that what else the machine does meets all alike; it prints each and then each kind.
func ask(ctx context.Context, lake *duck.Lake, questions []question, rounds int) error {
	took, worked, answers := make([][]time.Duration, len(questions)), make([]time.Duration, len(questions)), make([]string, len(questions))
	for round := range rounds + 1 {
		for i, q := range questions {
			began, before := time.Now(), processor()
			var err error
			if answers[i], err = q.answer(ctx, lake); err != nil {
				return fmt.Errorf("%s %s: %w", q.kind, q.name, err)
			}
			if round > 0 {
				took[i] = append(took[i], time.Since(began))
				worked[i] += (processor() - before) / time.Duration(rounds)
			}
		}
	}
	report(questions, took, worked, answers)
	return nil
}

// report prints each question with the processor time of a mean answer, and what each kind took.
func report(questions []question, took [][]time.Duration, worked []time.Duration, answers []string) {
	byKind := map[string][]time.Duration{}
	var kinds []string
	for i, q := range questions {
		fmt.Printf("  %-15s %-100.100s %s  processor %6d ms  %s\n", q.kind, q.name, spread(took[i]), worked[i].Milliseconds(), answers[i])
		if !slices.Contains(kinds, q.kind) {
			kinds = append(kinds, q.kind)
		}
		byKind[q.kind] = append(byKind[q.kind], took[i]...)
	}
	for _, k := range kinds {
		fmt.Printf("%-15s %4d times %s\n", k, len(byKind[k]), spread(byKind[k]))
	}
}

// answer is what the database says first: a figure.
func (q question) answer(ctx context.Context, lake *duck.Lake) (answer string, err error) {
	err = lake.Query(ctx, q.statement, func(row []any) error {
		answer = fmt.Sprint(row[0])
		return nil
	})
	return answer, err
}

// spread is the least, the median and the 95th of a hundred. On a machine that others use, the least says what the program needs.
func spread(d []time.Duration) string {
	d = slices.Sorted(slices.Values(d))
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	return fmt.Sprintf("min %6.1f  median %6.1f  p95 %6.1f ms", ms(d[0]), ms(d[len(d)/2]), ms(d[len(d)*95/100]))
}

// resident reads a figure of this process's memory, in kB.
func resident(name string) (kB int64) {
	f, err := os.Open("/proc/self/status")
	if err != nil {
		return 0 // not Linux
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		if rest, ok := strings.CutPrefix(s.Text(), name+":"); ok {
			_, _ = fmt.Sscan(rest, &kB)
		}
	}
	return kB
}

func sizeOf(dir string) (bytes int64) {
	_ = filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			if info, err := e.Info(); err == nil {
				bytes += info.Size()
			}
		}
		return nil
	})
	return bytes
}
