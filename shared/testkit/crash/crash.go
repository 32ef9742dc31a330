// Package crash stops a program at every single call that it makes of its ports, so that a test can prove that none of these moments loses anything, does anything
// twice, or leaves books that do not balance.
//
// # How it is used
//
// A story is played once without a fault, to number its calls. Then it is played anew for each of them: the process is gone before the call, after it, or it lives
// and never hears that the call was done. A Process stands between the functions and the true ports; whoever plays the story begins a new one over the same ports
// when the old one has died, as a supervisor would. Goroutines may number calls otherwise from one playing to the next: what counts is that each is met.
//
// # What it does not stop
//
// The clock, and the engines themselves: that a write is whole or not there is what their own suites prove (table/tabletest, table/embedded).
package crash

import (
	"errors"
	"fmt"
	"sync"

	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/store"
)

// How is what becomes of the call at which a process is stopped.
type How uint8

// The ways.
const (
	Before How = iota // the process ends, and the call was never made
	After             // the call is made, and the process ends
	Lost              // the call is made, and its answer does not arrive; the process lives
)

// Ways lists them.
func Ways() []How { return []How{Before, After, Lost} }

// String names the way.
func (h How) String() string { return [...]string{"before", "after", "reply lost"}[h] }

// What calls of a process get. They are found with errors.Is.
var (
	ErrDead = errors.New("crash: the process has ended")
	ErrLost = errors.New("crash: the reply was lost")
)

// Fault says at which call, counted from 1, and how. The zero value is none.
type Fault struct {
	At  int
	How How
}

// String describes it.
func (f Fault) String() string { return fmt.Sprintf("%s call %d", f.How, f.At) }

// Process is a life of the program, from its start to the fault. It is safe for concurrent use.
type Process struct {
	fault Fault

	mu    sync.Mutex
	calls []string
	dead  bool
}

// Start begins a process over the ports of e, and returns them as it sees them. Whoever plays the story makes its functions over these.
func Start(e *env.Env, f Fault) (*Process, *env.Env) {
	p, seen := &Process{fault: f}, *e
	seen.Table = tables{e.Table, p}
	seen.DB = store.New(seen.Table, e.Clock, e.Rand)
	seen.Queue, seen.Mail = queues{e.Queue, p}, sender{e.Mail, p}
	if e.Blob != nil {
		seen.Blob = blobs{e.Blob, p}
	}
	return p, &seen
}

// Calls are those made so far, by port and method.
func (p *Process) Calls() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.calls...)
}

// Dead says whether the process has ended.
func (p *Process) Dead() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.dead
}

// call makes a call, unless the process has ended or ends with it.
func (p *Process) call(name string, do func() error) error {
	at, err := p.begin(name)
	if err != nil {
		return err
	}
	err = do()
	if !at {
		return err
	}
	if p.fault.How == Lost {
		return ErrLost
	}
	return ErrDead
}

// begin counts a call. It says whether the fault is at this one, and refuses it if it is not to be made.
func (p *Process) begin(name string) (at bool, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.dead {
		return false, ErrDead
	}
	p.calls = append(p.calls, name)
	at = len(p.calls) == p.fault.At
	p.dead = at && p.fault.How != Lost
	if at && p.fault.How == Before {
		return at, ErrDead
	}
	return at, nil
}
