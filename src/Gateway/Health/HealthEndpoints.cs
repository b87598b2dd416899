using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RestateCloud.Gateway.Caching;
using RestateCloud.Gateway.Identity;

namespace RestateCloud.Gateway.Health;

/// <summary><c>/healthz</c>: the process serves requests. <c>/readyz</c>: it has heard from the silo and can tell who calls.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/healthz", () => TypedResults.Ok()).ExcludeFromDescription();
        endpoints.MapGet("/readyz", ReadyAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> ReadyAsync(TokenKeySource keys)
    {
        try
        {
            await keys.GetAsync();
            return TypedResults.Ok();
        }
        catch (GrainUnavailableException)
        {
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }
}
