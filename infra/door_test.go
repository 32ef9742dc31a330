package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/catalogue"
)

func TestTheOneGuardStandsBeforeEveryPathThatIsNotPublic(t *testing.T) {
	tp := synth(t, "test")
	guards := tp.of("AWS::ApiGatewayV2::Authorizer")
	if len(guards) != 1 {
		t.Fatalf("authorizers: got %d, want 1", len(guards))
	}
	for property, want := range map[string]string{
		"AuthorizerType":                 "REQUEST",
		"AuthorizerPayloadFormatVersion": "2.0",
		"EnableSimpleResponses":          "true",
		"AuthorizerResultTtlInSeconds":   "300",
		"IdentitySource":                 "[$request.header.Authorization]", // the cache's key: with less, one caller would have another's answer
	} {
		if got := guards[0].get(property); got != want {
			t.Errorf("%s is %q, want %q", property, got, want)
		}
	}
	for _, row := range catalogue.Rows() {
		if row.Guard && !refersTo(guards[0].Properties["AuthorizerUri"], tp.function(t, row).ID) {
			t.Errorf("the gateway asks another function than %s", row.Name)
		}
		for _, key := range routeKeys(row) {
			route := tp.where(t, "AWS::ApiGatewayV2::Route", "RouteKey", key)
			guarded := route.get("AuthorizationType") == "CUSTOM" && refersTo(route.Properties["AuthorizerId"], guards[0].ID)
			if guarded == row.Public || row.Public && route.get("AuthorizationType") != "NONE" {
				t.Errorf("%s: guarded is %v; its row says public %v", key, guarded, row.Public)
			}
		}
	}
}

// A record's operation that is another function's than the record itself, such as the audience of a campaign, is led past the record's function.
func TestEveryRouteLeadsToItsRow(t *testing.T) {
	tp := synth(t, "test")
	for _, row := range catalogue.Rows() {
		for _, key := range routeKeys(row) {
			route := tp.where(t, "AWS::ApiGatewayV2::Route", "RouteKey", key)
			leads := slices.ContainsFunc(tp.of("AWS::ApiGatewayV2::Integration"), func(i *resource) bool {
				return refersTo(route.Properties["Target"], i.ID) && refersTo(i.Properties["IntegrationUri"], tp.function(t, row).ID)
			})
			if !leads {
				t.Errorf("%s does not lead to %s", key, row.Name)
			}
		}
	}
}

// A path that no row is public or guarded for would be the console's: CloudFront leads to the gateway what the rows serve.
func TestCloudFrontLeadsEveryPrefixToTheGateway(t *testing.T) {
	for _, row := range catalogue.Rows() {
		for _, p := range row.Routes() {
			if !coveredBy(toAPI, p.Path) || !p.Exact() && !coveredBy(toAPI, p.Path+"/x") {
				t.Errorf("%s of %s is answered by the console", p.Path, row.Name)
			}
		}
	}
}

// coveredBy says whether one of CloudFront's patterns matches the path.
func coveredBy(patterns []string, path string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		prefix, star := strings.CutSuffix(p, "*")
		return path == p || star && strings.HasPrefix(path, prefix)
	})
}
