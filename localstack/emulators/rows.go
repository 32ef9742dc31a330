package emulators

import (
	"os"
	"path/filepath"
	"strconv"
)

// Region is where the emulators pretend to be.
const Region = "ap-northeast-2"

// All lists the emulators. Of those that may stand for all of AWS, the first that is in use does.
func All() []Emulator {
	return []Emulator{
		{
			Name:     "localstack",
			Variable: "DANGOL_LOCALSTACK_URL",
			WholeAWS: true,
			Needs:    []Tool{java},
			Parts:    []Part{localstackPart, dynamodbPart},
			Launch:   launchLocalstack,
			Ready:    listTables, // and not its health page, which is green long before the DynamoDB inside has started
		},
		{
			Name:     "dynamodb",
			Variable: "DANGOL_DYNAMODB_URL",
			WholeAWS: true, // alone it has tables only, which is what someone who asks for it alone wants
			Needs:    []Tool{java},
			Parts:    []Part{dynamodbPart},
			Launch:   launchDynamodb,
			Ready:    listTables,
		},
		{
			Name:     "ministack",
			Variable: "DANGOL_MINISTACK_URL",
			Needs:    []Tool{node}, // for the CDK, which deploys to it
			Parts:    []Part{ministackPart},
			Launch:   launchMinistack,
			Ready:    Probe{Method: "GET", Path: "/_ministack/health"},
		},
	}
}

// listTables is a request that only a DynamoDB that works answers well.
var listTables = Probe{Method: "POST", Path: "/", Body: "{}", Header: map[string]string{
	"Content-Type":  "application/x-amz-json-1.0",
	"X-Amz-Target":  "DynamoDB_20120810.ListTables",
	"X-Amz-Date":    "20260101T000000Z",
	"Authorization": "AWS4-HMAC-SHA256 Credential=test/20260101/" + Region + "/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
}}

func launchLocalstack(at Place) Launch {
	address := "127.0.0.1:" + strconv.Itoa(at.Port)
	return Launch{
		Args: at.python(localstackPart, "localstack.runtime.main"),
		Dir:  at.Scratch,
		Env: []string{
			"GATEWAY_LISTEN=" + address,
			"LOCALSTACK_HOST=localhost:" + strconv.Itoa(at.Port),
			"FILESYSTEM_ROOT=" + at.filesystem(),
			"DYNAMODB_IN_MEMORY=1",
			"STRICT_SERVICE_LOADING=0", // services load when first asked
			"EAGER_SERVICE_LOADING=0",
			"DISABLE_EVENTS=1", // no statistics to its makers
			"SKIP_SSL_CERT_DOWNLOAD=1",
			"OVERRIDE_IN_DOCKER=0",           // also where CI itself is a container
			"DNS_ADDRESS=0",                  // no name server
			"S3_SKIP_SIGNATURE_VALIDATION=0", // a link that was forged, bent or ran out opens nothing
		},
	}
}

// filesystem is the root of LocalStack's own folders. Where it would unpack a download of DynamoDB Local, the installed part stands.
func (p Place) filesystem() string {
	root := filepath.Join(p.Scratch, "root")
	packages := filepath.Join(root, "var/lib/localstack/lib/dynamodb-local")
	if err := os.MkdirAll(packages, 0o755); err == nil {
		_ = os.Symlink(p.Of(dynamodbPart), filepath.Join(packages, "2")) // without it LocalStack tries the download and says why it fails
	}
	return root
}

// launchDynamodb starts it with test data only, in memory. DynamoDB Local has no option for an address; the agent keeps it to this machine.
func launchDynamodb(at Place) Launch {
	return Launch{
		Args: []string{"java", "-Xmx512m", "-javaagent:" + agent, "-Djava.library.path=" + jars, "-jar", "DynamoDBLocal.jar",
			"-inMemory", "-disableTelemetry", "-port", strconv.Itoa(at.Port)},
		Dir: at.Of(dynamodbPart),
	}
}

func launchMinistack(at Place) Launch {
	return Launch{
		Args: at.python(ministackPart, "ministack"),
		Dir:  at.Scratch,
		Env: []string{
			"BIND_HOST=127.0.0.1",
			"GATEWAY_PORT=" + strconv.Itoa(at.Port),
			"MINISTACK_REGION=" + Region,
			"AWS_ENDPOINT_URL=" + at.URL(), // reaches the functions that it runs
			"TMPDIR=" + at.Scratch,
			"S3_DATA_DIR=" + filepath.Join(at.Scratch, "s3"),
			"STATE_DIR=" + filepath.Join(at.Scratch, "state"),
		},
	}
}

// python runs a module of an installed part on the loopback address only.
func (p Place) python(part Part, module string) []string {
	return []string{filepath.Join(p.Of(part), "bin", "python"), filepath.Join(p.Of(part), shim), module}
}
