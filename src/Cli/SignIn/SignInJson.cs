using System.Text.Json.Serialization;

namespace RestateCloud.Cli.SignIn;

internal sealed record AuthConfiguration(string? ClientId);

/// <summary>What to show, and how to ask whether it was confirmed; times in seconds.</summary>
internal sealed record DevicePrompt(string DeviceCode, string UserCode, string VerificationUriComplete, int ExpiresIn, int Interval);

internal sealed record TokenAnswer(string? AccessToken, string? Error);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AuthConfiguration))]
[JsonSerializable(typeof(DevicePrompt))]
[JsonSerializable(typeof(TokenAnswer))]
internal sealed partial class SignInJson : JsonSerializerContext;
