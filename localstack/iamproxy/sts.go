package iamproxy

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"
)

// chained is the longest life of a session that another role's session assumes (IAM User Guide, "Role chaining").
const chained = time.Hour

// assumption is an AssumeRole as asked for.
type assumption struct {
	session *Session
	lives   time.Duration
}

// readAssumption reads an AssumeRole of the query protocol. Members that this package does not evaluate are refused.
func (w *World) readAssumption(form url.Values) (a assumption, err error) {
	if form.Get("Action") != "AssumeRole" {
		return a, unknown(form.Get("Action"))
	}
	role := w.Roles[form.Get("RoleArn")]
	if role == nil {
		return a, fmt.Errorf("no role %s in the stack", form.Get("RoleArn"))
	}
	if role.problem != nil {
		return a, role.problem
	}
	for _, member := range []string{"PolicyArns.member.1.arn", "ExternalId", "SourceIdentity", "SerialNumber", "ProvidedContexts.member.1.ProviderArn"} {
		if form.Has(member) {
			return a, fmt.Errorf("%s is not known to the proxy", member)
		}
	}
	a = assumption{session: &Session{Role: role, Name: form.Get("RoleSessionName"), Tags: map[string]string{}}, lives: chained}
	if d := form.Get("DurationSeconds"); d != "" {
		seconds, err := strconv.Atoi(d)
		a.lives = time.Duration(seconds) * time.Second
		if err != nil || a.lives < 15*time.Minute || a.lives > chained {
			return a, fmt.Errorf("duration of %s seconds: a chained session lives 900 to 3600", d)
		}
	}
	if err := a.readTags(form); err != nil {
		return a, err
	}
	if p := form.Get("Policy"); p != "" {
		policy, err := ParsePolicy([]byte(p))
		a.session.Policy = []Policy{policy}
		return a, err
	}
	return a, nil
}

func (a assumption) readTags(form url.Values) error {
	for i := 1; form.Has(fmt.Sprintf("Tags.member.%d.Key", i)); i++ {
		key := form.Get(fmt.Sprintf("Tags.member.%d.Key", i))
		if _, twice := a.session.Tags[key]; twice {
			return fmt.Errorf("tag %s twice", key)
		}
		a.session.Tags[key] = form.Get(fmt.Sprintf("Tags.member.%d.Value", i))
	}
	for i := 1; form.Has(fmt.Sprintf("TransitiveTagKeys.member.%d", i)); i++ {
		key := form.Get(fmt.Sprintf("TransitiveTagKeys.member.%d", i))
		if _, there := a.session.Tags[key]; !there {
			return fmt.Errorf("transitive tag %s is not among the tags", key)
		}
		a.session.Transitive = append(a.session.Transitive, key)
	}
	return nil
}

// access is the leave that the caller needs: to assume the role and, with tags, to tag the session.
func (a assumption) access() []Access {
	keys := Keys{}
	for name, value := range a.session.Tags {
		keys = keys.with(Keys{requestTag + name: {value}})
		keys[tagKeys] = append(keys[tagKeys], name)
	}
	slices.Sort(keys[tagKeys])
	all := []Access{{Action: "sts:AssumeRole", Resource: a.session.Role.ARN, Keys: keys}}
	if len(a.session.Tags) > 0 {
		all = append(all, Access{Action: "sts:TagSession", Resource: a.session.Role.ARN, Keys: keys})
	}
	return all
}

// sts answers AssumeRole itself. Both sides must agree: the caller's policies and the role's trust policy. (AWS is content with a trust policy that
// names the caller alone; a template that passes here passes there.)
func (p *Proxy) sts(w http.ResponseWriter, r *http.Request, caller *Session) {
	c := Call{Service: "sts", Operation: "AssumeRole"}
	a, err := p.assumption(r, caller)
	if err == nil {
		c.Access = a.access()
	}
	decided := func(x Access) Decision { return a.decide(caller, x) }
	if why := p.judge(caller, c, err, decided); why != "" {
		deny(w, c.Service, why)
		return
	}
	credentials := p.sessions.issue(a.session, p.now().Add(a.lives))
	w.Header().Set("Content-Type", "text/xml")
	fmt.Fprintf(w, assumed, credentials.AccessKeyID, credentials.SecretAccessKey, credentials.SessionToken, credentials.Expires.UTC().Format(time.RFC3339),
		a.session.ARN(), credentials.AccessKeyID+":"+a.session.Name)
}

func (p *Proxy) assumption(r *http.Request, caller *Session) (assumption, error) {
	b, err := whole(r)
	if err != nil {
		return assumption{}, err
	}
	form, err := url.ParseQuery(string(b))
	if err != nil {
		return assumption{}, err
	}
	a, err := p.world.readAssumption(form)
	if err != nil {
		return a, err
	}
	return a, caller.Inherit(a.session)
}

// decide asks the caller's rights, and then the trust policy of the role.
func (a assumption) decide(caller *Session, x Access) Decision {
	if d := caller.decide(x); !d.Allowed {
		return d
	}
	trusted, err := a.session.Role.Trust.trusts(caller.Role.ARN, x.Action, x.Keys.with(caller.keys()))
	if err != nil {
		return Decision{Why: fmt.Sprintf("the trust policy cannot be evaluated: %v", err)}
	}
	if !trusted {
		return Decision{Why: "the role's trust policy does not let the caller"}
	}
	return Decision{Allowed: true, Why: "allowed"}
}

const assumed = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>%s</AccessKeyId>` +
	`<SecretAccessKey>%s</SecretAccessKey><SessionToken>%s</SessionToken><Expiration>%s</Expiration></Credentials>` +
	`<AssumedRoleUser><Arn>%s</Arn><AssumedRoleId>%s</AssumedRoleId></AssumedRoleUser></AssumeRoleResult></AssumeRoleResponse>`
