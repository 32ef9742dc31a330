package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/table"
)

func TestEveryRowIsOneFunctionAsItsRowSays(t *testing.T) {
	tp := synth(t, "test")
	rows := catalogue.Rows()
	if got, want := len(tp.of("AWS::Lambda::Function")), len(rows); got != want {
		t.Errorf("functions: got %d, want the catalogue's %d: nothing is deployed that no row declares", got, want)
	}
	for _, row := range rows {
		fn := tp.function(t, row)
		arch := "[arm64]"
		if row.Cgo {
			arch = "[x86_64]"
		}
		for property, want := range map[string]string{
			"Timeout":       fmt.Sprint(row.Timeout.Seconds()),
			"MemorySize":    fmt.Sprint(row.MemoryMB),
			"Runtime":       "provided.al2023",
			"Architectures": arch,
		} {
			if got := fn.get(property); got != want {
				t.Errorf("%s: %s is %q, want %q", row.Name, property, got, want)
			}
		}
		logs := tp.where(t, "AWS::Logs::LogGroup", "LogGroupName", "/dangol/test/"+row.Name)
		if !refersTo(fn.Properties["LoggingConfig"], logs.ID) || logs.get("RetentionInDays") == "" {
			t.Errorf("%s does not log into its own group with an end", row.Name)
		}
	}
}

func TestEveryPrefixIsRoutedToItsFunction(t *testing.T) {
	tp := synth(t, "test")
	routes := 0
	for _, row := range catalogue.Rows() {
		fn := tp.function(t, row)
		for _, key := range routeKeys(row) {
			routes++
			route := tp.where(t, "AWS::ApiGatewayV2::Route", "RouteKey", key)
			integration := tp.Resources[references(route.Properties["Target"])[0]]
			if !refersTo(integration.Properties["IntegrationUri"], fn.ID) {
				t.Errorf("%s does not lead to %s", key, row.Name)
			}
		}
	}
	if got := len(tp.of("AWS::ApiGatewayV2::Route")); got != routes {
		t.Errorf("routes: got %d, want %d", got, routes)
	}
}

func TestQueueRowsTakePartialBatchesAndNoMoreThanTheirConcurrency(t *testing.T) {
	tp := synth(t, "test")
	for _, row := range catalogue.Rows() {
		if row.Queue == "" {
			continue
		}
		sources := tp.sources(tp.function(t, row))
		if len(sources) != 1 {
			t.Errorf("%s: got %d sources, want 1", row.Name, len(sources))
			continue
		}
		s := sources[0]
		q := tp.where(t, "AWS::SQS::Queue", "QueueName", "dangol-test-"+string(row.Queue))
		if !refersTo(s.Properties["EventSourceArn"], q.ID) {
			t.Errorf("%s does not read %s", row.Name, row.Queue)
		}
		if got := s.get("FunctionResponseTypes"); got != "[ReportBatchItemFailures]" {
			t.Errorf("%s: response types %s: one bad message would bring back the whole batch", row.Name, got)
		}
		if got := s.get("ScalingConfig.MaximumConcurrency"); row.Concurrency > 0 && got != fmt.Sprint(row.Concurrency) {
			t.Errorf("%s: concurrency %s, want %d", row.Name, got, row.Concurrency)
		}
		if got := q.get("VisibilityTimeout"); got != fmt.Sprint((row.Timeout + overrun).Seconds()) {
			t.Errorf("%s: visibility %s s must outlast the function's %s", row.Queue, got, row.Timeout)
		}
	}
}

func TestFeedRowsCutBadBatchesAndSetTheRestAside(t *testing.T) {
	tp := synth(t, "test")
	for _, row := range catalogue.Rows() {
		if len(row.Feed) == 0 {
			continue
		}
		sources := tp.sources(tp.function(t, row))
		if len(sources) != len(row.Feed) {
			t.Errorf("%s: got %d sources, want one for each of %v", row.Name, len(sources), row.Feed)
		}
		for _, s := range sources {
			if s.get("BisectBatchOnFunctionError") != "true" || s.get("MaximumRetryAttempts") == "" {
				t.Errorf("%s: one bad record would stop the shard", row.Name)
			}
			if got := s.get("MaximumBatchingWindowInSeconds"); got != fmt.Sprint(row.Window.Seconds()) || s.get("BatchSize") != fmt.Sprint(row.Batch) {
				t.Errorf("%s: batches of %s within %s s, want %d within %s", row.Name, s.get("BatchSize"), got, row.Batch, row.Window)
			}
			aside := tp.Resources[references(s.Properties["DestinationConfig"])[0]]
			dead := tp.where(t, "AWS::SQS::Queue", "QueueName", "dangol-test-"+row.Name+"-dead")
			if aside.Type != "AWS::S3::Bucket" || !refersTo(aside.Properties["NotificationConfiguration"], dead.ID) {
				t.Errorf("%s: its failures go to %s: a queue would get their place alone, and a bucket that tells no queue is looked into by nobody", row.Name, aside.ID)
			}
		}
	}
}

func TestEveryQueueHasDeadLetters(t *testing.T) {
	tp := synth(t, "test")
	for _, name := range catalogue.Queues() {
		q := tp.where(t, "AWS::SQS::Queue", "QueueName", "dangol-test-"+string(name))
		if got := q.get("RedrivePolicy.maxReceiveCount"); got != fmt.Sprint(queue.MaxReceives) {
			t.Errorf("%s: dead after %q deliveries, want %d", name, got, queue.MaxReceives)
		}
	}
	for _, q := range tp.of("AWS::SQS::Queue") {
		if q.Properties["RedrivePolicy"] == nil && !strings.HasSuffix(q.get("QueueName"), "-dead") {
			t.Errorf("%s loses what it gives up on", q.get("QueueName"))
		}
	}
}

func TestTablesAreAsThePortSays(t *testing.T) {
	tp := synth(t, "test")
	if got, want := len(tp.of("AWS::DynamoDB::Table")), len(table.Names()); got != want {
		t.Fatalf("tables: got %d, want %d", got, want)
	}
	for _, name := range table.Names() {
		tb := tp.where(t, "AWS::DynamoDB::Table", "TableName", "dangol-test-"+string(name))
		for property, want := range map[string]string{
			"BillingMode":                     "PAY_PER_REQUEST",
			"SSESpecification.SSEEnabled":     "true",
			"TimeToLiveSpecification.Enabled": "true",
			"PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled": "true",
		} {
			if got := tb.get(property); got != want {
				t.Errorf("%s: %s is %q, want %q", name, property, got, want)
			}
		}
		indexes := tb.Properties["GlobalSecondaryIndexes"].([]any)
		if len(indexes) != table.MaxIndexes {
			t.Errorf("%s: %d indexes, want %d", name, len(indexes), table.MaxIndexes)
		}
		if got, want := tb.get("StreamSpecification.StreamViewType") == "NEW_AND_OLD_IMAGES", followed(catalogue.Rows(), name); got != want {
			t.Errorf("%s: stream with both images %v, want %v", name, got, want)
		}
	}
}

// keptData are the resources that outlive production's stack; all others are made again by a deploy.
func keptData(tp template) []*resource {
	kept := tp.of("AWS::DynamoDB::Table")
	for _, b := range tp.of("AWS::S3::Bucket") {
		if !strings.HasPrefix(b.ID, "Site") {
			kept = append(kept, b)
		}
	}
	return kept
}

func TestOnlyProductionKeepsItsData(t *testing.T) {
	for stage, want := range map[string]string{"prod": "Retain", "test": "Delete"} {
		for _, r := range keptData(synth(t, stage)) {
			if r.DeletionPolicy != want {
				t.Errorf("%s: %s has deletion policy %q, want %q", stage, r.ID, r.DeletionPolicy, want)
			}
		}
		for _, r := range synth(t, stage).of("AWS::DynamoDB::Table") {
			if got := r.get("DeletionProtectionEnabled"); got != fmt.Sprint(stage == "prod") {
				t.Errorf("%s: %s has deletion protection %q", stage, r.ID, got)
			}
		}
	}
}

// What `make destroy` leaves is what must be kept, and nothing else.
func TestDestroyLeavesOnlyData(t *testing.T) {
	for _, stage := range []string{"dev", "prod"} {
		tp := synth(t, stage)
		for _, r := range tp.Resources {
			kept := r.DeletionPolicy == "Retain" || r.DeletionPolicy == "RetainExceptOnCreate"
			may := stage == "prod" && (slices.Contains(keptData(tp), r) || r.Type == "AWS::Logs::LogGroup")
			if kept != may {
				t.Errorf("%s: %s (%s) is left behind: %v, want %v", stage, r.ID, r.Type, kept, may)
			}
		}
	}
}
