package awslambda

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/api"
)

// maxRequest is the largest event that Lambda takes: 6 MB. API Gateway takes bodies of up to 10 MB, and answers 413 itself to one whose event is larger.
const maxRequest = 6 << 20

// noting is an operation that takes a body as large as any operation may.
type noting struct{ taken int }

type noteInput struct {
	Body struct {
		Text string `json:"text"`
	}
}

func (n *noting) handler() *HTTP {
	a := api.New(api.Options{})
	api.Register(a, api.Operation{ID: "note", Method: http.MethodPost, Path: "/v1/notes", Public: true, BodyBytes: api.MostBodyBytes},
		func(_ context.Context, in *noteInput) (*api.Record[string], error) {
			n.taken = len(in.Body.Text)
			return api.NewRecord("taken", 1), nil
		})
	return NewHTTP(a.Handler())
}

// posted is the gateway's event of a body, as text or in base64.
func posted(t *testing.T, body string, inBase64 bool) []byte {
	t.Helper()
	raw, err := os.ReadFile("testdata/post-json.event.json")
	if err != nil {
		t.Fatal(err)
	}
	var e map[string]any
	if err := json.Unmarshal(raw, &e); err != nil {
		t.Fatal(err)
	}
	e["rawPath"], e["body"], e["isBase64Encoded"] = "/v1/notes", body, inBase64
	if inBase64 {
		e["body"] = base64.StdEncoding.EncodeToString([]byte(body))
	}
	e["headers"].(map[string]any)["content-length"] = fmt.Sprint(len(body))
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false) // as the gateway does
	if err := enc.Encode(e); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// note makes a body of so many bytes, all of them of the kind that grows most on its way: a quote becomes four characters, two of them the caller's.
func note(bytes int, fill string) string {
	const frame = `{"text":""}`
	return `{"text":"` + strings.Repeat(fill, (bytes-len(frame))/len(fill)) + `"}`
}

// Whatever a body holds, one within the contract's limit reaches the function, and one above it that still reaches the function is told why.
func TestRequestsNearTheLimits(t *testing.T) {
	for _, c := range []struct {
		name     string
		body     string
		inBase64 bool
		code     string // of the problem; "" is taken
	}{
		{"the most, plain", note(api.MostBodyBytes, "x"), false, ""},
		{"the most, all quotes", note(api.MostBodyBytes, `\"`), false, ""},
		{"the most, Korean", note(api.MostBodyBytes, "단"), false, ""},
		{"the most, in base64", note(api.MostBodyBytes, "x"), true, ""},
		{"more", note(api.MostBodyBytes+100, "x"), false, "body_too_large"},
		{"nearly what Lambda takes", note(maxRequest-4<<10, "x"), false, "body_too_large"},
		{"nearly what Lambda takes, in base64", note(maxRequest*3/4-4<<10, "x"), true, "body_too_large"},
	} {
		t.Run(c.name, func(t *testing.T) {
			event := posted(t, c.body, c.inBase64)
			if len(event) > maxRequest {
				t.Fatalf("the event has %d bytes: Lambda refuses it before the contract can", len(event))
			}
			n := &noting{}
			reply, err := n.handler().Invoke(t.Context(), event)
			if err != nil {
				t.Fatal(err)
			}
			var r struct {
				StatusCode int
				Body       string
			}
			var p struct{ Code, Detail string }
			if err := json.Unmarshal(reply, &r); err != nil {
				t.Fatal(err)
			}
			if c.code == "" {
				if r.StatusCode != http.StatusOK || n.taken == 0 {
					t.Errorf("got %d %s", r.StatusCode, r.Body)
				}
				return
			}
			if err := json.Unmarshal([]byte(r.Body), &p); err != nil {
				t.Fatal(err)
			}
			if r.StatusCode != http.StatusRequestEntityTooLarge || p.Code != c.code || n.taken != 0 || !strings.Contains(p.Detail, fmt.Sprint(api.MostBodyBytes)) {
				t.Errorf("got %d %+v", r.StatusCode, p)
			}
		})
	}
}

func TestAnOperationThatWouldTakeMoreThanLambdaDoesIsNotMounted(t *testing.T) {
	defer func() {
		if said := fmt.Sprint(recover()); !strings.Contains(said, "note") || !strings.Contains(said, "Lambda") {
			t.Errorf("got %v", said)
		}
	}()
	api.Register(api.New(api.Options{}), api.Operation{ID: "note", Method: http.MethodPost, Path: "/v1/notes", BodyBytes: api.MostBodyBytes + 1},
		func(context.Context, *noteInput) (*api.Record[string], error) { return nil, nil })
}
