// Package awslambda is where AWS Lambda ends and Dangol begins: it turns API Gateway requests, SQS batches, stream records and schedules into
// calls of the ports' handler types. Nothing else imports aws-lambda-go.
package awslambda

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambdacontext"
)

// margin is how long before Lambda's deadline the work's context ends: time to answer, or to leave the rest to the next hop.
const margin = 500 * time.Millisecond

// HTTP answers API Gateway HTTP API requests (payload format 2.0) with an http.Handler.
type HTTP struct {
	handler http.Handler
	edge    string // what edgeHeader carries of a request that came through our CloudFront; "" when there is none
}

// NewHTTP returns the adapter of a handler. DANGOL_EDGE is the proof that infra gives to CloudFront and to the function alike.
func NewHTTP(h http.Handler) *HTTP { return &HTTP{handler: h, edge: os.Getenv("DANGOL_EDGE")} }

// Invoke answers one request. It is what Lambda's runtime calls; it fails only for an event that is no HTTP request.
func (a *HTTP) Invoke(ctx context.Context, payload []byte) ([]byte, error) {
	var e events.APIGatewayV2HTTPRequest
	if err := json.Unmarshal(payload, &e); err != nil {
		return nil, fmt.Errorf("read the API Gateway request: %w", err)
	}
	if e.RequestContext.HTTP.Method == "" {
		return nil, fmt.Errorf("the event is no HTTP request of payload format 2.0, but %q", e.Version)
	}
	ctx, cancel := early(ctx)
	defer cancel()
	r, err := request(ctx, &e)
	if err != nil {
		return nil, err
	}
	a.caller(r)
	w := newResponse()
	a.handler.ServeHTTP(w, r)
	return w.payload(r)
}

// early returns a context that ends before Lambda's.
func early(ctx context.Context) (context.Context, context.CancelFunc) {
	if deadline, ok := ctx.Deadline(); ok {
		return context.WithDeadline(ctx, deadline.Add(-margin))
	}
	return context.WithCancel(ctx)
}

// Invocation is what AWS says of the request at hand.
type Invocation struct {
	RequestID string // Lambda's, in its log
	Gateway   events.APIGatewayV2HTTPRequestContext
}

type invocationKey struct{}

// Request returns the invocation that a request came by. It is known from the context alone: no header can claim it.
func Request(ctx context.Context) (Invocation, bool) {
	i, ok := ctx.Value(invocationKey{}).(Invocation)
	return i, ok
}

// request turns the event into the request that the caller sent, as far as API Gateway lets us know it.
func request(ctx context.Context, e *events.APIGatewayV2HTTPRequest) (*http.Request, error) {
	body, err := bodyOf(e)
	if err != nil {
		return nil, err
	}
	i := Invocation{Gateway: e.RequestContext}
	if l, ok := lambdacontext.FromContext(ctx); ok {
		i.RequestID = l.AwsRequestID
	}
	r := &http.Request{
		Method: e.RequestContext.HTTP.Method, URL: address(e), Header: headerOf(e), Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body)),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, RemoteAddr: net.JoinHostPort(e.RequestContext.HTTP.SourceIP, "0"),
	}
	r.Host = r.Header.Get("Host")
	r.Header.Del("Host")
	if body != "" {
		r.Header.Set("Content-Length", fmt.Sprint(len(body)))
	}
	r.RequestURI = r.URL.RequestURI()
	return r.WithContext(context.WithValue(ctx, invocationKey{}, i)), nil
}

// edgeHeader is CloudFront's proof of itself; see infra/console.go.
const edgeHeader = "X-Dangol-Edge"

// caller sets the caller's own address on a request that came through CloudFront, whose address the gateway names: limits by address would count all callers
// as one. CloudFront adds the caller's to X-Forwarded-For and the gateway CloudFront's, so that it is the last but one. Without the proof the whole header but
// its last entry is the caller's word.
func (a *HTTP) caller(r *http.Request) {
	proof := r.Header.Get(edgeHeader)
	r.Header.Del(edgeHeader)
	if a.edge == "" || subtle.ConstantTimeCompare([]byte(proof), []byte(a.edge)) != 1 {
		return
	}
	via := strings.Split(r.Header.Get("X-Forwarded-For"), ",")
	if len(via) < 2 {
		return
	}
	if from := net.ParseIP(strings.TrimSpace(via[len(via)-2])); from != nil {
		r.RemoteAddr = net.JoinHostPort(from.String(), "0")
	}
}

func bodyOf(e *events.APIGatewayV2HTTPRequest) (string, error) {
	if !e.IsBase64Encoded {
		return e.Body, nil
	}
	b, err := base64.StdEncoding.DecodeString(e.Body)
	if err != nil {
		return "", fmt.Errorf("decode the request's body: %w", err)
	}
	return string(b), nil
}

// address returns the request's URL. An HTTP API hands the path over decoded, whatever its name rawPath says, so that it must not be decoded
// again; a function URL hands it over as it was sent. The query is always as it was sent. A stage other than $default is part of the path.
func address(e *events.APIGatewayV2HTTPRequest) *url.URL {
	path := e.RawPath
	if stage := "/" + e.RequestContext.Stage; stage != "/" && stage != "/$default" {
		if rest, ok := strings.CutPrefix(path, stage); ok && (rest == "" || rest[0] == '/') {
			path = rest
		}
	}
	if path == "" || path[0] != '/' {
		path = "/" + path
	}
	u := &url.URL{Path: path, RawQuery: e.RawQueryString}
	if strings.Contains(e.RequestContext.DomainName, ".lambda-url.") {
		if plain, err := url.PathUnescape(path); err == nil {
			u.Path, u.RawPath = plain, path
		}
	}
	return u
}

// headerOf returns the headers without those that end at a proxy, and without those by which other adapters pass their context on: whoever
// trusts such a header trusts the caller.
func headerOf(e *events.APIGatewayV2HTTPRequest) http.Header {
	h := make(http.Header, len(e.Headers)+1)
	for name, value := range e.Headers {
		h.Add(name, value)
	}
	for named := range strings.SplitSeq(h.Get("Connection"), ",") {
		h.Del(strings.TrimSpace(named))
	}
	for name := range h {
		if hopByHop[name] || strings.HasPrefix(name, "X-Golambdaproxy-") || strings.HasPrefix(name, "X-Amzn-Lambda-") {
			delete(h, name)
		}
	}
	if len(e.Cookies) > 0 {
		h.Set("Cookie", strings.Join(e.Cookies, "; "))
	}
	return h
}

// hopByHop are the headers that belong to one connection (RFC 9110, 7.6.1).
var hopByHop = map[string]bool{
	"Connection": true, "Keep-Alive": true, "Proxy-Authenticate": true, "Proxy-Authorization": true, "Proxy-Connection": true, "Te": true, "Trailer": true,
	"Transfer-Encoding": true, "Upgrade": true,
}
