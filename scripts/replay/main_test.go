package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/functions/changefeed"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/blob/dir"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/cloud/operator"
	"github.com/dangol/dangol/shared/cloud/operator/stagetest"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/queue/sqs"
	"github.com/dangol/dangol/shared/queue/sqs/named"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table/dynamo"
	"github.com/dangol/dangol/shared/testkit/sqstwin"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

const (
	hana = "wsp_01KJQ6PSG02X9YPKYC3QEKNM3P"
	duri = "wsp_01KJQ6PSG02X9YPKYC3QEKNM3R"
)

var start = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// set is one record that was set aside: a chunk of a campaign that is ready, of a workspace.
func set(tenant, number string) string {
	event, _ := json.Marshal(store.Event{ID: "evt_" + number, Type: store.ChunkReady, Tenant: tenant, Data: json.RawMessage(`{"n":"` + number + `"}`)})
	text, _ := json.Marshal(string(event))
	keys := `"PK":{"S":"t#` + tenant + `#cmp#cmp_1#000001"},"SK":{"S":"` + number + `"}`
	return `{"eventSourceARN":"arn:aws:dynamodb:ap-northeast-2:1:table/dangol-test-outreach/stream/2026","dynamodb":{"SequenceNumber":"` + number +
		`","Keys":{` + keys + `},"NewImage":{` + keys + `,"v":{"N":"1"},"n":{"M":{}},"ev":{"S":` + string(text) + `}}}}`
}

// stored is the object of some records, as Lambda writes it; of none it holds their place alone.
func stored(table string, records ...string) string {
	batch := `"DDBStreamBatchInfo":{"shardId":"shardId-1","startSequenceNumber":"800","endSequenceNumber":"801","batchSize":2,
		"approximateArrivalOfFirstRecord":"2026-11-21T09:30:00Z","streamArn":"arn:aws:dynamodb:ap-northeast-2:1:table/dangol-test-` + table + `/stream/2026"}`
	payload := ""
	if len(records) > 0 {
		text, _ := json.Marshal(`{"Records":[` + strings.Join(records, ",") + `]}`)
		payload = `,"payload":` + string(text)
	}
	return `{"requestContext":{"condition":"RetryAttemptsExhausted"},"version":"1.0",` + batch + payload + `}`
}

// aside is a stage "test" in which three objects were set aside: one of hana at nine, one of both and one without records three hours later. It
// stands at noon; each object has its letter.
type aside struct {
	t       *testing.T
	clk     *clock.Manual
	bucket  *dir.Dir
	letters *sqs.Queue
	passed  *passed
	calls   int
	refuse  func(event string) error
}

// passed is the queue to which the function passes on what records ask for.
type passed struct {
	queue.Queue
	messages []string
	broken   string // the body that it does not take
}

func (p *passed) Send(_ context.Context, q queue.Name, msgs ...queue.Send) error {
	for _, m := range msgs {
		if string(m.Body) == p.broken {
			return errors.New("no queue")
		}
		p.messages = append(p.messages, string(q)+" "+m.Group+" "+string(m.Body))
	}
	return nil
}

const (
	ofHana = asidePrefix + "esm/shardId-1/2026/11/22/2026-11-22T09.00.00-a"
	ofBoth = asidePrefix + "esm/shardId-1/2026/11/22/2026-11-22T12.00.00-b"
	ofNone = asidePrefix + "esm/shardId-1/2026/11/22/2026-11-22T12.00.00-c"
)

func open(t *testing.T) *aside {
	t.Helper()
	clk := clock.NewManual(start)
	bucket, err := dir.New(t.TempDir(), func() string { return "" }, make([]byte, 32), clk)
	must(t, err)
	t.Cleanup(func() { must(t, bucket.Close()) })
	twin := sqstwin.Start(t, clk)
	for name, value := range map[string]string{
		"AWS_ENDPOINT_URL": twin.URL, "AWS_REGION": "ap-northeast-2", "AWS_ACCESS_KEY_ID": "twin", "AWS_SECRET_ACCESS_KEY": "twin",
		"AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null", "AWS_PROFILE": "",
	} {
		t.Setenv(name, value)
	}
	twin.Create("dangol-test-changefeed-dead")
	letters, err := named.Open(t.Context(), "test", dead(usual))
	must(t, err)
	a := &aside{t: t, clk: clk, bucket: bucket, letters: letters, passed: &passed{}}
	a.letter(`{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"aside"}`)
	a.put(ofHana, stored("outreach", set(hana, "1"), set(hana, "2")))
	clk.Advance(3 * time.Hour)
	a.put(ofBoth, stored("crm", set(hana, "3"), set(duri, "4")))
	a.put(ofNone, stored("crm"))
	return a
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (a *aside) put(key, body string) {
	_, err := a.bucket.Put(a.t.Context(), key, strings.NewReader(body), blob.PutOptions{})
	must(a.t, err)
	a.letter(`{"Records":[{"eventName":"ObjectCreated:Put","s3":{"object":{"key":"` + strings.ReplaceAll(key, ":", "%3A") + `"}}}]}`)
}

func (a *aside) letter(body string) {
	must(a.t, a.letters.Send(a.t.Context(), dead(usual), queue.Send{Body: []byte(body)}))
}

// run is the command on the deployed stage: the function is the real one, behind the adapter that decodes what Lambda gives it.
func (a *aside) run(args ...string) (string, error) {
	o, err := parse(args, a.clk.Now(), io.Discard)
	must(a.t, err)
	invoke := functionOf(a.t, a.passed)
	r := &replay{aside: a.bucket, letters: a.letters, dead: dead(usual), clock: a.clk, stage: "test", invoke: func(ctx context.Context, event []byte) ([]byte, error) {
		a.calls++
		if a.refuse != nil {
			if err := a.refuse(string(event)); err != nil {
				return nil, err
			}
		}
		return invoke(ctx, event)
	}}
	var out strings.Builder
	err = r.run(a.t.Context(), o, &out)
	return out.String(), err
}

// functionOf is changefeed as Lambda calls it, over the queue.
func functionOf(t *testing.T, q queue.Queue) func(context.Context, []byte) ([]byte, error) {
	p := testenv.New(t)
	p.Queue = q
	return awslambda.NewFeed(awslambda.Edge{Function: usual, Log: p.Log}, dynamo.Decode, changefeed.New(p.Env).Handle).Invoke
}

// left names the objects, by their last letter, and counts the letters.
func (a *aside) left() (objects string, letters int) {
	found, err := a.bucket.List(a.t.Context(), "", "", 100)
	must(a.t, err)
	for _, i := range found {
		objects += i.Key[len(i.Key)-1:]
	}
	got, err := a.letters.Receive(a.t.Context(), dead(usual), 10, 0, 0)
	must(a.t, err)
	return objects, len(got)
}

func sends(numbers ...string) (all []string) {
	of := map[string]string{"1": hana, "2": hana, "3": hana, "4": duri}
	for _, n := range numbers {
		all = append(all, "sends "+of[n]+` {"n":"`+n+`"}`)
	}
	return all
}

func TestWhatIsReplayed(t *testing.T) {
	for name, c := range map[string]struct {
		args    string
		sent    []string
		objects string // left
		letters int    // left
		says    []string
		err     string
	}{
		"a dry run": {"", nil, "abc", 4,
			[]string{"       1  crm       " + hana, "       1  crm       " + duri, "       2  outreach  " + hana, "would replay 4 records of 2 objects", "1 have no records"}, ""},
		"all": {"-yes", sends("1", "2", "3", "4"), "c", 1,
			[]string{"replayed 4 records of 2 objects", "LOST   " + ofNone, "sequence numbers 800 to 801", "the stream forgot them on 2026-11-22T09:30:00Z"}, "1 objects stay"},
		"one table":     {"-yes -table outreach", sends("1", "2"), "bc", 2, []string{"replayed 2 records of 1 objects"}, ""},
		"one workspace": {"-yes -tenant " + duri, sends("4"), "abc", 3, []string{"replayed 1 records of 1 objects; 1 objects hold other"}, "1 objects stay"},
		"the latest":    {"-yes -table crm -since 1h", sends("3", "4"), "ac", 2, []string{"replayed 2 records of 1 objects"}, "1 objects stay"},
		"the earliest":  {"-yes -until 1h", sends("1", "2"), "bc", 2, []string{"replayed 2 records of 1 objects"}, ""},
		"nobody's":      {"-yes -tenant wsp_none -table outreach", nil, "abc", 3, []string{"replayed 0 records of 0 objects"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			a := open(t)
			out, err := a.run(strings.Fields(c.args)...)
			if (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
				t.Errorf("got %v, want %q", err, c.err)
			}
			for _, want := range c.says {
				if !strings.Contains(out, want) {
					t.Errorf("said %s\nwant %q", out, want)
				}
			}
			if objects, letters := a.left(); objects != c.objects || letters != c.letters {
				t.Errorf("left objects %q and %d letters, want %q and %d", objects, letters, c.objects, c.letters)
			}
			if !slices.Equal(a.passed.messages, c.sent) {
				t.Errorf("the function passed on %q, want %q", a.passed.messages, c.sent)
			}
		})
	}
}

// One record that still fails keeps its object; the others are done, and the next run does the rest.
func TestARecordThatFailsAgainHoldsUpNoOther(t *testing.T) {
	a := open(t)
	a.passed.broken = `{"n":"1"}`
	out, err := a.run("-yes", "-table", "outreach")
	if err == nil || !strings.Contains(out, "FAILED "+ofHana+": record 1: the function could not do it") {
		t.Errorf("said %s, %v", out, err)
	}
	if want := sends("2"); !slices.Equal(a.passed.messages, want) {
		t.Errorf("passed on %q, want %q", a.passed.messages, want)
	}
	a.passed.broken = ""
	if out, err = a.run("-yes", "-table", "outreach"); err != nil {
		t.Errorf("again: said %s, %v", out, err)
	}
	if want := sends("2", "1", "2"); !slices.Equal(a.passed.messages, want) {
		t.Errorf("passed on %q, want %q", a.passed.messages, want)
	}
	if objects, _ := a.left(); objects != "bc" {
		t.Errorf("left %q", objects)
	}
}

// A function that breaks over a record takes the record's neighbours with it, until they come without it.
func TestAFunctionThatBreaksIsGivenHalves(t *testing.T) {
	a := open(t)
	a.refuse = func(event string) error {
		if strings.Contains(event, `"SequenceNumber":"2"`) {
			return fmt.Errorf("%w: panic", operator.ErrFunction)
		}
		return nil
	}
	if out, err := a.run("-yes", "-table", "outreach"); err == nil || !strings.Contains(out, "record 2 and 0 behind it: the function failed: panic") {
		t.Errorf("said %s, %v", out, err)
	}
	if want := sends("1"); !slices.Equal(a.passed.messages, want) {
		t.Errorf("passed on %q, want %q", a.passed.messages, want)
	}
}

// A call that does not come through says nothing about the records: it is made once for each object.
func TestAFunctionThatCannotBeReachedIsCalledOnce(t *testing.T) {
	a := open(t)
	a.refuse = func(string) error { return errors.New("403 Forbidden") }
	if out, err := a.run("-yes", "-table", "outreach"); err == nil || a.calls != 1 || !strings.Contains(out, "403 Forbidden") {
		t.Errorf("said %s, %v after %d calls", out, err, a.calls)
	}
	if objects, letters := a.left(); objects != "abc" || letters != 3 {
		t.Errorf("left %q and %d letters", objects, letters)
	}
}

func TestWhatLambdaStores(t *testing.T) {
	for name, c := range map[string]struct {
		body    string
		records int
		err     string
	}{
		"a string, as documented":      {stored("crm", set(hana, "1")), 1, ""},
		"the event itself":             {`{"payload":{"Records":[` + set(hana, "1") + `]}}`, 1, ""},
		"no payload":                   {`{"DDBStreamBatchInfo":{}}`, 0, ""},
		"null":                         {`{"payload":null}`, 0, ""},
		"an empty string":              {`{"payload":""}`, 0, ""},
		"something else in the bucket": {`hello`, 0, "not an invocation record"},
		"a payload of another kind":    {`{"payload":"[1]"}`, 0, "not a function's event"},
	} {
		t.Run(name, func(t *testing.T) {
			_, records, err := read([]byte(c.body))
			if len(records) != c.records || (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
				t.Errorf("got %d records, %v", len(records), err)
			}
			for _, r := range records {
				if r.tenant != hana || r.sequence != "1" {
					t.Errorf("got %+v", r)
				}
			}
		})
	}
}

func TestWhatCannotBeMeantIsRefused(t *testing.T) {
	for args, wanted := range map[string]string{
		"-table identity":      `-table is "identity", want one of crm, outreach, ops`,
		"all":                  `unexpected "all"`,
		"-since -1h":           "leave no time",
		"-since 1h -until 1h":  "leave no time",
		"-since 1h -until -2h": "leave no time",
	} {
		if _, err := parse(strings.Fields(args), start, io.Discard); err == nil || !strings.Contains(err.Error(), wanted) {
			t.Errorf("%q: %v, want %s", args, err, wanted)
		}
	}
	if err := run(t.Context(), []string{"-help"}, clock.System{}, io.Discard, io.Discard); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("help: %v", err)
	}
}

// The whole command, over S3 and SQS as the emulator has them; Lambda's API is a page here that runs the real function.
func TestTheCommandOverAWS(t *testing.T) {
	s := stagetest.New(t)
	bucket := s.CreateBucket("aside")
	s.CreateQueue(string(dead(usual)))
	p := &passed{}
	lambda := httptest.NewServer(lambdaOf(t, s.Name(usual), bucket, functionOf(t, p)))
	t.Cleanup(lambda.Close)
	t.Setenv("AWS_ENDPOINT_URL_LAMBDA", lambda.URL)
	body := strings.ReplaceAll(stored("outreach", set(hana, "1"), set(duri, "4")), "dangol-test-", s.Name(""))
	_, err := s.Bucket(bucket).Put(t.Context(), ofBoth, strings.NewReader(body), blob.PutOptions{})
	must(t, err)
	letters, err := named.Open(t.Context(), s.Stage, dead(usual))
	must(t, err)
	must(t, letters.Send(t.Context(), dead(usual), queue.Send{Body: []byte(`{"Records":[{"s3":{"object":{"key":"` + ofBoth + `"}}}]}`)}))

	said := func(args ...string) string {
		var out strings.Builder
		must(t, run(t.Context(), append(args, "-stage", s.Stage), clock.System{}, &out, io.Discard))
		return out.String()
	}
	if out := said(); !strings.Contains(out, "would replay 2 records of 1 objects") || len(p.messages) != 0 {
		t.Errorf("a dry run: %s, sent %q", out, p.messages)
	}
	if out := said("-yes"); !strings.Contains(out, "replayed 2 records of 1 objects") || !slices.Equal(p.messages, sends("1", "4")) {
		t.Errorf("said %s, sent %q", out, p.messages)
	}
	if out := said("-yes"); !strings.Contains(out, "replayed 0 records of 0 objects") {
		t.Errorf("again: %s", out)
	}
	if left, err := letters.Receive(t.Context(), dead(usual), 10, 0, time.Second); err != nil || len(left) != 0 {
		t.Errorf("%d letters are left, %v", len(left), err)
	}
}

// lambdaOf answers the two calls of Lambda's API that the command makes.
func lambdaOf(t *testing.T, name, bucket string, invoke func(context.Context, []byte) ([]byte, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.Header.Get("Authorization"), "/lambda/aws4_request") {
			t.Errorf("%s %s is not signed for Lambda", r.Method, r.URL)
		}
		body, _ := io.ReadAll(r.Body)
		switch r.Method + " " + r.URL.RequestURI() {
		case "GET /2015-03-31/event-source-mappings?FunctionName=" + name:
			fmt.Fprintf(w, `{"EventSourceMappings":[{"DestinationConfig":{"OnFailure":{"Destination":"arn:aws:s3:::%s"}}}]}`, bucket)
		case "POST /2015-03-31/functions/" + name + "/invocations":
			answer, err := invoke(r.Context(), body)
			if err != nil {
				w.Header().Set("X-Amz-Function-Error", "Unhandled")
				answer = []byte(err.Error())
			}
			w.Write(answer)
		default:
			http.NotFound(w, r)
		}
	}
}
