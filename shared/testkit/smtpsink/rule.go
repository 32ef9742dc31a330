package smtpsink

import (
	"errors"
	"strings"

	"github.com/emersion/go-smtp"
)

// At is the moment at which a rule acts.
type At int

// The moments, in order.
const (
	Connect At = iota
	MailFrom
	RcptTo
	Data // the text has been read; nothing is accepted yet
	Accepted
)

// Rule makes the sink misbehave. The first rule that fits acts.
type Rule struct {
	At At
	// To narrows the rule to recipients that end so; for RcptTo and later.
	To string
	// Code, Status and Text are the reply, such as 450, {4,7,1} and "slow down". At Accepted the reply comes although the message was taken.
	Code   int
	Status [3]int
	Text   string
	// Drop hangs up instead of replying.
	Drop bool
	// Times is how often the rule acts; 0 is always.
	Times int
}

// Tell adds a rule.
func (s *Sink) Tell(r Rule) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rules = append(s.rules, &r)
}

// Forgive removes all rules.
func (s *Sink) Forgive() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rules = nil
}

var errDropped = errors.New("smtpsink: hung up as told")

// act applies the first rule that fits.
func (s *Sink) act(c *smtp.Conn, at At, to string) error {
	r := s.rule(at, to)
	switch {
	case r == nil:
		return nil
	case r.Drop:
		_ = c.Conn().Close() // that is the point
		return errDropped
	}
	return &smtp.SMTPError{Code: r.Code, EnhancedCode: r.Status, Message: r.Text}
}

func (s *Sink) rule(at At, to string) *Rule {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, r := range s.rules {
		if r.At != at || !strings.HasSuffix(to, r.To) {
			continue
		}
		found := *r
		if r.Times == 1 {
			s.rules = append(s.rules[:i:i], s.rules[i+1:]...)
		}
		r.Times = max(r.Times-1, 0)
		return &found
	}
	return nil
}
