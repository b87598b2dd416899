using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using RestateCloud.Grains.Identifiers;
using RestateCloud.Grains.Users;

namespace RestateCloud.Gateway.SignIn.Passwords;

/// <summary>Finds out whether somebody is the user of an e-mail address. An unknown user and a wrong password cannot be told apart.</summary>
internal sealed partial class PasswordSignIn(
    IGrainFactory grains, AttemptLimiter limiter, SignInMetrics metrics, TimeProvider time, ILogger<PasswordSignIn> logger)
{
    /// <summary>
    /// What a wrong attempt takes at least. Both kinds of failure do the same work but not on the same data, and what is left of the
    /// difference is lost in the wait.
    /// </summary>
    private static readonly TimeSpan FailureTime = TimeSpan.FromMilliseconds(500);

    private const int MaximumEmailLength = 254;
    private const int MaximumPasswordLength = 256;

    private readonly byte[] _decoySecret = RandomNumberGenerator.GetBytes(32);

    /// <summary>The outcome of one attempt.</summary>
    public async Task<PasswordOutcome> TryAsync(string email, string password, IPAddress? address, CancellationToken cancellationToken)
    {
        email = email.Trim().ToLowerInvariant();
        if (email.Length > MaximumEmailLength || password.Length > MaximumPasswordLength) return PasswordOutcome.Wrong;
        if (!await limiter.TrySignInAsync(email, address, cancellationToken))
        {
            metrics.Attempt("limited");
            TooManyAttempts(address);
            return PasswordOutcome.TooManyAttempts;
        }

        var failureTime = Task.Delay(FailureTime, time, cancellationToken);
        var found = email.Length == 0 ? null : await grains.GetGrain<IUserEmailGrain>(email).FindUserAsync(cancellationToken);
        var userId = found ?? DecoyOf(email);
        var right = await grains.GetGrain<IUserGrain>(userId).VerifyPasswordAsync(password, cancellationToken);
        if (right && found is not null)
        {
            metrics.Attempt("signed_in");
            SignedIn(userId, address);
            return PasswordOutcome.Of(userId);
        }

        metrics.Attempt("wrong");
        await failureTime;
        Refused(address);
        return PasswordOutcome.Wrong;
    }

    /// <summary>
    /// A user that does not exist, a different one for each unknown address: verifying takes as long as for a user that does, and no one
    /// grain becomes a queue whose length would tell.
    /// </summary>
    private string DecoyOf(string email)
    {
        const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
        var hash = HMACSHA256.HashData(_decoySecret, Encoding.UTF8.GetBytes(email));
        return $"{ResourceId.User}_{string.Concat(hash.Take(20).Select(value => Alphabet[value % Alphabet.Length]))}";
    }

    [LoggerMessage(LogLevel.Information, "{UserId} signed in from {Address}")]
    private partial void SignedIn(string userId, IPAddress? address);

    [LoggerMessage(LogLevel.Warning, "Sign-in from {Address} refused: unknown user or wrong password")]
    private partial void Refused(IPAddress? address);

    [LoggerMessage(LogLevel.Warning, "Sign-in from {Address} refused: too many attempts")]
    private partial void TooManyAttempts(IPAddress? address);
}
