package awslambda_test

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"github.com/dangol/dangol/shared/awslambda"
)

type asked func(authorization string) (bool, map[string]string, error)

func (a asked) Ask(_ context.Context, authorization string) (bool, map[string]string, error) {
	return a(authorization)
}

func TestTheGatewaysQuestion(t *testing.T) {
	known := map[string]string{"tenant": "wsp_1", "principal": "usr_1"}
	for name, c := range map[string]struct {
		allowed bool
		known   map[string]string
		err     error
		want    string // the reply; "" when the gateway is told of an error
	}{
		"one of ours":              {true, known, nil, `{"isAuthorized":true,"context":{"principal":"usr_1","tenant":"wsp_1"}}`},
		"one of ours that ran out": {true, nil, nil, `{"isAuthorized":true}`},
		"a stranger":               {false, nil, nil, `{"isAuthorized":false}`},
		"nobody can tell":          {false, nil, errors.New("no table"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			reply, err := awslambda.NewAuthorizer(edge(&log), asked(func(header string) (bool, map[string]string, error) {
				if header != "Bearer dgl_live_example" {
					t.Errorf("asked about %q", header)
				}
				return c.allowed, c.known, c.err
			})).Invoke(t.Context(), read(t, "testdata/question.json"))
			if string(reply) != c.want || (err == nil) != (c.want != "") {
				t.Errorf("got %s, %v; want %s", reply, err, c.want)
			}
			if bytes.Contains(log.Bytes(), []byte("dgl_live")) {
				t.Errorf("the log has the credential: %s", log.String())
			}
		})
	}
}

func TestAQuestionWithoutACredentialIsAnError(t *testing.T) {
	var log bytes.Buffer
	a := awslambda.NewAuthorizer(edge(&log), asked(func(string) (bool, map[string]string, error) { t.Error("asked"); return true, nil, nil }))
	for _, payload := range []string{`{}`, `{"identitySource":["a","b"]}`, `x`} {
		if reply, err := a.Invoke(t.Context(), []byte(payload)); err == nil {
			t.Errorf("%s: got %s", payload, reply)
		}
	}
}
