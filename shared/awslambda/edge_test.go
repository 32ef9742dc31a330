package awslambda_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/dangol/dangol/shared/awslambda"
)

// Limits by network address hold for the caller and not for CloudFront, and nobody can choose his address.
func TestTheCallersAddressBehindCloudFront(t *testing.T) {
	const asked = `{"version":"2.0","rawPath":"/v1/me","headers":{"host":"crm.example"%s},"requestContext":{"stage":"$default","http":{"method":"GET","path":"/v1/me","sourceIp":"64.252.70.1"}}}`
	for name, c := range map[string]struct {
		edge, headers, want string
	}{
		"through CloudFront":               {"proof", `,"x-dangol-edge":"proof","x-forwarded-for":"192.0.2.7, 64.252.70.1"`, "192.0.2.7:0"},
		"IPv6 through CloudFront":          {"proof", `,"x-dangol-edge":"proof","x-forwarded-for":"2001:db8::7, 64.252.70.1"`, "[2001:db8::7]:0"},
		"a made-up address before":         {"proof", `,"x-dangol-edge":"proof","x-forwarded-for":"10.0.0.1, 192.0.2.7, 64.252.70.1"`, "192.0.2.7:0"},
		"past CloudFront":                  {"proof", `,"x-forwarded-for":"10.0.0.1, 64.252.70.1"`, "64.252.70.1:0"},
		"with a wrong proof":               {"proof", `,"x-dangol-edge":"guess","x-forwarded-for":"10.0.0.1, 64.252.70.1"`, "64.252.70.1:0"},
		"with an empty proof, having none": {"", `,"x-dangol-edge":"","x-forwarded-for":"10.0.0.1, 64.252.70.1"`, "64.252.70.1:0"},
		"with what is no address":          {"proof", `,"x-dangol-edge":"proof","x-forwarded-for":"unknown, 64.252.70.1"`, "64.252.70.1:0"},
		"with one address alone":           {"proof", `,"x-dangol-edge":"proof","x-forwarded-for":"64.252.70.1"`, "64.252.70.1:0"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("DANGOL_EDGE", c.edge)
			_, err := awslambda.NewHTTP(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				if r.RemoteAddr != c.want || r.Header.Get("X-Dangol-Edge") != "" {
					t.Errorf("got %s with proof %q, want %s without", r.RemoteAddr, r.Header.Get("X-Dangol-Edge"), c.want)
				}
			})).Invoke(t.Context(), fmt.Appendf(nil, asked, c.headers))
			if err != nil {
				t.Error(err)
			}
		})
	}
}
