package iamproxy

import (
	"net/url"
	"strings"

	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/table"
)

// tells says whether a variable of a Lambda's environment names something that policies name too.
func tells(variable string) bool {
	return strings.HasPrefix(variable, "DANGOL_TABLE_") || strings.HasPrefix(variable, "DANGOL_QUEUE_") ||
		variable == "DANGOL_BUCKET" || variable == "DANGOL_SECRET" || variable == "DANGOL_MAIL_DOMAIN" ||
		variable == tenantsVariable
}

// tenantsVariable tells how the names of SES tenants begin. Policies name no whole one, so that a stand takes the template's.
const tenantsVariable = "DANGOL_SES_TENANTS"

// elsewhere are the services that a stand may give another emulator, by the variable that says so, as they are signed.
var elsewhere = map[string]string{"AWS_ENDPOINT_URL_SESV2": "ses", "AWS_ENDPOINT_URL_DYNAMODB": "dynamodb"}

// Settings turns what a stand tells a function into what sends its calls through the proxy, as the role of its row: pass it to cloudstand.Start as
// Options.Settings. The stand's own names are taken for those that the template gives the same settings. Listen first. A row without a role in the stack
// gets no credentials, so that its first call fails.
func (p *Proxy) Settings(row catalogue.Function, told map[string]string) map[string]string {
	for variable, used := range told {
		if known := p.world.Settings[variable]; known != "" && tells(variable) {
			p.world.names.Store(lastPart(variable, used), lastPart(variable, known))
		}
	}
	who, err := p.Function(row.Name)
	if err != nil {
		who.AccessKeyID = "no-role" // no session has it
	}
	told["AWS_ACCESS_KEY_ID"], told["AWS_SECRET_ACCESS_KEY"], told["AWS_SESSION_TOKEN"] = who.AccessKeyID, who.SecretAccessKey, who.SessionToken
	told["AWS_ENDPOINT_URL"] = p.endpoint
	for variable, service := range elsewhere {
		if other, err := url.Parse(told[variable]); err == nil && other.Host != "" {
			p.upstreams.Store(service, other)
			told[variable] = p.endpoint
		}
	}
	told[tenantsVariable] = p.world.Settings[tenantsVariable] // "" makes none, as in a stage without them
	if role, err := p.world.TenantRoleOf(row.Name); err == nil {
		told[tenantVariable] = role.ARN
	}
	return told
}

// lastPart is the name of a queue in its URL; everything else is named as it stands.
func lastPart(variable, value string) string {
	if strings.HasPrefix(variable, "DANGOL_QUEUE_") {
		return value[strings.LastIndexByte(value, '/')+1:]
	}
	return value
}

// known is the template's name of what a call names.
func (w *World) known(name string) string {
	if known, ok := w.names.Load(name); ok {
		return known.(string)
	}
	return name
}

// settings tells what infra tells: the names of everything in the stage.
func (b builder) settings() {
	for _, n := range table.Names() {
		b.Settings["DANGOL_TABLE_"+strings.ToUpper(string(n))] = b.name(string(n))
	}
	for _, q := range catalogue.Queues() {
		b.Settings["DANGOL_QUEUE_"+strings.ToUpper(string(q))] = b.name(string(q))
	}
	b.Settings["DANGOL_BUCKET"], b.Settings["DANGOL_SECRET"] = b.Buckets[0], "/dangol/"+b.stage+"/keys"
	b.Settings[tenantsVariable] = b.name("")
}
