package deployed_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"

	"github.com/dangol/dangol/localstack/postoffice"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/cloud/signed"
)

// openOffice opens the post office where the functions were told that SES is, and returns its mailbox.
func openOffice(t *testing.T) http.Handler {
	t.Helper()
	office := postoffice.Open(t, strings.TrimPrefix(os.Getenv("DANGOL_SES_ENDPOINT"), "http://"))
	rules, err := findRules(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() {
		done <- office.Run(ctx, map[string]string{"ses:configuration-set": "dangol-local-mail"}, rules.deliver)
	}()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("the post office's reports: %v", err)
		}
	})
	mux := http.NewServeMux()
	office.Mount(mux)
	return mux
}

// call asks a service of the emulator.
func call(ctx context.Context, service, target string, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}
	c := signed.Caller{Service: service, Clock: clock.System{}, Config: aws.Config{Region: os.Getenv("AWS_REGION"), BaseEndpoint: aws.String(os.Getenv("DANGOL_MINISTACK_URL")),
		Credentials: credentials.NewStaticCredentialsProvider("test", "test", "")}}
	raw, err := c.JSON(ctx, target, body)
	if err != nil {
		return fmt.Errorf("%s: %w", target, err)
	}
	return json.Unmarshal(raw, out)
}

// rules are the stage's own rules for events of SES. EventBridge lets nobody but AWS's services put events in their names, and no emulator's SES does: so
// the emulator says which rules an event matches, and the event goes to their targets from here.
type rules []rule

type rule struct {
	Name, EventPattern string
	targets            []string // queues, by name
}

func findRules(ctx context.Context) (found rules, err error) {
	var all struct{ Rules []rule }
	if err := call(ctx, "events", "AWSEvents.ListRules", struct{}{}, &all); err != nil {
		return nil, err
	}
	for _, r := range all.Rules {
		if !strings.Contains(r.EventPattern, "aws.ses") {
			continue
		}
		var to struct{ Targets []struct{ Arn string } }
		if err := call(ctx, "events", "AWSEvents.ListTargetsByRule", map[string]any{"Rule": r.Name}, &to); err != nil {
			return nil, err
		}
		for _, t := range to.Targets {
			r.targets = append(r.targets, t.Arn[strings.LastIndexByte(t.Arn, ':')+1:])
		}
		found = append(found, r)
	}
	if len(found) == 0 {
		return nil, errors.New("the stage has no rule for SES's events")
	}
	return found, nil
}

func (all rules) deliver(ctx context.Context, r postoffice.Report) error {
	event, err := whole(r.Event)
	if err != nil {
		return err
	}
	for _, rule := range all {
		var matches struct{ Result bool }
		if err := call(ctx, "events", "AWSEvents.TestEventPattern", map[string]any{"EventPattern": rule.EventPattern, "Event": event}, &matches); err != nil {
			return err
		}
		for _, queue := range rule.targets {
			if !matches.Result {
				continue
			}
			url := os.Getenv("DANGOL_MINISTACK_URL") + "/000000000000/" + queue
			if err := call(ctx, "sqs", "AmazonSQS.SendMessage", map[string]any{"QueueUrl": url, "MessageBody": event}, &struct{}{}); err != nil {
				return err
			}
		}
	}
	return nil
}

// whole adds what every event of EventBridge has and no reader of ours asks for.
func whole(event []byte) (string, error) {
	var e map[string]any
	if err := json.Unmarshal(event, &e); err != nil {
		return "", err
	}
	for name, value := range map[string]any{"id": "1", "account": "000000000000", "region": os.Getenv("AWS_REGION"), "time": time.Now().UTC().Format(time.RFC3339), "resources": []string{}} {
		e[name] = value
	}
	b, err := json.Marshal(e)
	return string(b), err
}
