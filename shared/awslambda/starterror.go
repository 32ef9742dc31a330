package awslambda

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"time"
)

// failedStart is the type under which Lambda's metrics and the invocation's error name a start that failed.
const failedStart = "Dangol.StartFailed"

// reportStart tells Lambda why the function cannot start, so that the invocation that waits for it fails with the reason and not with "exited without
// providing a reason". Outside of Lambda there is nobody to tell.
func reportStart(reason error) error {
	address := os.Getenv("AWS_LAMBDA_RUNTIME_API")
	if address == "" {
		return nil
	}
	body, err := json.Marshal(map[string]any{"errorType": failedStart, "errorMessage": reason.Error(), "stackTrace": []string{}})
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+address+"/2018-06-01/runtime/init/error", bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Lambda-Runtime-Function-Error-Type", failedStart)
	reply, err := (&http.Client{Transport: &http.Transport{}}).Do(r) // its own transport: the Runtime API is not reached through a proxy
	if err != nil {
		return err
	}
	defer reply.Body.Close()
	if reply.StatusCode/100 != 2 {
		return fmt.Errorf("report the failed start: %s", reply.Status)
	}
	return nil
}
