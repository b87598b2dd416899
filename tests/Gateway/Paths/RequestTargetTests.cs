using Microsoft.AspNetCore.Http;
using RestateCloud.Gateway.Paths;

namespace RestateCloud.Gateway.Tests.Paths;

public sealed class RequestTargetTests
{
    [Theory]
    [InlineData("/Greeter/greet")]
    [InlineData("/Greeter/greet/")]
    [InlineData("/")]
    [InlineData("/Cart/my%20key/add?delay=10s")]
    [InlineData("/Cart/caf%C3%A9/add")]
    [InlineData("/Cart/a%2Eb/add")]
    [InlineData("/Cart/...../add")]
    [InlineData("/Cart/100%25/add")]
    [InlineData("/Cart/%252F/add")]
    [InlineData("/S/h?x=../..//%zz%2f\\{}|^")]
    public void An_unambiguous_target_is_taken_as_it_is(string raw)
    {
        Assert.Null(RequestTarget.Parse(raw, out var target));
        Assert.Equal(raw.Split('?')[0], target.Path.ToString());
    }

    [Theory]
    [InlineData("/a/../b")]
    [InlineData("/a/./b")]
    [InlineData("/a/..")]
    [InlineData("/a/.")]
    [InlineData("/..")]
    [InlineData("/a/%2e%2e/b")]
    [InlineData("/a/%2E./b")]
    [InlineData("/a/.%2e")]
    [InlineData("/a/%2e/b")]
    [InlineData("//a/b")]
    [InlineData("/a//b")]
    [InlineData("/a/b//")]
    [InlineData("/a%2fb/c")]
    [InlineData("/a%2Fb/c")]
    [InlineData("/a%5cb/c")]
    [InlineData("/a\\b/c")]
    [InlineData("/a\\..\\b")]
    [InlineData("/a%00/b")]
    [InlineData("/a%0d%0ab/c")]
    [InlineData("/a%7f/b")]
    [InlineData("/a%/b")]
    [InlineData("/a%2/b")]
    [InlineData("/a%zz/b")]
    [InlineData("/a/b%")]
    [InlineData("/a%c0%ae/b")]
    [InlineData("/a%c0%af/b")]
    [InlineData("/a%ff/b")]
    [InlineData("/a%ed%a0%80/b")]
    [InlineData("/a#b/c")]
    [InlineData("/a/b?x#y")]
    [InlineData("/a b/c")]
    [InlineData("/caf\u00e9/b")]
    [InlineData("a/b")]
    [InlineData("*")]
    [InlineData("")]
    [InlineData("http://elsewhere/a/b")]
    public void A_target_that_can_be_read_in_two_ways_is_refused(string raw) =>
        Assert.Equal(StatusCodes.Status400BadRequest, RequestTarget.Parse(raw, out _)?.StatusCode);

    [Fact]
    public void A_target_is_at_most_8192_characters_long()
    {
        Assert.Null(RequestTarget.Parse("/" + new string('a', 8191), out _));
        Assert.Equal(StatusCodes.Status414UriTooLong, RequestTarget.Parse("/" + new string('a', 8192), out _)?.StatusCode);
    }

    [Fact]
    public void A_path_has_at_most_32_segments()
    {
        Assert.Null(RequestTarget.Parse(string.Concat(Enumerable.Repeat("/a", 32)), out _));
        Assert.NotNull(RequestTarget.Parse(string.Concat(Enumerable.Repeat("/a", 33)), out _));
    }
}
