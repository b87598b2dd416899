using RestateCloud.Grains.Errors;

namespace RestateCloud.Grains.Tests.Serialization;

public sealed class RefusalTests
{
    [Fact]
    public void A_refusal_arrives_with_its_kind_and_its_sentence()
    {
        var arrived = Assert.IsType<CloudException>(MessageCrossing.Cross<Exception>(new CloudException(CloudError.QuotaExceeded, "Too many.")));

        Assert.Equal(CloudError.QuotaExceeded, arrived.Error);
        Assert.Equal("Too many.", arrived.Message);
    }
}
