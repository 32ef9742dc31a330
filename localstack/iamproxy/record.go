package iamproxy

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Record is one access that somebody asked for, and the answer.
type Record struct {
	Call        int    // counts the requests from 1; a transaction has a record for each of its parts
	Role        string // name; "" when nobody is known by the credentials
	Tenant      string // the session's tag; "" when it has none
	Service     string
	Operation   string // PutItem
	Action      string // dynamodb:PutItem; "" when the call could not be read
	Resource    string // ARN
	LeadingKeys []string
	IndexKeys   []string
	Allowed     bool
	Why         string
}

// String is the record as a line.
func (r Record) String() string {
	answer := "denied"
	if r.Allowed {
		answer = "allowed"
	}
	return fmt.Sprintf("%d %s %s tenant=%q %s %s %q: %s", r.Call, answer, r.Role, r.Tenant, r.Action, r.Resource, r.LeadingKeys, r.Why)
}

// tenantTag is the session tag that names the tenant.
const tenantTag = "tenant"

// book keeps the records.
type book struct {
	mu      sync.Mutex
	calls   int
	records []Record
}

func (b *book) next() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.calls++
	return b.calls
}

func (b *book) add(r Record) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.records = append(b.records, r)
}

// Records returns what was asked so far, in order.
func (p *Proxy) Records() []Record {
	p.book.mu.Lock()
	defer p.book.mu.Unlock()
	return slices.Clone(p.book.records)
}

// Denied returns what was refused so far. A run of the stories must end with none.
func (p *Proxy) Denied() []Record {
	return slices.DeleteFunc(p.Records(), func(r Record) bool { return r.Allowed })
}

// FiledElsewhere returns the writes of a tenant's session that file an item under a foreign key in an index. IAM looks at the item's own key alone, so
// on AWS too such a write would pass and show up in another tenant's list; only this book can tell.
func (p *Proxy) FiledElsewhere() []Record {
	return slices.DeleteFunc(p.Records(), func(r Record) bool {
		own := "t#" + r.Tenant + "#"
		foreign := func(key string) bool { return strings.HasPrefix(key, "t#") && !strings.HasPrefix(key, own) }
		return r.Tenant == "" || !slices.ContainsFunc(r.IndexKeys, foreign)
	})
}

// judge decides each access of a call and keeps the answers. It returns the first refusal as a sentence, or "".
func (p *Proxy) judge(s *Session, c Call, unread error, decide func(Access) Decision) (refusal string) {
	base := Record{Call: p.book.next(), Service: c.Service, Operation: c.Operation}
	who := "somebody unknown"
	if s != nil {
		base.Role, base.Tenant, who = s.Role.Name, s.Tags[tenantTag], s.ARN()
	}
	if unread != nil {
		base.Why = unread.Error()
		p.book.add(base)
		return fmt.Sprintf("User: %s: %s", who, base.Why)
	}
	for _, a := range c.Access {
		d, r := decide(a), base
		r.Action, r.Resource, r.LeadingKeys, r.IndexKeys, r.Allowed, r.Why = a.Action, a.Resource, a.Keys[leadingKeys], a.IndexKeys, d.Allowed, d.Why
		p.book.add(r)
		if !d.Allowed && refusal == "" {
			refusal = fmt.Sprintf("User: %s is not authorized to perform: %s on resource: %s because %s", who, a.Action, a.Resource, d.Why)
		}
	}
	return refusal
}
