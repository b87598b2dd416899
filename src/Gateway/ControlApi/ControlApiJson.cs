using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using RestateCloud.Gateway.ControlApi.Accounts;
using RestateCloud.Gateway.ControlApi.ApiKeys;
using RestateCloud.Gateway.ControlApi.Billing;
using RestateCloud.Gateway.ControlApi.Environments;
using RestateCloud.Gateway.ControlApi.Errors;
using RestateCloud.Gateway.ControlApi.Operations;
using RestateCloud.Gateway.ControlApi.Requests;
using RestateCloud.Gateway.ControlApi.Users;
using RestateCloud.Grains.Accounts;
using RestateCloud.Grains.ApiKeys;
using RestateCloud.Grains.Environments;
using RestateCloud.Grains.Tiers;

namespace RestateCloud.Gateway.ControlApi;

/// <summary>
/// The JSON of the control API: camelCase, absent instead of null, unknown fields ignored; a missing, repeated, null or mistyped field is
/// refused instead of guessed at.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters =
    [
        typeof(StrictEnumConverter<ApiKeyRole>),
        typeof(StrictEnumConverter<ApiKeyState>),
        typeof(StrictEnumConverter<EnvironmentStatus>),
        typeof(StrictEnumConverter<IdentityKeyState>),
        typeof(StrictEnumConverter<Ownership>),
        typeof(StrictEnumConverter<Tier>),
    ])]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(EmptyRequest))]
[JsonSerializable(typeof(ResultResponse))]
[JsonSerializable(typeof(GetUserIdentityResponse))]
[JsonSerializable(typeof(GetUserLimitsResponse))]
[JsonSerializable(typeof(ListAccountsResponse))]
[JsonSerializable(typeof(CreateAccountRequest))]
[JsonSerializable(typeof(CreateAccountResponse))]
[JsonSerializable(typeof(UpdateAccountRequest))]
[JsonSerializable(typeof(AccountItem))]
[JsonSerializable(typeof(DeleteAccountRequest))]
[JsonSerializable(typeof(DescribeAccountResponse))]
[JsonSerializable(typeof(GetAccountLimitsResponse))]
[JsonSerializable(typeof(ListAccountSecondaryOwnersResponse))]
[JsonSerializable(typeof(SecondaryOwnerRequest))]
[JsonSerializable(typeof(SecondaryOwnersResponse))]
[JsonSerializable(typeof(CreateStripePortalSessionRequest))]
[JsonSerializable(typeof(CreateStripePortalSessionResponse))]
[JsonSerializable(typeof(CreateEnvironmentRequest))]
[JsonSerializable(typeof(CreateEnvironmentResponse))]
[JsonSerializable(typeof(ListEnvironmentsResponse))]
[JsonSerializable(typeof(EnvironmentRequest))]
[JsonSerializable(typeof(DescribeEnvironmentResponse))]
[JsonSerializable(typeof(UpdateEnvironmentTierRequest))]
[JsonSerializable(typeof(UpdateEnvironmentTierResponse))]
[JsonSerializable(typeof(UpdateEnvironmentVersionRequest))]
[JsonSerializable(typeof(ListVersionsResponse))]
[JsonSerializable(typeof(BeginIdentityKeyRotationResponse))]
[JsonSerializable(typeof(IdentityKeyRequest))]
[JsonSerializable(typeof(ListEnvironmentEventsResponse))]
[JsonSerializable(typeof(GetEnvironmentLogsRequest))]
[JsonSerializable(typeof(GetEnvironmentLogsResponse))]
[JsonSerializable(typeof(CreateApiKeyRequest))]
[JsonSerializable(typeof(CreateApiKeyResponse))]
[JsonSerializable(typeof(ListApiKeysResponse))]
[JsonSerializable(typeof(ApiKeyRequest))]
[JsonSerializable(typeof(DescribeApiKeyResponse))]
internal sealed partial class ControlApiJson : JsonSerializerContext
{
    /// <summary>How a type of the control API is written and read.</summary>
    public static JsonTypeInfo<T> TypeOf<T>() => (JsonTypeInfo<T>)Wire.Json.GetTypeInfo(typeof(T))!;

    /// <summary>Makes other options write and read as these do.</summary>
    public static void Apply(JsonSerializerOptions options)
    {
        var own = Default.Options;
        options.TypeInfoResolverChain.Insert(0, Default);
        options.PropertyNamingPolicy = own.PropertyNamingPolicy;
        options.DefaultIgnoreCondition = own.DefaultIgnoreCondition;
        options.NumberHandling = own.NumberHandling;
        options.RespectNullableAnnotations = own.RespectNullableAnnotations;
        options.RespectRequiredConstructorParameters = own.RespectRequiredConstructorParameters;
        foreach (var converter in own.Converters) options.Converters.Add(converter);
    }

    private static class Wire
    {
        // Quotes and apostrophes as people read them in curl's output: nothing here ever becomes part of a page.
        public static readonly ControlApiJson Json =
            new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
