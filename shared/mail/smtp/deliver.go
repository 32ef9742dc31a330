package smtp

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/dangol/dangol/shared/mail"
)

// stage is how far a conversation has come: what a refusal means depends on it.
type stage uint8

const (
	anywhere   stage = iota // in a rule: any stage
	connecting              // greeting, TLS, log-in
	sender                  // MAIL FROM
	recipient               // RCPT TO
	announcing              // DATA
	answering               // the text is sent, the final dot with it
)

// refusal is a reply that says no.
type refusal struct {
	at    stage
	reply reply
}

func (r *refusal) Error() string { return "smtp: refused: " + r.reply.String() }

// lostError is a connection that failed. Unless afterDot, the message was certainly not accepted.
type lostError struct {
	err              error
	reused, afterDot bool
}

func (e *lostError) Error() string { return fmt.Sprintf("connection lost: %v", e.err) }
func (e *lostError) Unwrap() error { return e.err }

// deliver carries one message. Afterwards c.usable says whether another may follow.
func (c *conn) deliver(ctx context.Context, env envelope) error {
	if env.utf8 && !c.ext.utf8 {
		return &mail.Failure{Class: mail.Recipient, Detail: "the address has letters that the mail server cannot carry"}
	}
	stop := c.watch(ctx, c.o.CommandTimeout)
	err := c.announce(env)
	stop()
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return c.lost(err, announcing) // the server waits for a text; only hanging up ends that without one
	}
	defer c.watch(ctx, c.o.DataTimeout)()
	return c.hand(env.text)
}

// announce brings the server to the point where it waits for the text.
func (c *conn) announce(env envelope) error {
	if c.ext.pipelining {
		return c.announceAtOnce(env)
	}
	for _, step := range c.steps(env) {
		c.out = step.append(c.out[:0])
		if err := c.write(c.out); err != nil {
			return err
		}
		if err := c.answer(step); err != nil {
			return err
		}
	}
	return nil
}

// announceAtOnce sends the whole group and then reads all of its replies, also those behind a refusal.
func (c *conn) announceAtOnce(env envelope) error {
	steps := c.steps(env)
	c.out = c.out[:0]
	for _, step := range steps {
		c.out = step.append(c.out)
	}
	if err := c.write(c.out); err != nil {
		return err
	}
	var refused error
	for _, step := range steps {
		err := c.answer(step)
		if refusal := (*refusal)(nil); err != nil && !errors.As(err, &refusal) {
			return err
		}
		if refused == nil {
			refused = err
		} else if err == nil && step.at == announcing {
			c.usable = false // the server refused the envelope and yet waits for a text
		}
	}
	return refused
}

func (c *conn) write(b []byte) error {
	if _, err := c.net.Write(b); err != nil {
		return c.lost(err, sender)
	}
	return nil
}

// answer reads the reply to a step and keeps count of what the server holds.
func (c *conn) answer(s step) error {
	r, err := c.expect(s.at, s.want)
	switch {
	case err == nil:
		c.needReset = s.verb != "RSET"
	case r.code == 421:
		c.usable = false // the server hangs up
	}
	return err
}

// step is one command of the envelope and the code that lets it pass.
type step struct {
	at         stage
	want       int
	verb, arg  string
	parameters string
}

func (s step) append(b []byte) []byte {
	b = append(append(append(b, s.verb...), s.arg...), s.parameters...)
	return append(b, '\r', '\n')
}

func (c *conn) steps(env envelope) []step {
	all := [4]step{
		{at: sender, want: 250, verb: "RSET"},
		{at: sender, want: 250, verb: "MAIL FROM:<", arg: env.from, parameters: c.parameters(env)},
		{at: recipient, want: 250, verb: "RCPT TO:<", arg: env.to, parameters: ">"},
		{at: announcing, want: 354, verb: "DATA"},
	}
	if c.needReset {
		return all[:]
	}
	return all[1:]
}

func (c *conn) parameters(env envelope) string {
	p := ">"
	if c.ext.size {
		p += " SIZE=" + strconv.Itoa(env.size)
	}
	if env.utf8 {
		p += " SMTPUTF8"
	}
	return p
}

// hand sends the text. A write that failed has not brought the final dot to the kernel, so the message cannot have been accepted.
func (c *conn) hand(text []byte) error {
	if err := c.write(text); err != nil {
		return err
	}
	r, err := c.expect(answering, 250)
	c.needReset = false // accepted or not, the transaction is over
	if r.code == 421 {
		c.usable = false
	}
	return err
}

// finish doubles the dots that start a line and adds the final one (RFC 5321, section 4.5.2). Most messages have none to double.
func finish(raw []byte) []byte {
	if bytes.Contains(raw, []byte("\n.")) {
		raw = bytes.ReplaceAll(raw, []byte("\n."), []byte("\n.."))
	}
	if !bytes.HasSuffix(raw, []byte("\r\n")) {
		raw = append(raw, "\r\n"...)
	}
	return append(raw, ".\r\n"...)
}
