package iamproxy_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/dangol/dangol/localstack/iamproxy"
	"github.com/dangol/dangol/shared/catalogue"
)

// request is one as it arrives, with pairs of headers.
func request(method, url, body string, headers ...string) *http.Request {
	r := httptest.NewRequest(method, url, strings.NewReader(body))
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return r
}

// dynamoCall is a call of DynamoDB, message one of SQS.
func dynamoCall(operation, body string) *http.Request {
	return request("POST", "/", body, "X-Amz-Target", "DynamoDB_20120810."+operation)
}
func message(operation, body string) *http.Request {
	return request("POST", "/", body, "X-Amz-Target", "AmazonSQS."+operation)
}

// asks writes what a call asks for on a line: action, the end of the resource, leading keys, prefix.
func asks(c iamproxy.Call) (lines []string) {
	for _, a := range c.Access {
		parts := strings.SplitN(a.Resource, ":", 6)
		line := a.Action + " " + parts[len(parts)-1]
		for _, key := range []string{"dynamodb:leadingkeys", "s3:prefix", "ses:tenantname"} {
			if v, ok := a.Keys[key]; ok && v != nil {
				line += " " + fmt.Sprint(v)
			}
		}
		if len(a.IndexKeys) > 0 {
			line += " filed " + fmt.Sprint(a.IndexKeys)
		}
		lines = append(lines, line)
	}
	slices.Sort(lines)
	return lines
}

func TestWhatACallAsksFor(t *testing.T) {
	const pk = `"PK":{"S":"t#a#1"},"SK":{"S":"x"}`
	w := iamproxy.FromRows(catalogue.Rows(), "dev", iamproxy.Place{})
	for name, c := range map[string]struct {
		service string
		request *http.Request
		want    string // lines joined by "; ", or "error: ..."
	}{
		"GetItem":              {"dynamodb", dynamoCall("GetItem", `{"TableName":"dangol-dev-crm","Key":{`+pk+`}}`), "dynamodb:GetItem table/dangol-dev-crm [t#a#1]"},
		"a table by its ARN":   {"dynamodb", dynamoCall("GetItem", `{"TableName":"arn:aws:dynamodb:x:1:table/dangol-dev-crm","Key":{`+pk+`}}`), "dynamodb:GetItem table/dangol-dev-crm [t#a#1]"},
		"PutItem with indexes": {"dynamodb", dynamoCall("PutItem", `{"TableName":"dangol-dev-crm","Item":{`+pk+`,"i1PK":{"S":"t#b#list"}}}`), "dynamodb:PutItem table/dangol-dev-crm [t#a#1] filed [t#b#list]"},
		"UpdateItem with indexes": {"dynamodb", dynamoCall("UpdateItem", `{"TableName":"dangol-dev-crm","Key":{`+pk+`},"UpdateExpression":"SET v=if_not_exists(v,:z)+:one,i1PK=:i1PK,#k = :k REMOVE body",
			"ExpressionAttributeNames":{"#k":"i2PK"},"ExpressionAttributeValues":{":i1PK":{"S":"t#b#l"},":k":{"S":"t#c#l"},":z":{"N":"0"}}}`), "dynamodb:UpdateItem table/dangol-dev-crm [t#a#1] filed [t#b#l t#c#l]"},
		"DeleteItem":                           {"dynamodb", dynamoCall("DeleteItem", `{"TableName":"dangol-dev-crm","Key":{`+pk+`}}`), "dynamodb:DeleteItem table/dangol-dev-crm [t#a#1]"},
		"Query":                                {"dynamodb", dynamoCall("Query", `{"TableName":"dangol-dev-crm","KeyConditionExpression":"PK=:pk AND SK BETWEEN :from AND :to","ExpressionAttributeValues":{":pk":{"S":"t#a"},":from":{"S":"a"}}}`), "dynamodb:Query table/dangol-dev-crm [t#a]"},
		"Query with the sort key first":        {"dynamodb", dynamoCall("Query", `{"TableName":"dangol-dev-crm","KeyConditionExpression":"SK = :s and PK = :p","ExpressionAttributeValues":{":p":{"S":"t#a"},":s":{"S":"t#b"}}}`), "dynamodb:Query table/dangol-dev-crm [t#a]"},
		"Query of an index":                    {"dynamodb", dynamoCall("Query", `{"TableName":"dangol-dev-crm","IndexName":"index2","KeyConditionExpression":"i2PK=:pk","ExpressionAttributeValues":{":pk":{"S":"t#a"}}}`), "dynamodb:Query table/dangol-dev-crm/index/index2 [t#a]"},
		"Query of an index by the table's key": {"dynamodb", dynamoCall("Query", `{"TableName":"dangol-dev-crm","IndexName":"index2","KeyConditionExpression":"PK=:pk","ExpressionAttributeValues":{":pk":{"S":"t#a"}}}`), "error: 0 terms"},
		"Query with two keys":                  {"dynamodb", dynamoCall("Query", `{"TableName":"dangol-dev-crm","KeyConditionExpression":"PK=:a AND PK=:b","ExpressionAttributeValues":{":a":{"S":"t#a"},":b":{"S":"t#b"}}}`), "error: 2 terms"},
		"Query in the old way":                 {"dynamodb", dynamoCall("Query", `{"TableName":"dangol-dev-crm","KeyConditions":{}}`), "error: KeyConditions"},
		"Query of bytes":                       {"dynamodb", dynamoCall("Query", `{"TableName":"dangol-dev-crm","KeyConditionExpression":"PK=:a","ExpressionAttributeValues":{":a":{"B":"AA=="}}}`), "error: want text"},
		"Scan":                                 {"dynamodb", dynamoCall("Scan", `{"TableName":"dangol-dev-crm"}`), "dynamodb:Scan table/dangol-dev-crm"},
		"Scan of an index":                     {"dynamodb", dynamoCall("Scan", `{"TableName":"dangol-dev-crm","IndexName":"index1"}`), "dynamodb:Scan table/dangol-dev-crm/index/index1"},
		"BatchGetItem of two tables": {"dynamodb", dynamoCall("BatchGetItem", `{"RequestItems":{"dangol-dev-crm":{"Keys":[{`+pk+`},{"PK":{"S":"t#b#1"}}]},"dangol-dev-ops":{"Keys":[{`+pk+`}]}}}`),
			"dynamodb:BatchGetItem table/dangol-dev-crm [t#a#1 t#b#1]; dynamodb:BatchGetItem table/dangol-dev-ops [t#a#1]"},
		"BatchWriteItem": {"dynamodb", dynamoCall("BatchWriteItem", `{"RequestItems":{"dangol-dev-crm":[{"PutRequest":{"Item":{`+pk+`}}},{"DeleteRequest":{"Key":{"PK":{"S":"t#b"}}}}]}}`),
			"dynamodb:BatchWriteItem table/dangol-dev-crm [t#a#1 t#b]"},
		"TransactWriteItems": {"dynamodb", dynamoCall("TransactWriteItems", `{"TransactItems":[{"Put":{"TableName":"dangol-dev-crm","Item":{`+pk+`}}},{"Update":{"TableName":"dangol-dev-ops","Key":{`+pk+`}}},
			{"Delete":{"TableName":"dangol-dev-crm","Key":{`+pk+`}}},{"ConditionCheck":{"TableName":"dangol-dev-crm","Key":{"PK":{"S":"t#b"}}}}]}`),
			"dynamodb:ConditionCheckItem table/dangol-dev-crm [t#b]; dynamodb:DeleteItem table/dangol-dev-crm [t#a#1]; dynamodb:PutItem table/dangol-dev-crm [t#a#1]; dynamodb:UpdateItem table/dangol-dev-ops [t#a#1]"},
		"TransactGetItems":         {"dynamodb", dynamoCall("TransactGetItems", `{"TransactItems":[{"Get":{"TableName":"dangol-dev-crm","Key":{`+pk+`}}}]}`), "dynamodb:GetItem table/dangol-dev-crm [t#a#1]"},
		"an empty transaction":     {"dynamodb", dynamoCall("TransactWriteItems", `{}`), "error: asks for nothing"},
		"a part nobody knows":      {"dynamodb", dynamoCall("TransactWriteItems", `{"TransactItems":[{"Merge":{}}]}`), "error: not known"},
		"PartiQL":                  {"dynamodb", dynamoCall("ExecuteStatement", `{"Statement":"select * from x"}`), "error: not known"},
		"DeleteTable":              {"dynamodb", dynamoCall("DeleteTable", `{"TableName":"dangol-dev-crm"}`), "error: not known"},
		"an unknown table":         {"dynamodb", dynamoCall("GetItem", `{"TableName":"other","Key":{`+pk+`}}`), "error: no table"},
		"a key without its PK":     {"dynamodb", dynamoCall("GetItem", `{"TableName":"dangol-dev-crm","Key":{"SK":{"S":"x"}}}`), "error: partition key"},
		"no JSON":                  {"dynamodb", dynamoCall("GetItem", `x`), "error: read body"},
		"another service's target": {"dynamodb", message("SendMessage", `{}`), "error: no call of DynamoDB"},
		"an unknown service":       {"kms", request("POST", "/", "{}"), "error: not known"},

		"SendMessage":      {"sqs", message("SendMessage", `{"QueueUrl":"http://localhost:4566/000000000000/dangol-dev-sends"}`), "sqs:SendMessage dangol-dev-sends"},
		"SendMessageBatch": {"sqs", message("SendMessageBatch", `{"QueueUrl":"http://localhost:4566/000000000000/dangol-dev-sends"}`), "sqs:SendMessage dangol-dev-sends"},
		"GetQueueUrl":      {"sqs", message("GetQueueUrl", `{"QueueName":"dangol-dev-sends"}`), "sqs:GetQueueUrl dangol-dev-sends"},
		"PurgeQueue":       {"sqs", message("PurgeQueue", `{"QueueUrl":"http://localhost:4566/000000000000/dangol-dev-sends"}`), "error: not known"},

		"GetObject":          {"s3", request("GET", "http://localhost/b/t/a/x?x-id=GetObject", ""), "s3:GetObject b/t/a/x"},
		"a bucket as a host": {"s3", request("GET", "http://b.s3.ap-northeast-2.amazonaws.com/t/a/x", ""), "s3:GetObject b/t/a/x"},
		"an escaped key":     {"s3", request("GET", "http://localhost/b/t/a%2Fb%20c", ""), "s3:GetObject b/t/a/b c"},
		"HeadObject":         {"s3", request("HEAD", "http://localhost/b/t/a", ""), "s3:GetObject b/t/a"},
		"PutObject":          {"s3", request("PUT", "http://localhost/b/t/a?x-id=PutObject", ""), "s3:PutObject b/t/a"},
		"DeleteObject":       {"s3", request("DELETE", "http://localhost/b/t/a", ""), "s3:DeleteObject b/t/a"},
		"a begun upload":     {"s3", request("POST", "http://localhost/b/t/a?uploads=", ""), "s3:PutObject b/t/a"},
		"a part of it":       {"s3", request("PUT", "http://localhost/b/t/a?uploadId=1&partNumber=2&x-id=UploadPart", ""), "s3:PutObject b/t/a"},
		"its end":            {"s3", request("POST", "http://localhost/b/t/a?uploadId=1", ""), "s3:PutObject b/t/a"},
		"an aborted upload":  {"s3", request("DELETE", "http://localhost/b/t/a?uploadId=1&x-id=AbortMultipartUpload", ""), "s3:AbortMultipartUpload b/t/a"},
		"a list":             {"s3", request("GET", "http://localhost/b?list-type=2&prefix=t%2Fa%2F&max-keys=5", ""), "s3:ListBucket b [t/a/]"},
		"a list of all":      {"s3", request("GET", "http://localhost/b?list-type=2", ""), "s3:ListBucket b"},
		"many deletions":     {"s3", request("POST", "http://localhost/b?delete=", `<Delete><Object><Key>t/a</Key></Object><Object><Key>t/b</Key></Object></Delete>`), "s3:DeleteObject b/t/a; s3:DeleteObject b/t/b"},
		"a copy":             {"s3", request("PUT", "http://localhost/b/t/a", "", "X-Amz-Copy-Source", "b/t/b"), "error: not known"},
		"an ACL":             {"s3", request("GET", "http://localhost/b/t/a?acl", ""), "error: not known"},
		"an old version":     {"s3", request("GET", "http://localhost/b/t/a?versionId=1", ""), "error: not known"},
		"a form":             {"s3", request("POST", "http://localhost/b", "x"), "error: not known"},
		"a way up":           {"s3", request("GET", "http://localhost/b/t/a/../b", ""), "error: tidies"},
		"an escaped way up":  {"s3", request("GET", "http://localhost/b/t/a/%2e%2e/b", ""), "error: tidies"},

		"a mail":                                {"ses", request("POST", "/v2/email/outbound-emails", `{"FromEmailAddress":"Mina <mina@dangol.example>","Content":{"Simple":{}}}`), "ses:SendEmail identity/dangol.example"},
		"a raw mail":                            {"ses", request("POST", "/v2/email/outbound-emails", `{"FromEmailAddress":"a@dangol.example","ConfigurationSetName":"s","Content":{"Raw":{}}}`), "ses:SendRawEmail configuration-set/s; ses:SendRawEmail identity/dangol.example"},
		"a raw mail without a sender beside it": {"ses", request("POST", "/v2/email/outbound-emails", `{"Content":{"Raw":{"Data":"RnJvbTogTWluYSA8bWluYUBkYW5nb2wuZXhhbXBsZT4NCg0KeA=="}}}`), "ses:SendRawEmail identity/dangol.example"},
		"a mail of nobody":                      {"ses", request("POST", "/v2/email/outbound-emails", `{"Content":{"Simple":{}}}`), "error: sender"},
		"a mail as a tenant":                    {"ses", request("POST", "/v2/email/outbound-emails", `{"FromEmailAddress":"a@dangol.example","TenantName":"dangol-dev-wsp_1","ConfigurationSetName":"s","Content":{"Raw":{}}}`), "ses:SendRawEmail configuration-set/s [dangol-dev-wsp_1]; ses:SendRawEmail identity/dangol.example [dangol-dev-wsp_1]"},
		"a new tenant":                          {"ses", request("POST", "/v2/email/tenants", `{"TenantName":"dangol-dev-wsp_1"}`), "ses:CreateTenant *"},
		"an association": {"ses", request("POST", "/v2/email/tenants/resources", `{"TenantName":"dangol-dev-wsp_1","ResourceArn":"arn:aws:ses:ap-northeast-2:000000000000:identity/dangol.example"}`),
			"ses:CreateTenantResourceAssociation identity/dangol.example; ses:CreateTenantResourceAssociation tenant/dangol-dev-wsp_1/tn-0"},
		"an association of nothing": {"ses", request("POST", "/v2/email/tenants/resources", `{"TenantName":"dangol-dev-wsp_1"}`), "error: no ARN"},
		"a deleted tenant":          {"ses", request("POST", "/v2/email/tenants/delete", `{"TenantName":"dangol-dev-wsp_1"}`), "error: not known"},
		"other of SES":              {"ses", request("GET", "/v2/email/identities", ""), "error: not known"},
		"a secret":                  {"ssm", request("POST", "/", `{"Name":"/dangol/dev/keys"}`, "X-Amz-Target", "AmazonSSM.GetParameter"), "ssm:GetParameter parameter/dangol/dev/keys"},
		"all secrets":               {"ssm", request("POST", "/", `{"Path":"/"}`, "X-Amz-Target", "AmazonSSM.GetParametersByPath"), "error: not known"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := w.Parse(c.service, c.request)
			if want, isError := strings.CutPrefix(c.want, "error: "); isError {
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("got %v and %v, want an error with %q", asks(got), err, want)
				}
				return
			}
			if lines := strings.Join(asks(got), "; "); err != nil || lines != c.want {
				t.Errorf("got %q, %v\nwant %q", lines, err, c.want)
			}
		})
	}
}
