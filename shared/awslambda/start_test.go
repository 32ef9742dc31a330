package awslambda

import (
	"context"
	"errors"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/lambda"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/env"
)

// greeting is a feature as functions have them.
type greeting struct{}

func newGreeting(*env.Env) *greeting { return &greeting{} }

func (*greeting) Register(a *api.API) {
	api.Register(a, api.Operation{ID: "listCustomers", Method: http.MethodGet, Path: "/v1/customers/{id}", Public: true},
		func(_ context.Context, in *struct {
			ID string `path:"id"`
		}) (*api.Record[string], error) {
			return api.NewRecord("hello "+in.ID, 1), nil
		})
}

func TestFunctionAnswersThroughTheWholeContract(t *testing.T) {
	open := func(context.Context) (*Place, error) { return &Place{Env: &env.Env{}}, nil }
	h, err := start("greeting", open, httpFunction("greeting", newGreeting))
	if err != nil {
		t.Fatal(err)
	}
	event, err := os.ReadFile("testdata/head.event.json")
	if err != nil {
		t.Fatal(err)
	}
	for method, want := range map[string]string{"GET": `\"hello cus_1\"`, "HEAD": `"body":""`, "PUT": `"statusCode":405`} {
		reply, err := h.Invoke(context.Background(), []byte(strings.Replace(string(event), `"HEAD"`, `"`+method+`"`, 1)))
		if err != nil || !strings.Contains(string(reply), want) {
			t.Errorf("%s: %s, %v", method, reply, err)
		}
	}
}

func TestFunctionWithoutAPlaceDoesNotStart(t *testing.T) {
	closed := errors.New("no secret")
	_, err := start("greeting", func(context.Context) (*Place, error) { return nil, closed }, func(*Place) (lambda.Handler, error) { return nil, nil })
	if !errors.Is(err, closed) || !strings.Contains(err.Error(), "greeting") {
		t.Errorf("got %v", err)
	}
}

// What the place does after an invocation is done whatever came of it, once for each.
func TestThePlaceHasTheLastWord(t *testing.T) {
	after := 0
	open := func(context.Context) (*Place, error) {
		return &Place{Env: &env.Env{}, After: func(context.Context) { after++ }}, nil
	}
	h, err := start("greeting", open, httpFunction("greeting", newGreeting))
	if err != nil || after != 0 {
		t.Fatalf("got %v after %d", err, after)
	}
	for _, event := range []string{"{", `{"version":"2.0"}`} {
		_, _ = h.Invoke(context.Background(), []byte(event))
	}
	if after != 2 {
		t.Errorf("called %d times after two invocations", after)
	}
}
