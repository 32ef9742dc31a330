package main

import (
	"fmt"
	"strings"
	"time"
)

// mostTimes is the target: a function is ready in less than this many times what the empty one needs.
const mostTimes = 2.0

// disturbing is the share of the cores from which other programs' work makes figures worthless.
const disturbing = 0.1

// report is what was measured.
type report struct {
	machine   string
	date      time.Time
	rounds    int
	subjects  []*subject // the empty function first
	others    float64    // share of all cores that other programs took
	disturbed bool
}

func (r report) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Cold starts, %s\n\n%s.\n\n", r.date.Format(time.DateOnly), r.machine)
	fmt.Fprintf(&b, "From exec to the first poll for an event (ready) and to the first response (a GET without a credential), in ms; p50 and p99 of %d starts, "+
		"in turn, with the binary in the page cache.\nA stand-in on the loopback answers calls to AWS at once: Lambda's own part and the ways to AWS come on top. "+
		"Memory after the first response.\n", r.rounds)
	if r.disturbed || r.others > disturbing {
		fmt.Fprintf(&b, "\n**Disturbed: other programs took %.0f %% of the cores.** To be measured again on a quiet machine.\n", r.others*100)
	}
	fmt.Fprintf(&b, "\n| function | binary MB | ready p50 | p99 | times empty (target < %.0f) | response p50 | p99 | resident MB | of it its own |\n"+
		"|---|---:|---:|---:|---:|---:|---:|---:|---:|\n", mostTimes)
	for _, s := range r.subjects {
		b.WriteString(r.line(s) + "\n")
	}
	return b.String()
}

func (r report) line(s *subject) string {
	if s.fault != "" {
		return fmt.Sprintf("| %s | %.1f | **does not start: %s** | | | | | | |", s.row.Name, s.binaryMB, strings.ReplaceAll(s.fault, "|", "/"))
	}
	return fmt.Sprintf("| %s | %.1f | %.1f | %.1f | %s | %.1f | %.1f | %.0f | %.0f |", s.row.Name, s.binaryMB, s.quantile(0.5, readyMS), s.quantile(0.99, readyMS),
		r.verdict(s), s.quantile(0.5, answeredMS), s.quantile(0.99, answeredMS), s.quantile(0.5, rssMB), s.quantile(0.5, anonMB))
}

func (r report) verdict(s *subject) string {
	base := r.subjects[0].quantile(0.5, readyMS)
	if s == r.subjects[0] || base == 0 {
		return ""
	}
	times := s.quantile(0.5, readyMS) / base
	if times < mostTimes {
		return fmt.Sprintf("%.1f reached", times)
	}
	return fmt.Sprintf("%.1f **missed**", times)
}
