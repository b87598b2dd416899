using Microsoft.AspNetCore.Http;
using RestateCloud.Gateway.ControlApi.Operations;
using RestateCloud.Gateway.Pages;
using RestateCloud.Grains.Errors;

namespace RestateCloud.Gateway.ControlApi.Billing;

internal sealed class CreateStripePortalSession : AccountOperation<CreateStripePortalSessionRequest, CreateStripePortalSessionResponse>
{
    public override string Summary => "Answers the URL of the account's billing page.";

    public override string Description => "The name is that of the public Cloud API; the page is this cloud's own and no payment provider is behind it.";

    protected override Task<CreateStripePortalSessionResponse> InvokeAsync(
        AccountCall call, CreateStripePortalSessionRequest request, CancellationToken cancellationToken)
    {
        var query = QueryString.Empty;
        if (request.ReturnUrl is { } returnUrl)
        {
            var destination = ReturnUrl.Parse(returnUrl) ?? throw new CloudException(
                CloudError.Invalid, $"The field 'returnUrl' must be an absolute http or https URL of at most {ReturnUrl.MaximumLength} characters.");
            query = QueryString.Create(BillingPage.ReturnUrlParameter, destination.AbsoluteUri);
        }

        var page = $"{PublicUrl.Of(call.Http)}{BillingPage.PathOf(call.AccountId)}{query}";
        return Task.FromResult(new CreateStripePortalSessionResponse(page));
    }
}

/// <param name="ReturnUrl">An http or https URL that the page links back to.</param>
internal sealed record CreateStripePortalSessionRequest(string? ReturnUrl = null);

/// <param name="Url">The billing page; it needs no token and shows nothing of the account.</param>
internal sealed record CreateStripePortalSessionResponse(string Url);
