package sestwin

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"net/mail"
	"regexp"
	"slices"
	"strings"
)

// tenant is an SES tenant with the ARNs of what it is associated with.
type tenant struct {
	resources map[string]bool
	paused    bool
}

const (
	account = "000000000000"
	arns    = "arn:aws:ses:ap-northeast-2:" + account + ":"
)

// IdentityARN is the ARN, in the account of the twin, of the domain that mail is sent from.
func IdentityARN(domain string) string { return arns + "identity/" + domain }

// SetARN is the ARN of a configuration set in the account of the twin.
func SetARN(name string) string { return arns + "configuration-set/" + name }

// names are the names that SES allows. Source: AWS, SES API v2 reference, CreateTenant.
var names = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

type tenantCall struct{ TenantName, ResourceARN string }

func (w *Twin) createTenant(in tenantCall) (any, *Refusal) {
	if !names.MatchString(in.TenantName) {
		return nil, &Refusal{http.StatusBadRequest, "BadRequestException", "Invalid tenant name <" + in.TenantName + ">"}
	}
	if w.tenants[in.TenantName] != nil {
		return nil, &Refusal{http.StatusBadRequest, "AlreadyExistsException", fmt.Sprintf("Tenant with name %s already exists in account %s", in.TenantName, account)}
	}
	w.tenants[in.TenantName] = &tenant{resources: map[string]bool{}}
	return map[string]string{"TenantName": in.TenantName, "SendingStatus": "ENABLED"}, nil
}

// associate does not look whether the resource exists, as SES does.
func (w *Twin) associate(in tenantCall) (any, *Refusal) {
	t := w.tenants[in.TenantName]
	if t == nil {
		return nil, &Refusal{http.StatusNotFound, "NotFoundException", "Tenant <" + in.TenantName + "> does not exist"}
	}
	if t.resources[in.ResourceARN] {
		return nil, &Refusal{http.StatusBadRequest, "AlreadyExistsException",
			fmt.Sprintf("Resources %s has already been associated with tenant %s", in.ResourceARN, in.TenantName)}
	}
	t.resources[in.ResourceARN] = true
	return map[string]string{}, nil
}

// allowed holds a message to its tenant. The refusals are worded as public accounts of the service quote them; that of a paused tenant, which none
// quotes, is SES's for a paused account with the tenant in its place.
func (w *Twin) allowed(in sendEmail) *Refusal {
	if in.TenantName == "" {
		return nil
	}
	t := w.tenants[in.TenantName]
	if t == nil {
		return &Refusal{http.StatusNotFound, "NotFoundException", fmt.Sprintf("Tenant %s for AwsAccountId %s not found.", in.TenantName, account)}
	}
	if missing := slices.DeleteFunc(used(in), func(arn string) bool { return t.resources[arn] }); len(missing) > 0 {
		return &Refusal{http.StatusForbidden, "AccessDeniedException", "Tenant not associated with resources [" + strings.Join(missing, ", ") + "]."}
	}
	if t.paused {
		return &Refusal{http.StatusBadRequest, "SendingPausedException", "Sending is paused for tenant " + in.TenantName + "."}
	}
	return nil
}

// used are the ARNs of what a message is sent with.
func used(in sendEmail) (all []string) {
	if m, err := mail.ReadMessage(bytes.NewReader(in.Content.Raw.Data)); err == nil {
		if from, err := mail.ParseAddress(m.Header.Get("From")); err == nil {
			all = append(all, IdentityARN(from.Address[strings.LastIndexByte(from.Address, '@')+1:]))
		}
	}
	if in.ConfigurationSetName != "" {
		all = append(all, SetARN(in.ConfigurationSetName))
	}
	return all
}

// Tenants returns the resources of every tenant, sorted, by its name.
func (w *Twin) Tenants() map[string][]string {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := map[string][]string{}
	for name, t := range w.tenants {
		all[name] = slices.Sorted(maps.Keys(t.resources))
	}
	return all
}

// Pause has a tenant's mail refused, as SES does when its reputation is bad.
func (w *Twin) Pause(name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.tenants[name].paused = true
}

// Dissociate takes a resource from a tenant.
func (w *Twin) Dissociate(name, arn string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.tenants[name].resources, arn)
}

// Delete takes a tenant away.
func (w *Twin) Delete(name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.tenants, name)
}
