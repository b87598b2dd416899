using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RestateCloud.Gateway.Pages;
using RestateCloud.Grains.Identifiers;
using RestateCloud.Grains.Tiers;

namespace RestateCloud.Gateway.ControlApi.Billing;

/// <summary>
/// The page that CreateStripePortalSession points to. It says how billing works and what the tiers hold; it knows nothing of the account
/// in its path, so that it needs no sign-in and answers alike whether or not there is such an account.
/// </summary>
internal static class BillingPage
{
    /// <summary>The page's route.</summary>
    public const string Route = "/billing/{accountId}";

    /// <summary>The query parameter with the URL that the page links back to.</summary>
    public const string ReturnUrlParameter = "returnUrl";

    /// <summary>The page's path for an account.</summary>
    public static string PathOf(string accountId) => $"/billing/{accountId}";

    /// <summary>Answers with the page.</summary>
    public static Task HandleAsync(HttpContext context)
    {
        var accountId = (string)context.Request.RouteValues["accountId"]!;
        if (!ResourceId.IsValid(ResourceId.Account, accountId))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        return PageResponse.WriteAsync<BillingView>(context, new()
        {
            [nameof(BillingView.Tiers)] = context.RequestServices.GetRequiredService<TierCatalog>(),
            [nameof(BillingView.ReturnUrl)] = ReturnUrl.Parse(context.Request.Query[ReturnUrlParameter]),
        });
    }
}
