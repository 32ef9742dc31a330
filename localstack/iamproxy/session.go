package iamproxy

import (
	"crypto/rand"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// Session is a role at work: what a caller's credentials stand for.
type Session struct {
	Role       *Role
	Name       string
	Tags       map[string]string
	Transitive []string // tags that stay when the session assumes a further role
	Policy     []Policy // session policy; nil: none

	credentials aws.Credentials
}

func (s *Session) rights() Rights {
	return Rights{Policies: s.Role.Policies, Boundary: s.Role.Boundary, Session: s.Policy}
}

// keys is the part of a call's context that its caller brings: the session's tags.
func (s *Session) keys() Keys {
	k := Keys{"aws:principalarn": {s.Role.ARN}}
	for name, value := range s.Tags {
		k[principalTag+strings.ToLower(name)] = []string{value}
	}
	return k
}

// decide asks the session's rights for an access.
func (s *Session) decide(a Access) Decision {
	a.Keys = a.Keys.with(s.keys()) // what the call claims of its caller does not count
	return s.rights().Decide(a)
}

// ARN is the session as error messages name it.
func (s *Session) ARN() string {
	return strings.Replace(strings.Replace(s.Role.ARN, ":iam:", ":sts:", 1), ":role/", ":assumed-role/", 1) + "/" + s.Name
}

// sessions are those that the proxy has issued, by access key id.
type sessions struct {
	mu   sync.Mutex
	byID map[string]*Session
}

// issue makes credentials for the session.
func (s *sessions) issue(of *Session, expires time.Time) aws.Credentials {
	of.credentials = aws.Credentials{
		AccessKeyID: "ASIA" + rand.Text()[:16], SecretAccessKey: rand.Text(), SessionToken: rand.Text(), CanExpire: true, Expires: expires, Source: "iamproxy",
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.byID[of.credentials.AccessKeyID] = of
	return of.credentials
}

// identify finds the session that signed the request.
func (s *sessions) identify(sig signature, r *http.Request, now time.Time) (*Session, error) {
	s.mu.Lock()
	found := s.byID[sig.keyID]
	s.mu.Unlock()
	if found == nil {
		return nil, fmt.Errorf("no session has the key %s", sig.keyID)
	}
	if now.After(found.credentials.Expires) {
		return found, errors.New("the session has expired")
	}
	return found, sig.check(r, found.credentials, now)
}

// Limits of tags (IAM User Guide, "Rules for tagging in IAM and AWS STS"). No wildcard is among the characters.
var (
	tagKey   = regexp.MustCompile(`^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$`)
	tagValue = regexp.MustCompile(`^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$`)
)

// Inherit gives a session that this one assumes the tags that stay, and refuses one that would replace such a tag.
func (s *Session) Inherit(next *Session) error {
	tags := map[string]string{}
	for _, name := range s.Transitive {
		tags[name] = s.Tags[name]
	}
	for name, value := range next.Tags {
		if _, taken := tags[name]; taken {
			return fmt.Errorf("tag %s was passed on and cannot be set again", name)
		}
		if !tagKey.MatchString(name) || !tagValue.MatchString(value) {
			return fmt.Errorf("tag %q=%q is not allowed", name, value)
		}
	}
	maps.Copy(tags, next.Tags)
	next.Tags = tags
	next.Transitive = append(next.Transitive, s.Transitive...)
	return nil
}
