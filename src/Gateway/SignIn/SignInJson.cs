using System.Text.Json.Serialization;
using RestateCloud.Gateway.SignIn.Device;
using RestateCloud.Gateway.SignIn.Discovery;
using RestateCloud.Gateway.SignIn.Tokens;

namespace RestateCloud.Gateway.SignIn;

/// <summary>The JSON of sign-in: snake_case, as OAuth has it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuthConfig))]
[JsonSerializable(typeof(JsonWebKeys))]
[JsonSerializable(typeof(OAuthError))]
[JsonSerializable(typeof(TokenResponse))]
[JsonSerializable(typeof(DeviceAuthorization))]
internal sealed partial class SignInJson : JsonSerializerContext;
