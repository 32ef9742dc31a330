package main

import (
	"errors"
	"flag"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/queue/sqs"
	"github.com/dangol/dangol/shared/queue/sqs/named"
	"github.com/dangol/dangol/shared/testkit/sqstwin"
)

const (
	hana = "wsp_01JDHANA"
	duri = "wsp_01JDDURI"
)

var start = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// stage is a twin of a deployed stage "test" whose queue of sends has two dead letters of hana, three hours apart, and one of duri. It stands at noon.
func stage(t *testing.T) *sqs.Queue {
	t.Helper()
	clk := clock.NewManual(start)
	twin := sqstwin.Start(t, clk)
	for name, value := range map[string]string{
		"AWS_ENDPOINT_URL": twin.URL, "AWS_REGION": "ap-northeast-2", "AWS_ACCESS_KEY_ID": "twin", "AWS_SECRET_ACCESS_KEY": "twin", "DANGOL_STAGE": "test",
		"AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null", "AWS_PROFILE": "",
	} {
		t.Setenv(name, value)
	}
	twin.Create("dangol-test-sends")
	q, err := named.Open(t.Context(), "test", "sends")
	if err != nil {
		t.Fatal(err)
	}
	send(t, q, hana, "old")
	clk.Advance(3 * time.Hour)
	send(t, q, hana, "new")
	send(t, q, duri, "theirs")
	for range queue.MaxReceives {
		if got := receive(t, q); len(got) != 3 {
			t.Fatalf("received %v, want 3", got)
		}
		clk.Advance(time.Second)
	}
	return q
}

func send(t *testing.T, q queue.Queue, tenant, body string) {
	t.Helper()
	if err := q.Send(t.Context(), "sends", queue.Send{Group: tenant, Body: []byte(body)}); err != nil {
		t.Fatal(err)
	}
}

func receive(t *testing.T, q queue.Queue) []queue.Message {
	t.Helper()
	got, err := q.Receive(t.Context(), "sends", 10, time.Second, 0)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestRedrive(t *testing.T) {
	cases := map[string]struct {
		args string
		says string
		back int // messages in the queue afterwards
	}{
		"all":             {"-queue sends", "       1  " + duri + "\n       2  " + hana + "\nsends: moved 3, left 0 of other workspaces or times\n", 3},
		"one workspace":   {"-queue sends -tenant " + hana, "       2  " + hana + "\nsends: moved 2, left 1 of other workspaces or times\n", 2},
		"a time window":   {"-queue sends -since 2h -tenant " + hana, "       1  " + hana + "\nsends: moved 1, left 2 of other workspaces or times\n", 1},
		"a dry run":       {"-queue sends -dry-run -since 2h", "       1  " + duri + "\n       1  " + hana + "\nsends: would move 2, left 1 of other workspaces or times\n", 0},
		"nobody's letter": {"-queue sends -tenant wsp_none", "sends: moved 0, left 3 of other workspaces or times\n", 0},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			q := stage(t)
			var out strings.Builder
			if err := run(t.Context(), strings.Fields(c.args), start.Add(3*time.Hour), &out, io.Discard); err != nil || out.String() != c.says {
				t.Errorf("said %q, %v; want %q", out.String(), err, c.says)
			}
			if got := receive(t, q); len(got) != c.back {
				t.Errorf("%d messages are back, want %d", len(got), c.back)
			}
			if dead, err := q.Dead(t.Context(), "sends", 10); err != nil || len(dead) != 3-c.back {
				t.Errorf("%d dead letters, %v; want %d", len(dead), err, 3-c.back)
			}
		})
	}
}

func TestWhatCannotBeMeantIsRefused(t *testing.T) {
	stage(t)
	for args, wanted := range map[string]string{
		"":                            "want one of imports",
		"-queue send":                 `-queue is "send"`,
		"-queue sends -since -1h":     "-since is -1h0m0s",
		"-queue sends all":            `unexpected "all"`,
		"-queue sends -stage nowhere": "dangol-nowhere-sends",
	} {
		if err := run(t.Context(), strings.Fields(args), start, io.Discard, io.Discard); err == nil || !strings.Contains(err.Error(), wanted) {
			t.Errorf("%q: %v, want %s", args, err, wanted)
		}
	}
	if err := run(t.Context(), []string{"-help"}, start, io.Discard, io.Discard); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("help: %v", err)
	}
}
