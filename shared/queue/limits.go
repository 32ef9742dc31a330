package queue

import (
	"bytes"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// The limits of the contract, those of SQS. Every engine checks them alike, so that what works on a laptop works on AWS.
const (
	MaxBatch      = 10        // messages in a Send or a Receive
	MaxBytes      = 256 << 10 // bodies of a Send in all
	MaxDelay      = 15 * time.Minute
	MaxVisibility = 12 * time.Hour
	MaxWait       = 20 * time.Second
	MaxGroup      = 128 // characters of a group, each a visible one of ASCII
)

// CheckSend reports what breaks a limit in a Send.
func CheckSend(msgs []Send) error {
	if len(msgs) == 0 || len(msgs) > MaxBatch {
		return fmt.Errorf("queue: a send has %d messages, want 1 to %d", len(msgs), MaxBatch)
	}
	total := 0
	for _, m := range msgs {
		if err := checkMessage(m); err != nil {
			return err
		}
		total += len(m.Body)
	}
	if total > MaxBytes {
		return fmt.Errorf("queue: a send of %d bytes, want at most %d", total, MaxBytes)
	}
	return nil
}

func checkMessage(m Send) error {
	switch {
	case len(m.Body) == 0:
		return fmt.Errorf("queue: a message without a body")
	case !isText(m.Body):
		return fmt.Errorf("queue: a body that is not text: SQS takes what XML 1.0 calls a character")
	case len(m.Group) > MaxGroup || strings.ContainsFunc(m.Group, func(r rune) bool { return r <= ' ' || r > '~' }):
		return fmt.Errorf("queue: group %.40q, want at most %d visible characters of ASCII", m.Group, MaxGroup)
	case m.Delay < 0 || m.Delay > MaxDelay:
		return fmt.Errorf("queue: a delay of %v, want 0 to %v", m.Delay, MaxDelay)
	}
	return nil
}

// isText says whether SQS takes the body: UTF-8 of tab, new line, return and what is above them, but not U+FFFE and U+FFFF (API reference, SendMessage).
func isText(body []byte) bool {
	return utf8.Valid(body) && !bytes.ContainsFunc(body, func(r rune) bool {
		return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF
	})
}

// CheckReceive reports what breaks a limit in a Receive.
func CheckReceive(max int, visibility, wait time.Duration) error {
	if max < 1 || max > MaxBatch {
		return fmt.Errorf("queue: a receive of %d messages, want 1 to %d", max, MaxBatch)
	}
	if wait < 0 || wait > MaxWait {
		return fmt.Errorf("queue: a wait of %v, want 0 to %v", wait, MaxWait)
	}
	return CheckVisibility(visibility)
}

// CheckVisibility reports a visibility time that breaks a limit.
func CheckVisibility(d time.Duration) error {
	if d < 0 || d > MaxVisibility {
		return fmt.Errorf("queue: a visibility of %v, want 0 to %v", d, MaxVisibility)
	}
	return nil
}
