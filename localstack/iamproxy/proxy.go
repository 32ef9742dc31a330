package iamproxy

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

// Options are the settings of a proxy.
type Options struct {
	World    *World
	Upstream string            // the emulator's endpoint
	Others   map[string]string // endpoints of single services that stand elsewhere, by service
	Upkeys   aws.Credentials   // what the emulator is told; default test, test
	Now      func() time.Time  // default time.Now
}

// Proxy stands before an emulator and does what IAM and STS would do.
type Proxy struct {
	world     *World
	endpoint  string   // its own, once it listens
	upstreams sync.Map // *url.URL by service; "" is every other one
	upkeys    aws.Credentials
	now       func() time.Time
	sessions  sessions
	book      book
	transport http.RoundTripper
}

// New returns a proxy.
func New(o Options) (*Proxy, error) {
	p := &Proxy{world: o.World, upkeys: o.Upkeys, now: o.Now, transport: http.DefaultTransport}
	p.sessions.byID = map[string]*Session{}
	if p.now == nil {
		p.now = time.Now
	}
	if !p.upkeys.HasKeys() {
		p.upkeys = aws.Credentials{AccessKeyID: "test", SecretAccessKey: "test"}
	}
	all := map[string]string{"": o.Upstream}
	for service, endpoint := range o.Others {
		all[service] = endpoint
	}
	for service, endpoint := range all {
		u, err := url.Parse(endpoint)
		if err != nil || u.Host == "" {
			return nil, fmt.Errorf("upstream %q of %q: no URL with a host: %w", endpoint, service, err)
		}
		p.upstreams.Store(service, u)
	}
	return p, nil
}

// Function returns credentials such as Lambda gives the function of a row: its role, without any tag.
func (p *Proxy) Function(row string) (aws.Credentials, error) {
	role, err := p.world.RoleOf(row)
	if err != nil {
		return aws.Credentials{}, err
	}
	return p.sessions.issue(&Session{Role: role, Name: row, Tags: map[string]string{}}, p.now().Add(12*time.Hour)), nil
}

// Tenant returns credentials such as a function gets when it assumes its tenant role, without the call.
func (p *Proxy) Tenant(row, tenant string) (aws.Credentials, error) {
	role, err := p.world.TenantRoleOf(row)
	if err != nil {
		return aws.Credentials{}, err
	}
	return p.sessions.issue(&Session{Role: role, Name: row, Tags: map[string]string{tenantTag: tenant}}, p.now().Add(chained)), nil
}

// Listen serves on a port of 127.0.0.1 until the context ends, and returns the endpoint for the clients of AWS.
func (p *Proxy) Listen(ctx context.Context) (endpoint string, err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	s := &http.Server{Handler: p, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = s.Serve(l) }() // ends with the listener
	context.AfterFunc(ctx, func() { _ = s.Close() })
	p.endpoint = "http://" + l.Addr().String()
	return p.endpoint, nil
}

// ServeHTTP judges a call and passes it on if it may be made.
func (p *Proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	sig, err := readSignature(r)
	if err != nil {
		p.refuse(w, nil, Call{Service: sig.service}, err)
		return
	}
	caller, err := p.sessions.identify(sig, r, p.now())
	if err != nil {
		p.refuse(w, caller, Call{Service: sig.service}, err)
		return
	}
	if sig.service == "sts" {
		p.sts(w, r, caller)
		return
	}
	c, err := p.world.Parse(sig.service, r)
	if why := p.judge(caller, c, err, caller.decide); why != "" {
		deny(w, c.Service, why)
		return
	}
	p.forward(w, r, sig)
}

// refuse answers a call of which not even the caller is sure.
func (p *Proxy) refuse(w http.ResponseWriter, s *Session, c Call, err error) {
	deny(w, c.Service, p.judge(s, c, err, nil))
}

// forward sends the call on, signed with the emulator's own keys. A bucket in the host goes into the path, since the emulator has another host.
func (p *Proxy) forward(w http.ResponseWriter, r *http.Request, sig signature) {
	to := p.upstream(sig.service)
	bucket, inHost := "", false
	if sig.service == "s3" {
		host, _, _ := net.SplitHostPort(r.Host)
		bucket, inHost = bucketOf(host)
	}
	pass := httputil.ReverseProxy{
		Transport: resigning{p, sig},
		Rewrite: func(out *httputil.ProxyRequest) {
			out.Out.URL.Scheme, out.Out.URL.Host, out.Out.Host = to.Scheme, to.Host, to.Host
			if inHost {
				out.Out.URL.RawPath = "/" + bucket + r.URL.EscapedPath()
				out.Out.URL.Path = "/" + bucket + r.URL.Path
			}
		},
	}
	pass.ServeHTTP(w, r)
}

func (p *Proxy) upstream(service string) *url.URL {
	u, ok := p.upstreams.Load(service)
	if !ok {
		u, _ = p.upstreams.Load("")
	}
	return u.(*url.URL)
}

// resigning replaces the caller's signature by one with the emulator's keys.
type resigning struct {
	*Proxy
	sig signature
}

// RoundTrip signs and sends.
func (s resigning) RoundTrip(r *http.Request) (*http.Response, error) {
	for _, h := range []string{"Authorization", "X-Amz-Date", "X-Amz-Security-Token"} {
		r.Header.Del(h)
	}
	if s.sig.presigned {
		r.URL.RawQuery = without(r.URL.Query(), append(signing, "X-Amz-Expires")...)
		r.Header.Set(hashName, unsigned)
	}
	hash, err := payloadHash(r)
	if err != nil {
		return nil, err
	}
	signer := v4.NewSigner(func(o *v4.SignerOptions) { o.DisableURIPathEscaping = s.sig.service == "s3" })
	if err := signer.SignHTTP(r.Context(), s.upkeys, r, hash, s.sig.service, s.sig.region, s.now()); err != nil {
		return nil, err
	}
	return s.transport.RoundTrip(r)
}
