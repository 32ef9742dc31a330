package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscertificatemanager"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudfront"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudfrontorigins"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/jsii-runtime-go"

	"github.com/dangol/dangol/infra/stage"
)

// toAPI are the paths that CloudFront leads to the gateway; everything else is the console's.
var toAPI = []string{"/v1/*", "/docs", "/docs/*"}

// newSite makes the bucket of the built console. It holds nothing that `make deploy` could not put there again, so it never outlives the stack.
func (st *stack) newSite() awss3.Bucket {
	return awss3.NewBucket(st.scope, jsii.String(stage.SiteBucket), &awss3.BucketProps{
		BlockPublicAccess: awss3.BlockPublicAccess_BLOCK_ALL(),
		ObjectOwnership:   awss3.ObjectOwnership_BUCKET_OWNER_ENFORCED,
		EnforceSSL:        jsii.Bool(true),
		MinimumTLSVersion: jsii.Number(1.2),
		Encryption:        awss3.BucketEncryption_S3_MANAGED,
		RemovalPolicy:     awscdk.RemovalPolicy_DESTROY,
	})
}

// newFront puts CloudFront before the console's private bucket and the gateway, so that both are one origin to the browser: no CORS, one cookie.
func (st *stack) newFront(acl *string) {
	if st.settings.local() {
		return
	}
	st.front = awscloudfront.NewDistribution(st.scope, jsii.String("Front"), &awscloudfront.DistributionProps{
		Comment:                st.settings.name("front"),
		DefaultBehavior:        st.siteBehavior(),
		AdditionalBehaviors:    st.apiBehaviors(),
		DefaultRootObject:      jsii.String("index.html"),
		HttpVersion:            awscloudfront.HttpVersion_HTTP2_AND_3,
		MinimumProtocolVersion: awscloudfront.SecurityPolicyProtocol_TLS_V1_2_2021,
		PriceClass:             awscloudfront.PriceClass_PRICE_CLASS_200, // with Seoul and Tokyo
		WebAclId:               acl,
		DomainNames:            st.names(),
		Certificate:            st.certificate(),
	})
	st.records()
}

func (st *stack) siteBehavior() *awscloudfront.BehaviorOptions {
	return &awscloudfront.BehaviorOptions{
		Origin:                awscloudfrontorigins.S3BucketOrigin_WithOriginAccessControl(st.site, nil),
		ViewerProtocolPolicy:  awscloudfront.ViewerProtocolPolicy_REDIRECT_TO_HTTPS,
		CachePolicy:           awscloudfront.CachePolicy_CACHING_OPTIMIZED(),
		ResponseHeadersPolicy: st.pageHeaders(),
		Compress:              jsii.Bool(true),
		FunctionAssociations: &[]*awscloudfront.FunctionAssociation{{
			EventType: awscloudfront.FunctionEventType_VIEWER_REQUEST,
			Function: awscloudfront.NewFunction(st.scope, jsii.String("OnePage"), &awscloudfront.FunctionProps{
				FunctionName: st.settings.name("one-page"), Runtime: awscloudfront.FunctionRuntime_JS_2_0(),
				Code: awscloudfront.FunctionCode_FromInline(jsii.String(onePage)),
			}),
		}},
	}
}

// onePage gives the console's one page for every address that names no file: the page's router understands it. An error page would do the same, but
// for the API's own 404 too, since error pages are the distribution's and not the origin's.
const onePage = `function handler(event) {
  var request = event.request;
  if (!/\.[a-z0-9]+$/i.test(request.uri)) request.uri = '/index.html';
  return request;
}`

// apiBehaviors hand requests to the gateway as they are, but for Host, by which the gateway would look for another API. Nothing is cached.
func (st *stack) apiBehaviors() *map[string]*awscloudfront.BehaviorOptions {
	host := awscdk.Fn_Select(jsii.Number(2), awscdk.Fn_Split(jsii.String("/"), st.api.api.AttrApiEndpoint(), nil))
	origin := awscloudfrontorigins.NewHttpOrigin(host, &awscloudfrontorigins.HttpOriginProps{
		ProtocolPolicy:     awscloudfront.OriginProtocolPolicy_HTTPS_ONLY,
		OriginSslProtocols: &[]awscloudfront.OriginSslPolicy{awscloudfront.OriginSslPolicy_TLS_V1_2},
		ReadTimeout:        duration(gatewayMost),
		CustomHeaders:      &map[string]*string{edgeHeader: st.edgeProof()},
	})
	behaviors := map[string]*awscloudfront.BehaviorOptions{}
	for _, path := range toAPI {
		behaviors[path] = &awscloudfront.BehaviorOptions{
			Origin: origin, AllowedMethods: awscloudfront.AllowedMethods_ALLOW_ALL(),
			ViewerProtocolPolicy: awscloudfront.ViewerProtocolPolicy_HTTPS_ONLY, // a redirected POST has already told its body
			CachePolicy:          awscloudfront.CachePolicy_CACHING_DISABLED(),
			OriginRequestPolicy:  awscloudfront.OriginRequestPolicy_ALL_VIEWER_EXCEPT_HOST_HEADER(),
			Compress:             jsii.Bool(true),
		}
	}
	return &behaviors
}

// edgeHeader carries the proof that a request came through CloudFront. Only then is the address before the last of X-Forwarded-For the caller's: without
// CloudFront the caller writes all of that header but its last entry.
const edgeHeader = "X-Dangol-Edge"

// edgeProof is read from its parameter at every deploy.
func (st *stack) edgeProof() *string {
	return jsii.String("{{resolve:ssm:" + stage.Edge(st.settings.Stage) + "}}")
}

func (st *stack) names() *[]*string {
	if st.settings.Domain == "" {
		return nil
	}
	return jsii.Strings(st.settings.Domain)
}

func (st *stack) certificate() awscertificatemanager.ICertificate {
	if st.settings.Domain == "" {
		return nil
	}
	if st.settings.Cert == "" {
		panic("infra: DANGOL_DOMAIN needs DANGOL_CERTIFICATE, the ARN of its certificate in " + edgeRegion)
	}
	return awscertificatemanager.Certificate_FromCertificateArn(st.scope, jsii.String("Certificate"), jsii.String(st.settings.Cert))
}

// records point the domain to CloudFront, for IPv4 and IPv6.
func (st *stack) records() {
	if st.settings.Domain == "" || st.settings.Zone == "" {
		return
	}
	for _, kind := range []string{"A", "AAAA"} {
		awsroute53.NewCfnRecordSet(st.scope, jsii.String("Record-"+kind), &awsroute53.CfnRecordSetProps{
			Name: jsii.String(st.settings.Domain), Type: jsii.String(kind), HostedZoneId: jsii.String(st.settings.Zone),
			AliasTarget: &awsroute53.CfnRecordSet_AliasTargetProperty{
				DnsName: st.front.DistributionDomainName(), HostedZoneId: jsii.String(cloudFrontZone),
			},
		})
	}
}

// cloudFrontZone is the zone of all distributions. Source: AWS, CloudFormation user guide, AWS::Route53::RecordSet AliasTarget.
const cloudFrontZone = "Z2FDTNDATAQYW2"
