using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace RestateCloud.Gateway.SignIn.Passwords;

/// <summary>What came of an attempt to sign in.</summary>
/// <param name="UserId">Who it is, or null.</param>
/// <param name="Message">What to tell somebody who was not let in.</param>
internal sealed record PasswordOutcome(string? UserId, string Message)
{
    /// <summary>Unknown user or wrong password: deliberately not told apart.</summary>
    public static PasswordOutcome Wrong { get; } = new(null, "That e-mail address and password do not go together.");

    /// <summary>The limit of attempts is reached.</summary>
    public static PasswordOutcome TooManyAttempts { get; } = new(null, "Too many attempts. Wait a few minutes, then try again.");

    /// <summary>It is this user.</summary>
    public static PasswordOutcome Of(string userId) => new(userId, "");

    /// <summary>The status of the page that tells of a failure, with the headers that go with it.</summary>
    public int StatusCode(HttpContext context)
    {
        if (this != TooManyAttempts) return StatusCodes.Status403Forbidden;
        context.Response.Headers.RetryAfter = AttemptLimiter.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return StatusCodes.Status429TooManyRequests;
    }
}
