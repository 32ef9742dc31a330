package main

import (
	"strings"
	"time"

	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudfront"
	"github.com/aws/jsii-runtime-go"
)

const twoYears = 2 * 365 * 24 * time.Hour

// pagePolicy is what the console's page may load. Styles are made at run time by its component library; uploads go straight to the bucket; and the
// preview of a mail, shown in a frame without scripts, has pictures from anywhere.
var pagePolicy = strings.Join([]string{
	"default-src 'self'", "script-src 'self'", "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob: https:", "font-src 'self' data:",
	"connect-src 'self' https://*.amazonaws.com", "frame-src 'self' blob: data:", "object-src 'none'", "base-uri 'none'", "form-action 'self'",
	"frame-ancestors 'none'",
}, "; ")

// pageHeaders are the security headers of the console (OWASP ASVS 5.0, 3.4). The API sets its own, which are stricter.
func (st *stack) pageHeaders() awscloudfront.ResponseHeadersPolicy {
	return awscloudfront.NewResponseHeadersPolicy(st.scope, jsii.String("PageHeaders"), &awscloudfront.ResponseHeadersPolicyProps{
		ResponseHeadersPolicyName: st.settings.name("page"),
		SecurityHeadersBehavior: &awscloudfront.ResponseSecurityHeadersBehavior{
			ContentSecurityPolicy: &awscloudfront.ResponseHeadersContentSecurityPolicy{ContentSecurityPolicy: jsii.String(pagePolicy), Override: jsii.Bool(true)},
			ContentTypeOptions:    &awscloudfront.ResponseHeadersContentTypeOptions{Override: jsii.Bool(true)},
			FrameOptions:          &awscloudfront.ResponseHeadersFrameOptions{FrameOption: awscloudfront.HeadersFrameOption_DENY, Override: jsii.Bool(true)},
			ReferrerPolicy: &awscloudfront.ResponseHeadersReferrerPolicy{
				ReferrerPolicy: awscloudfront.HeadersReferrerPolicy_SAME_ORIGIN, Override: jsii.Bool(true),
			},
			StrictTransportSecurity: &awscloudfront.ResponseHeadersStrictTransportSecurity{
				AccessControlMaxAge: duration(twoYears), IncludeSubdomains: jsii.Bool(true), Override: jsii.Bool(true),
			},
		},
	})
}
