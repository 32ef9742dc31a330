package iamproxy

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// Call is what a request asks a service to do, and the leave it needs for that.
type Call struct {
	Service   string // as in the scope of its signature: dynamodb, s3, sqs, ses, sts
	Operation string // PutItem; "" when it could not be read
	Access    []Access
}

// parsers read a request of a service. They refuse, by an error, whatever they do not know.
var parsers = map[string]func(w *World, r *http.Request) (Call, error){
	"dynamodb": (*World).dynamodb,
	"s3":       (*World).s3,
	"sqs":      (*World).sqs,
	"ses":      (*World).ses,
	"ssm":      (*World).ssm,
}

// Parse reads a request of one of the services. The body can be read again afterwards.
func (w *World) Parse(service string, r *http.Request) (Call, error) {
	parse := parsers[service]
	if parse == nil {
		return Call{Service: service}, fmt.Errorf("service %q is not known to the proxy", service)
	}
	c, err := parse(w, r)
	c.Service = service
	if err == nil && len(c.Access) == 0 {
		err = errors.New("asks for nothing that the proxy can read")
	}
	return c, err
}

// maxBody is more than any request that is read whole: DynamoDB's largest has 16 MB. Objects pass by unread.
const maxBody = 32 << 20

// whole reads the body and puts it back.
func whole(r *http.Request) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	if err != nil {
		return nil, err
	}
	if len(b) > maxBody {
		return nil, fmt.Errorf("body of more than %d bytes", maxBody)
	}
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(b)), int64(len(b))
	return b, nil
}

// target reads the operation of the JSON protocols (X-Amz-Target: <api>.<operation>) and decodes the body.
func target(r *http.Request, api string, body any) (operation string, err error) {
	named := r.Header.Get("X-Amz-Target")
	operation, ok := strings.CutPrefix(named, api+".")
	if !ok || r.Method != http.MethodPost {
		return "", fmt.Errorf("%s with the target %q is no call of %s", r.Method, named, api)
	}
	return operation, decode(r, body)
}

func decode(r *http.Request, body any) error {
	b, err := whole(r)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, body); err != nil {
		return fmt.Errorf("read body: %w", err)
	}
	return nil
}

// unknown reports an operation that this package cannot judge.
func unknown(operation string) error {
	return fmt.Errorf("operation %q is not known to the proxy", operation)
}
